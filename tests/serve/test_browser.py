"""What a visitor sees, in a real browser: the answer, its place in the article, and no markup but ours."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rag.serve.articles import render
from tests.serve.process import ROOT, server_process

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSION = "去年重庆新能源车产量是多少"
HOSTILE = (
    '产量 <script>window.hurt=1</script><img src=x onerror="window.hurt=1"> [x](javascript:window.hurt=1) $x^2$ ${1}'
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with server_process(folder) as server:
        yield server.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: there is no chromium here; install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["wide", "phone"])
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = {"wide": (1280, 900), "phone": (390, 844)}[request.param]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda call: None if call.url.startswith((url, "data:", "blob:")) else errors.append(call.url))
    page.goto(url)
    page.wait_for_selector("#question textarea")
    yield page
    context.close()
    assert errors == []


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .juwen-cards", timeout=60_000)


def test_the_answer_and_its_place_in_the_article(page: Page) -> None:
    ask(page, MISSION)
    assert "95万辆" in page.inner_text("#talk .bot.message")
    assert "2024年" in page.inner_text("#talk .note")
    quote = page.inner_text("#talk .cards q >> nth=0")
    assert "95万辆" in quote
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with page.context.expect_page() as opened:
        page.click("#talk .cards a >> nth=0")
    article = opened.value
    article.wait_for_selector("mark")
    assert article.evaluate("Array.from(document.querySelectorAll('mark'), m => m.textContent).join('')") == quote
    assert article.evaluate(
        "(() => { const box = document.querySelector('mark').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; })()"
    )
    assert article.evaluate("window.opener") is None
    assert article.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_markup_that_is_typed_is_text(page: Page) -> None:
    ask(page, HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hurt") is None
    assert page.inner_text("#talk .user .message-content").strip() == HOSTILE
    assert page.query_selector_all("#talk img, #talk script, #talk .katex, #talk a[href^='javascript']") == []


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.click("#talk .example >> nth=0")
    page.wait_for_selector("#talk .juwen-cards", timeout=60_000)
    assert page.query_selector("#talk .juwen-cards.answered, #talk .juwen-cards.computed")


def test_a_refusal_looks_like_one(page: Page) -> None:
    ask(page, "火星上有几只企鹅？")
    assert page.query_selector("#talk .juwen-cards.refused")


def test_an_english_browser_gets_english(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#question textarea")
    page.wait_for_selector(".juwen-head h1")
    assert "Juwen" in page.inner_text(".juwen-head")
    assert (page.get_attribute("#question textarea", "placeholder") or "").startswith("Ask about")
    context.close()


@pytest.mark.parametrize(
    ("fragment", "marks"),
    [
        ("", []),
        ("#nonsense", []),
        ("#5-2", []),
        ("#-1-2", []),
        ("#1-2-3", []),
        ("#%zz", []),
        ("#999990-999999", []),
        ("#<img src=x>", []),
    ],
)
def test_a_fragment_that_names_no_slice_is_ignored(browser: Browser, url: str, fragment: str, marks: list[Any]) -> None:
    page = browser.new_page()
    page.goto(f"{url}/a/zhibo-dividend-2025{fragment}")
    assert page.evaluate("Array.from(document.querySelectorAll('mark'), m => m.textContent)") == marks
    page.close()


def test_slices_count_characters_and_may_span_blocks(browser: Browser, tmp_path: Path) -> None:
    from tests.serve.fakes import make_article

    article = make_article("emoji")
    page = browser.new_page()
    page.set_content(render(article, root="", language="zh", has_page=False))
    script = (ROOT / "rag" / "serve" / "static" / "article.js").read_text(encoding="utf-8")
    page.evaluate("location.hash = ''")
    page.add_script_tag(content=script)
    emoji = article.text.index("😀")
    bridge = article.text.index("𠮷桥3座")
    first, second = article.blocks[2], article.blocks[3]

    def marks(fragment: str) -> list[str]:
        page.evaluate("fragment => { location.hash = fragment; }", fragment)
        page.wait_for_timeout(50)
        found: list[str] = page.evaluate("Array.from(document.querySelectorAll('mark'), m => m.textContent)")
        return found

    assert marks(f"{emoji}-{emoji + 4}") == [article.text[emoji : emoji + 4]]
    assert marks(f"{bridge}-{bridge + 4},{emoji}-{emoji + 1}") == ["😀", "𠮷桥3座"]
    assert marks(f"{emoji}-{emoji + 3},{emoji + 1}-{emoji + 5}") == [article.text[emoji : emoji + 5]]
    assert marks(f"{first.end - 2}-{second.start + 2}") == ["通车"[-2:], "去年"]
    assert marks(f"{emoji}-{emoji + 1},oops,5-") == ["😀"]
    assert marks("nothing") == []
    text = page.evaluate("Array.from(document.querySelectorAll('[data-start]'), b => b.textContent)")
    assert text == [article.text[block.start : block.end] for block in article.blocks]
    page.close()


def test_an_article_works_in_a_frame_of_another_site(browser: Browser, url: str, tmp_path: Path) -> None:
    frame = f'<iframe src="{url}/a/zhibo-dividend-2025#2709-2734" width="390"></iframe>'
    (tmp_path / "index.html").write_text(frame, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{other.server_port}/")
        page.frame_locator("iframe").locator("mark").first.wait_for(timeout=10_000)
        page.close()
        other.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, *_: object) -> None:
        pass
