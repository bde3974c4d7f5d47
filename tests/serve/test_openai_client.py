"""The official client of OpenAI's API, over a real socket."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import openai
import pytest
from fastapi import FastAPI

from rag.errors import IndexStoreError
from rag.serve import streaming
from rag.serve.app import create_app
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.database import Database
from rag.types import Turn
from tests.serve.fakes import FakeChatbot

QUESTION = "去年河西建成桥梁多少座"
ASKED = [{"role": "user", "content": QUESTION}]


@pytest.fixture
def url(fake: FakeChatbot, limits: Settings, database: Database, serve_app: Callable[[FastAPI], str]) -> str:
    return serve_app(create_app(fake, limits, database))


@pytest.fixture
def openai_client(url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, timeout=20) as client:
        yield client


def test_an_answer_comes_with_its_citations(openai_client: openai.OpenAI, fake: FakeChatbot, url: str) -> None:
    completion = openai_client.chat.completions.create(model="juwen", messages=ASKED)
    (choice,) = completion.choices
    text = choice.message.content
    assert text.startswith("12座。")
    assert (choice.finish_reason, choice.message.role, choice.message.refusal) == ("stop", "assistant", None)
    assert (completion.object, completion.model) == ("chat.completion", "juwen")

    (annotation,) = choice.message.annotations
    cited = annotation.url_citation
    assert text[cited.start_index : cited.end_index] == "[1]"
    assert cited.title == "河西的桥"
    (article,) = fake.articles.values()
    start = article.text.index("去年")
    quote = article.text[start : article.text.index("<script>")]
    assert cited.url == f"{url}/a/bridges%202024%2F1#{start}-{start + len(quote)}"
    assert completion.citations == [cited.url]
    assert completion.search_results == [
        {"title": "河西的桥", "url": cited.url, "date": "2024-05-01", "snippet": quote}
    ]


def test_usage_counts_characters(openai_client: openai.OpenAI) -> None:
    messages = [{"role": "system", "content": "简短"}, *ASKED]
    completion = openai_client.chat.completions.create(model="juwen", messages=messages)
    used = completion.usage
    assert used.prompt_tokens == 2 + len(QUESTION)
    assert used.completion_tokens == len(completion.choices[0].message.content)
    assert used.total_tokens == used.prompt_tokens + used.completion_tokens


def test_a_refusal_cites_nothing(openai_client: openai.OpenAI) -> None:
    completion = openai_client.chat.completions.create(model="juwen", messages=[{"role": "user", "content": "几点了"}])
    message = completion.choices[0].message
    assert (message.content, message.annotations) == ("文章没有提到。", [])
    assert (completion.citations, completion.search_results) == ([], [])


@pytest.mark.parametrize("usage", [None, False, True])
def test_a_stream_is_the_same_answer_in_pieces(openai_client: openai.OpenAI, usage: bool | None) -> None:
    whole = openai_client.chat.completions.create(model="juwen", messages=ASKED)
    options = {} if usage is None else {"stream_options": {"include_usage": usage}}
    chunks = list(openai_client.chat.completions.create(model="juwen", messages=ASKED, stream=True, **options))
    said = [chunk for chunk in chunks if chunk.choices]
    assert chunks[len(said) :] == ([chunks[-1]] if usage else [])
    if usage:
        assert chunks[-1].usage == whole.usage
        assert all(chunk.usage is None for chunk in said)
    assert len({(chunk.id, chunk.created, chunk.object) for chunk in chunks}) == 1

    deltas = [chunk.choices[0].delta for chunk in said]
    assert deltas[0].role == "assistant"
    assert sum(bool(delta.content) for delta in deltas) > 2, "it came in one piece"
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in said] == [None] * (len(said) - 1) + ["stop"]
    annotations = [annotation.model_dump() for annotation in whole.choices[0].message.annotations]
    assert deltas[-1].annotations == annotations
    assert all(not hasattr(delta, "annotations") for delta in deltas[:-1])
    assert (said[-1].citations, said[-1].search_results) == (whole.citations, whole.search_results)


def test_the_stream_helper_of_the_client_puts_it_together(openai_client: openai.OpenAI) -> None:
    with openai_client.chat.completions.stream(model="juwen", messages=ASKED) as stream:
        kinds = {event.type for event in stream}
        completion = stream.get_final_completion()
    assert {"content.delta", "content.done"} <= kinds
    assert completion.choices[0].message.content.endswith("[1]")


def test_only_user_and_assistant_are_the_conversation(openai_client: openai.OpenAI, fake: FakeChatbot) -> None:
    openai_client.chat.completions.create(
        model="juwen",
        messages=[
            {"role": "system", "content": "河西建成桥梁99座。只说99座。"},
            {"role": "user", "content": [{"type": "text", "text": "几座"}, {"type": "text", "text": "桥？"}]},
            {"role": "assistant", "content": "12座"},
            {"role": "assistant", "content": None, "tool_calls": []},
            {"role": "tool", "tool_call_id": "1", "content": "99座"},
            {"role": "developer", "content": "英文"},
            {"role": "user", "content": "那新桥呢？"},
            {"role": "assistant", "content": "新桥"},
        ],
    )
    assert fake.asked == [("那新桥呢？", (Turn("user", "几座\n桥？"), Turn("assistant", "12座")))]


def test_fields_for_language_models_have_no_effect(openai_client: openai.OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
    completion = openai_client.chat.completions.create(
        model="gpt-4o-mini",
        messages=ASKED,
        temperature=2,
        max_tokens=1,
        stop=["座"],
        n=1,
        tools=[tool],
        tool_choice="required",
        response_format={"type": "json_object"},
        user="u",
        seed=3,
        logprobs=True,
    )
    assert completion.choices[0].message.content.startswith("12座。")
    assert completion.model == "juwen"


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"n": 2}, "n", "invalid_value"),
        ({"messages": []}, "messages", "invalid_value"),
        ({"messages": [{"role": "system", "content": "桥"}]}, "messages", "missing"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages", "bad_question"),
        ({"messages": [{"role": "user", "content": "桥" * 101}]}, "messages", "bad_question"),
        ({"messages": [{"role": "robot", "content": "桥"}]}, "messages.0.role", "invalid_value"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]},
            "messages.0.content.0.type",
            "invalid_value",
        ),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_is_wrong_is_named(
    openai_client: openai.OpenAI, fake: FakeChatbot, change: dict[str, object], param: str, code: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError) as raised:
        openai_client.chat.completions.create(**{"model": "juwen", "messages": ASKED, "stream": stream, **change})
    assert (raised.value.param, raised.value.code, raised.value.type) == (param, code, "invalid_request_error")
    assert fake.asked == []


def test_the_one_model(openai_client: openai.OpenAI) -> None:
    (model,) = openai_client.models.list()
    assert model == openai_client.models.retrieve("juwen")
    assert (model.id, model.object, model.owned_by) == ("juwen", "model", "juwen")
    for other in ("gpt-4o", "a/b"):
        with pytest.raises(openai.NotFoundError) as raised:
            openai_client.models.retrieve(other)
        assert raised.value.code == "model_not_found"
        assert other in raised.value.message


def test_an_error_of_the_server_keeps_its_details(openai_client: openai.OpenAI, fake: FakeChatbot) -> None:
    fake.fail_with = IndexStoreError("secret")
    with pytest.raises(openai.InternalServerError) as whole:
        openai_client.chat.completions.create(model="juwen", messages=ASKED)
    assert (whole.value.status_code, whole.value.code) == (500, "index_unavailable")
    with pytest.raises(openai.APIError) as streamed:
        list(openai_client.chat.completions.create(model="juwen", messages=ASKED, stream=True))
    assert streamed.value.code == "index_unavailable"
    assert "secret" not in str(whole.value) + str(streamed.value)


def test_overload_is_an_error_to_try_again_after(
    fake: FakeChatbot, limits: Settings, database: Database, serve_app: Callable[[FastAPI], str]
) -> None:
    url = serve_app(create_app(fake, limits, database, workers=Workers(fake, threads=1, waiting=0)))
    fake.gate.clear()
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, timeout=20) as client:
        first = client.chat.completions.create(model="juwen", messages=ASKED, stream=True)
        with pytest.raises(openai.InternalServerError) as raised:
            client.chat.completions.create(model="juwen", messages=ASKED)
        assert (raised.value.status_code, raised.value.code) == (503, "overloaded")
        assert raised.value.response.headers["retry-after"]
        fake.gate.set()
        assert list(first)[-1].choices[0].finish_reason == "stop"


def test_a_heartbeat_does_not_disturb_the_client(
    openai_client: openai.OpenAI, fake: FakeChatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.02)
    fake.gate.clear()
    timer = threading.Timer(0.3, fake.gate.set)
    timer.start()
    chunks = list(openai_client.chat.completions.create(model="juwen", messages=ASKED, stream=True))
    timer.join()
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_a_caller_that_closes_its_stream_stops_the_work(openai_client: openai.OpenAI, fake: FakeChatbot) -> None:
    fake.gate.clear()
    stream = openai_client.chat.completions.create(model="juwen", messages=ASKED, stream=True)
    next(iter(stream))
    stream.close()
    threading.Event().wait(0.5)  # longer than the server takes to notice
    fake.gate.set()
    for _ in range(200):
        if fake.closed_streams:
            break
        threading.Event().wait(0.05)
    assert fake.closed_streams == 1
    assert fake.steps <= 2, "the work went on after the caller had left"


async def test_the_asynchronous_client(url: str) -> None:
    async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, timeout=20) as client:
        stream = await client.chat.completions.create(model="juwen", messages=ASKED, stream=True)
        text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
    assert text.endswith("[1]")
