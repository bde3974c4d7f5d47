"""The page of an article in a real browser: slices are marked, whatever the address says."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rag.serve.articles import render
from tests.serve.process import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


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
