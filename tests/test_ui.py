"""The chat page beside the API: what it serves, what it keeps closed, and what its handlers say."""

from __future__ import annotations

import asyncio
import html
import itertools
import os
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

import ui
from rag.errors import IndexStoreError
from rag.serve.app import create_app
from rag.serve.markup import escape
from rag.serve.phrases import PHRASES
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Conversations
from rag.state.database import Database
from rag.state.tables import Exchange
from rag.types import Turn
from tests.llm.scripted_server import scripted_server
from tests.llm.scripts import says
from tests.serve.fakes import FakeChatbot
from tests.serve.worded import NOTE, SENTENCE, WordedChatbot


@pytest.fixture
def client(fake: FakeChatbot, database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(fake, Settings(), database, ui.mount_page), raise_server_exceptions=False) as client:
        yield client


class Asker:
    """Calls the page's own handler as the page does."""

    def __init__(self, fake: FakeChatbot, workers: Workers | None = None, language: str = "zh-CN") -> None:
        page = ui.build_page(fake, workers or Workers(fake), Settings())
        (self._ask,) = [function.fn for function in page.fns.values() if getattr(function.fn, "__name__", "") == "ask"]
        self._request = SimpleNamespace(headers={"accept-language": language})
        self.kept: Any = []

    async def ask(self, question: str = "", clicked: Any = None) -> list[dict[str, Any]]:
        """The messages in the window after each step."""
        steps = []
        event = gr.EventData(None, {"value": clicked} if clicked is not None else None)
        async for _, messages, kept in self._ask(question, self.kept, event, self._request):
            steps.append(messages)
            # What the page leaves as it is comes as an update without a value.
            self.kept = kept if "messages" in kept else self.kept
        return steps


def test_page_and_api_are_one_application(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "据文" in page.text
    assert client.post("/api/ask", json={"question": "桥有多少座"}).json()["short"] == "12座"
    assert client.get("/a/bridges%202024%2F1").status_code == 200
    assert client.get("/juwen/article.js").status_code == 200


def test_the_page_calls_nobody_outside(client: TestClient) -> None:
    page = client.get("/").text
    outside = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    assert outside == []
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    config = client.get("/config").json()
    assert config["show_error"] is False
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


@pytest.mark.parametrize("path", ["/api/nothing", "/nothing", "/redoc", "/monitoring", "/gradio_api/proxy=http://x/"])
def test_what_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")})
    assert response.status_code == 404
    assert client.post("/gradio_api/queue/join", content=b" " * (2 << 20)).status_code == 413


def test_a_get_of_the_api_stays_with_the_api(client: TestClient) -> None:
    response = client.get("/api/ask")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_the_questions_and_the_answers_are_not_open_as_an_api(client: TestClient) -> None:
    info = client.get("/gradio_api/info").json()
    assert info["named_endpoints"] == {}


async def test_an_answer_comes_in_pieces_then_with_its_cards(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    steps = await asker.ask("去年河西建成桥梁多少座")
    assert steps[0][-1]["content"] == [PHRASES["zh"]["thinking"]]
    texts = [step[-1]["content"][0] for step in steps[1:-1]]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(texts))
    last = steps[-1][-1]
    assert "juwen-answer answered" in last["content"][0].value
    assert 'data-asked="去年河西建成桥梁多少座"' in last["content"][0].value
    assert [option["value"] for option in last["options"]] == ["𠮷桥有多少座？"]


async def test_markup_is_shown_as_text(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    steps = await asker.ask("<img src=x onerror=alert(1)>桥")
    assert steps[-1][0]["content"] == ["&lt;img src=x onerror=alert(1)&gt;桥"]
    assert fake.asked[0][0] == "<img src=x onerror=alert(1)>桥"
    assert "[x]" not in steps[-1][1]["content"][0].value  # the note's Markdown link
    assert "<img" not in steps[-1][1]["content"][0].value


async def test_a_clicked_question_is_asked_with_the_conversation(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    await asker.ask("河西建成桥梁多少座")
    await asker.ask(clicked={"text": "𠮷桥有多少座？"})
    await asker.ask(clicked="新桥呢？")
    questions = [question for question, _ in fake.asked]
    assert questions == ["河西建成桥梁多少座", "𠮷桥有多少座？", "新桥呢？"]
    history = fake.asked[-1][1]
    assert [turn.role for turn in history] == ["user", "assistant", "user", "assistant"]
    assert history[0] == Turn("user", "河西建成桥梁多少座")


async def test_a_refusal_looks_like_one(fake: FakeChatbot) -> None:
    steps = await Asker(fake).ask("企鹅")
    assert "juwen-answer refused" in steps[-1][-1]["content"][0].value


async def test_our_own_words_follow_the_browsers_language(fake: FakeChatbot) -> None:
    steps = await Asker(fake, language="en-US").ask("桥")
    assert steps[0][-1]["content"] == [PHRASES["en"]["thinking"]]
    assert "Sources" in steps[-1][-1]["content"][0].value


async def test_nothing_typed_is_nothing_asked(fake: FakeChatbot) -> None:
    assert await Asker(fake).ask("  ") == [[]]
    assert fake.asked == []


@pytest.mark.parametrize("error", [IndexStoreError("secret"), KeyError("secret")])
async def test_an_error_is_an_apology_without_details(fake: FakeChatbot, error: Exception) -> None:
    fake.fail_with = error
    steps = await Asker(fake).ask("桥")
    assert steps[-1][-1]["content"] == [PHRASES["zh"]["error"]]


async def test_overload_is_said(fake: FakeChatbot) -> None:
    workers = Workers(fake, threads=1, waiting=0)
    fake.gate.clear()
    run = workers.submit("桥")
    steps = await Asker(fake, workers).ask("桥")
    assert steps[-1][-1]["content"] == [PHRASES["zh"]["overloaded"]]
    run.cancel()
    fake.gate.set()
    workers.close()


async def test_what_broke_off_is_not_kept(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    await asker.ask("桥有几座")
    fake.fail_with = IndexStoreError("secret")
    await asker.ask("新桥呢")
    assert [message["text"] for message in asker.kept["messages"]] == [
        "桥有几座",
        "12座。去年，河西建成桥梁😀12座。[1]",
    ]


async def test_a_conversation_that_was_changed_in_the_browser_is_drawn_as_text(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    await asker.ask("桥有几座")
    asker.kept["messages"][1]["answer"]["citations"][0].update(
        quote="<img src=x onerror=alert(1)>", article_id='"><script>'
    )
    steps = await asker.ask("新桥呢")
    assert "<img" not in steps[-1][1]["content"][0].value
    assert "<script" not in steps[-1][1]["content"][0].value
    asker.kept = [{"role": "assistant", "text": "<b>", "cards": "<script>"}]
    ((message,),) = await asker.ask("  ")
    assert message["content"] == ["&lt;b&gt;"]


async def test_what_a_language_model_is_about_is_said_until_a_sentence_is_there() -> None:
    with scripted_server(says(SENTENCE)) as server:
        chatbot = WordedChatbot(server.settings())
        said = [step[-1]["content"][0] for step in await Asker(chatbot).ask("去年河西建成桥梁多少座")]
        chatbot.close()
    assert said[:3] == [PHRASES["zh"]["thinking"], PHRASES["zh"]["wording"], SENTENCE]
    assert 'class="short"' not in said[-1].value
    assert NOTE in html.unescape(said[-1].value)


async def test_one_that_waits_is_told_its_place(fake: FakeChatbot) -> None:
    workers = Workers(fake, threads=1)
    fake.gate.clear()
    runs = [workers.submit("桥") for _ in range(3)]
    asking = asyncio.create_task(Asker(fake, workers).ask("桥"))
    await asyncio.sleep(1.2)
    fake.gate.set()
    said = [step[-1]["content"][0] for step in await asking]
    assert said[0] == PHRASES["zh"]["thinking"]
    assert said[1] == PHRASES["zh"]["waiting"].format(n=2)
    for run in runs:
        await run.answer()
    workers.close()


class Opener:
    """Opens the page as a browser does."""

    def __init__(self, fake: FakeChatbot) -> None:
        page = ui.build_page(fake, Workers(fake), Settings())
        functions = [function.fn for function in page.fns.values()]
        (self._open,) = [function for function in functions if getattr(function, "__name__", "") == "open_page"]

    async def open(self, kept: Any, **parameters: str) -> list[Any]:
        """The conversations in the window after each step."""
        request = SimpleNamespace(headers={"accept-language": "zh"}, query_params=parameters)
        windows = [window async for _, _, window, _ in self._open(kept, request)]
        return [window.value if isinstance(window, gr.Chatbot) else window for window in windows]


async def test_a_page_opens_with_the_conversation_that_the_browser_kept(fake: FakeChatbot) -> None:
    asker = Asker(fake)
    await asker.ask("桥有几座")
    (window,) = await Opener(fake).open(asker.kept)
    assert len(window) == 2
    assert await Opener(fake).open("nonsense") == [[]]


async def test_a_shared_question_is_asked_once(fake: FakeChatbot) -> None:
    windows = await Opener(fake).open([], q="桥有几座")
    assert "juwen-answer answered" in windows[-1][-1]["content"][0].value
    asker = Asker(fake)
    await asker.ask("桥有几座")
    assert len(await Opener(fake).open(asker.kept, q="桥有几座")) == 1
    assert len(await Opener(fake).open([], q="   ")) == 1
    await Opener(fake).open([], q="桥" * 9000)
    assert len(fake.asked[-1][0]) == Settings().max_question_chars


class Page:
    """The page's buttons, as a browser presses them."""

    def __init__(self, workers: Workers) -> None:
        page = ui.build_page(FakeChatbot(), workers, Settings())
        self._handlers = {getattr(function.fn, "__name__", ""): function.fn for function in page.fns.values()}
        self._request = SimpleNamespace(headers={"accept-language": "zh"})

    async def delete(self, kept: Any) -> tuple[Any, Any]:
        window, kept = await self._handlers["forget"](kept, self._request)
        return window, kept

    def begin_anew(self) -> tuple[Any, Any]:
        window, kept = self._handlers["begin_anew"]()
        return window, kept


@pytest.fixture
def workers(fake: FakeChatbot, database: Database) -> Iterator[Workers]:
    workers = Workers(fake, Conversations(database), most_turns=20)
    yield workers
    workers.close()


def recorded(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as session:
        return [
            (row.channel, row.conversation, row.question)
            for row in session.scalars(select(Exchange).order_by(Exchange.id))
        ]


async def test_a_conversation_is_recorded_under_the_id_that_the_browser_keeps(
    fake: FakeChatbot, workers: Workers, database: Database
) -> None:
    asker = Asker(fake, workers)
    await asker.ask("桥有几座")
    name = asker.kept["id"]
    steps = await asker.ask("新桥呢")
    assert asker.kept["id"] == name
    assert recorded(database) == [("page", name, "桥有几座"), ("page", name, "新桥呢")]
    assert f'data-conversation="{escape(name)}"' in steps[-1][-1]["content"][0].value
    _, other = Page(workers).begin_anew()
    assert other["messages"] == []
    assert other["id"] != name


async def test_a_conversation_is_deleted_here_and_there(
    fake: FakeChatbot, workers: Workers, database: Database
) -> None:
    asker, other = Asker(fake, workers), Asker(fake, workers)
    for visitor in (asker, other):
        await visitor.ask("桥有几座")
    window, kept = await Page(workers).delete(asker.kept)
    assert (window, kept["messages"]) == ([], [])
    assert kept["id"] != asker.kept["id"]
    assert recorded(database) == [("page", other.kept["id"], "桥有几座")]


async def test_what_cannot_be_deleted_is_said_and_stays(
    fake: FakeChatbot, workers: Workers, database: Database
) -> None:
    asker = Asker(fake, workers)
    await asker.ask("桥有几座")
    with database.writing() as session:
        session.execute(text("DROP TABLE feedback"))
    window, kept = await Page(workers).delete(asker.kept)
    assert window[-1]["content"] == [PHRASES["zh"]["not_deleted"]]
    assert "messages" not in kept
    assert len(recorded(database)) == 1
