"""What a visitor sees where a language model words the answers, in a real browser before the real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rag.serve.phrases import PHRASES
from tests.llm.scripted_server import KEY, MODEL, Reply, ScriptedServer, in_turn, scripted_server
from tests.llm.scripts import breaks, says
from tests.serve.chromium import ask, is_phone, marked
from tests.serve.process import server_process
from tests.serve.worded import NOTE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

MARKUP = '桥头的石碑上刻着<img src=x onerror="window.hurt=1">几个字母，没有人认得。'
ARTICLE = f"""---
title: 河西的桥
published: 2024-05-01
---

河西的桥

河西市交通局介绍，2023年，河西市建成桥梁12座，比上年多3座。其中新桥由工程师李四设计，全长48.9米。

{MARKUP}

今年，河西市还将改造道路30公里，让市民出行更加方便。
"""
FIRST = "2023年，河西市建成桥梁12座[1]。"
SECOND = "新桥由工程师李四设计，全长48.9米[1]。"


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedServer]:
    with scripted_server(breaks()) as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worded")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bridges.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def url(folder: Path, model: ScriptedServer) -> Iterator[str]:
    settings = {
        "JUWEN_LLM_MODEL": MODEL,
        "JUWEN_LLM_BASE_URL": model.url,
        "JUWEN_LLM_API_KEY": KEY,
        "JUWEN_LLM_SECONDS": "6",
    }
    with server_process(folder, settings=settings) as server:
        yield server.url
    assert KEY not in "".join(server.lines)


def question(page: Page, wide: str, phone: str) -> str:
    """One that nobody asked before: what was worded once is kept."""
    return phone if is_phone(page) else wide


def test_sentences_appear_as_they_come_and_lead_to_their_places(page: Page, model: ScriptedServer) -> None:
    def slowly(reply: Reply) -> None:
        reply.begin()
        reply.pause(1.5)
        reply.text(FIRST + SECOND[:3])
        reply.pause(1.5)
        reply.text(SECOND[3:])
        reply.delta({}, "stop")
        reply.done()

    model.play = in_turn(slowly)
    page.fill("#question textarea", question(page, "2023年河西市建成桥梁多少座？", "河西市2023年建成多少座桥梁？"))
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#talk :text('{PHRASES['zh']['wording']}')")
    page.wait_for_selector(f"#talk :text('{FIRST}')")
    assert page.locator("#talk .juwen-answer").count() == 0
    page.wait_for_selector("#talk .juwen-answer")
    assert page.locator("#talk .short").count() == 0
    words = page.inner_text("#talk .words")
    assert "".join(words.split()) == "2023年，河西市建成桥梁12座[1]。新桥由工程师李四设计，全长48.9米[2]。"
    size, body = (
        float(page.eval_on_selector(f"#talk {name}", "element => parseFloat(getComputedStyle(element).fontSize)"))
        for name in (".words", ".note")
    )
    assert body <= size <= 1.25 * body
    assert NOTE in page.locator("#talk .note").all_inner_texts()
    quotes = page.locator("#talk .cards q").all_inner_texts()
    page.click("#talk .words .cite >> nth=1")
    page.wait_for_timeout(300)
    assert marked(page) == quotes[1]
    assert "48.9米" in quotes[1]


def test_what_a_model_copies_or_makes_up_is_no_markup(page: Page, model: ScriptedServer) -> None:
    model.play = in_turn(says(f"{MARKUP[:-1]}[1]。{MARKUP[:-1]}[2]。<script>window.hurt=1</script>{FIRST}"))
    ask(page, question(page, "2023年河西市建成桥梁几座？", "河西市2023年建成几座桥梁？"))
    page.wait_for_timeout(300)
    assert page.evaluate("window.hurt") is None
    assert page.query_selector_all("#talk img, #talk script") == []


def test_a_model_that_is_down_leaves_the_readers_answer_which_says_so(page: Page, model: ScriptedServer) -> None:
    model.play = in_turn(breaks())
    ask(page, question(page, "新桥全长多少米？", "新桥的全长是多少米？"))
    assert page.inner_text("#talk .short").startswith("48.9米")
    (note,) = [text for text in page.locator("#talk .note").all_inner_texts() if "AI" in text]
    assert note.startswith("AI 暂时不能措辞")


def test_axe_finds_no_serious_fault(page: Page, model: ScriptedServer) -> None:
    from axe_playwright_python.sync_playwright import Axe

    model.play = in_turn(says(FIRST + SECOND))
    ask(page, "河西市2023年建成桥梁多少座？")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(500)
        found = Axe().run(page).response["violations"]
        assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []
