"""The chat on the pages of other sites, in a real browser: the script that puts it there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.serve.embed.site import (
    LAUNCHER,
    OPEN,
    PHONE,
    SAMPLE,
    SAMPLE_SERVER,
    SCRIPT_LINE,
    WIDE,
    Site,
    Visit,
    script_line,
)
from tests.serve.process import ROOT, server_process

if TYPE_CHECKING:
    pass

QUESTION = "去年重庆新能源车产量是多少"
DENY_STORAGE = """
  if (window !== top) Object.defineProperty(window, "localStorage", {
    configurable: true, get() { throw new DOMException("Access is denied for this document.", "SecurityError"); }
  });
"""
STRICT_POLICY = "default-src 'none'; script-src {server}; frame-src {server}; require-trusted-types-for 'script'"


@pytest.mark.slow
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_question_is_asked_on_the_page_of_another_site(
    site: Site, visit: Callable[..., Visit], url: str, size: tuple[int, int]
) -> None:
    from playwright.sync_api import expect

    site.embed(url)
    visitor = visit(size)
    visitor.page.click(LAUNCHER)
    # One can type at once.
    expect(visitor.chat.locator("#question textarea")).to_be_focused()
    visitor.page.keyboard.type(QUESTION)
    visitor.page.keyboard.press("Enter")
    visitor.chat.locator("#talk .cards").first.wait_for(timeout=60_000)
    assert "95万辆" in visitor.chat.locator("#talk").inner_text()
    left, top, right, bottom = visitor.box("juwen-chat iframe")
    assert left >= 0
    assert top >= 0
    assert right <= size[0]
    assert bottom <= size[1]
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.slow
def test_a_browser_that_denies_a_frame_its_storage_shows_the_chat_all_the_same(
    site: Site, visit: Callable[..., Visit], url: str
) -> None:
    site.embed(url)
    visitor = visit()
    visitor.context.add_init_script(DENY_STORAGE)
    visitor.page.reload()
    visitor.page.click(LAUNCHER)
    textarea = visitor.chat.locator("#question textarea")
    textarea.fill(QUESTION)
    textarea.press("Enter")
    visitor.chat.locator("#talk .cards").first.wait_for(timeout=60_000)
    assert [error for error in visitor.errors if "torage" in error] == []


@pytest.mark.slow
def test_nothing_is_loaded_before_the_chat_is_opened_and_then_only_from_the_server(
    site: Site, visit: Callable[..., Visit], url: str
) -> None:
    site.embed(url)
    visitor = visit()
    visitor.page.wait_for_load_state("networkidle")
    assert [url for url in visitor.asked_for if not url.startswith(site.url)] == [f"{url}/juwen/embed.js"]
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#question textarea").wait_for()
    assert f"{url}/" in visitor.asked_for
    assert [url for url in visitor.asked_for if not url.startswith((site.url, url, "data:", "blob:"))] == []
    assert visitor.page.get_attribute("juwen-chat iframe", "allow") == "clipboard-write"
    # What was said is still there when the chat is opened again.
    visitor.chat.locator("#question textarea").fill("未发出的问题")
    visitor.page.click(LAUNCHER)
    visitor.closes()
    visitor.page.click(LAUNCHER)
    assert visitor.chat.locator("#question textarea").input_value() == "未发出的问题"
    assert visitor.asked_for.count(f"{url}/") == 1


@pytest.mark.slow
def test_the_keyboard_opens_and_closes_it(site: Site, visit: Callable[..., Visit], url: str) -> None:
    site.embed(url)
    visitor = visit()
    keyboard = visitor.page.keyboard
    assert visitor.page.locator("juwen-chat").get_by_role("button", name="问问文章").count() == 1
    controlled = visitor.page.get_attribute(LAUNCHER, "aria-controls")
    assert visitor.page.get_attribute("juwen-chat dialog", "id") == controlled

    keyboard.press("Tab")
    assert visitor.focused == "launcher"
    for key in ("Enter", "Space"):
        keyboard.press(key)
        visitor.page.wait_for_selector(OPEN)
        assert visitor.expanded == "true"
        assert visitor.focused == "iframe"
        visitor.page.focus(LAUNCHER)
        keyboard.press("Escape")
        visitor.closes()

    keyboard.press("Enter")
    visitor.page.focus("juwen-chat .close")
    keyboard.press("Escape")
    visitor.closes()

    keyboard.press("Enter")
    visitor.page.focus("juwen-chat .close")
    keyboard.press("Space")
    visitor.closes()

    # A list of words of an input method is left by Escape too.
    keyboard.press("Enter")
    visitor.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true}))"
    )
    assert visitor.expanded == "true"


@pytest.mark.slow
def test_the_chat_closes_itself_and_nobody_else_does(site: Site, visit: Callable[..., Visit], url: str) -> None:
    site.embed(url)
    visitor = visit()
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#question textarea").wait_for()
    visitor.page.evaluate("window.postMessage('juwen:close', '*')")
    visitor.chat.locator("body").evaluate("() => parent.postMessage('something else', '*')")
    visitor.page.wait_for_timeout(200)
    assert visitor.expanded == "true"
    visitor.chat.locator("body").evaluate("() => parent.postMessage('juwen:close', '*')")
    visitor.closes()


@pytest.mark.slow
def test_on_a_phone_it_fills_the_screen(site: Site, visit: Callable[..., Visit], url: str) -> None:
    site.embed(url)
    visitor = visit(PHONE)
    visitor.page.click(LAUNCHER)
    visitor.page.wait_for_selector(OPEN)
    visitor.page.wait_for_function(
        "document.querySelector('juwen-chat').shadowRoot.getAnimations().every(each => each.playState === 'finished')"
    )
    assert visitor.box("juwen-chat dialog") == (0, 0, *PHONE)
    assert visitor.box("juwen-chat iframe")[1] <= 60
    # The page behind cannot be reached; nor can the button, so the panel has one of its own.
    visitor.page.focus(LAUNCHER)
    assert visitor.focused != "launcher"
    visitor.page.click("juwen-chat .close")
    visitor.closes()
    visitor.page.click(LAUNCHER)
    visitor.page.focus("juwen-chat .close")
    visitor.page.keyboard.press("Escape")
    visitor.closes()


@pytest.mark.slow
def test_the_button_stays_where_it_is_whatever_the_page_says(site: Site, visit: Callable[..., Visit], url: str) -> None:
    hostile = (
        "<style>html { font-size: 40px } body { display: grid; gap: 50px; line-height: 4 }"
        " * { all: unset !important; display: none !important; position: static !important }"
        " html, body, main { display: block !important } button, dialog, iframe { width: 7px !important }"
        " juwen-chat { opacity: 0 !important; transform: scale(0) !important }</style></head>"
    )
    site.embed(url, page=SAMPLE.replace("</head>", hostile))
    visitor = visit()
    assert visitor.box(LAUNCHER) == (1280 - 76, 900 - 76, 1280 - 20, 900 - 20)
    visitor.page.click(LAUNCHER)
    visitor.page.wait_for_selector(OPEN)
    left, _, right, _ = visitor.box("juwen-chat dialog")
    assert right - left == 420


@pytest.mark.slow
def test_a_strict_policy_of_the_page_needs_only_the_server_in_it(
    site: Site, visit: Callable[..., Visit], url: str
) -> None:
    site.embed(url, 'data-color="#123456"', page=re.sub("<style>.*</style>", "", SAMPLE, flags=re.DOTALL))
    site.handler.policy = STRICT_POLICY.format(server=url)
    visitor = visit()
    assert visitor.box(LAUNCHER) == (1280 - 76, 900 - 76, 1280 - 20, 900 - 20)
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#question textarea").wait_for()
    assert [error for error in visitor.errors if "Content Security Policy" in error] == []


@pytest.mark.slow
@pytest.mark.parametrize("place", ["in the head", "after the page", "later"])
def test_two_scripts_make_one_button(site: Site, visit: Callable[..., Visit], url: str, place: str) -> None:
    # Without async: in the head, both run before there is a body.
    twice = script_line(url).replace(" async", "") * 2
    page = {
        "in the head": SAMPLE.replace(SCRIPT_LINE, twice),
        "after the page": SAMPLE.replace(SCRIPT_LINE, "").replace("</body>", f"{twice}</body>"),
        "later": SAMPLE.replace(SCRIPT_LINE, script_line(url)),
    }[place]
    site.put(page)
    visitor = visit()
    if place == "later":
        visitor.page.add_script_tag(url=f"{url}/juwen/embed.js")
        assert visitor.page.locator("juwen-chat").count() == 1
        # A site that swaps its pages' bodies loses the button, and gets it back from the next script.
        visitor.page.evaluate("document.body.replaceChildren()")
        visitor.page.add_script_tag(url=f"{url}/juwen/embed.js")
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("juwen-chat").count() == 1
    assert visitor.errors == []


@pytest.mark.slow
def test_colour_label_and_side_can_be_chosen(site: Site, visit: Callable[..., Visit], url: str) -> None:
    site.embed(url, 'data-color="gold" data-label="问编辑部 &lt;b&gt;" data-side="left"')
    visitor = visit()

    def style(name: str) -> str:
        found: str = visitor.page.locator(LAUNCHER).evaluate("(element, name) => getComputedStyle(element)[name]", name)
        return found

    assert visitor.box(LAUNCHER)[0] == 20
    assert visitor.page.get_attribute(LAUNCHER, "aria-label") == "问编辑部 <b>"
    assert style("backgroundColor") == "rgb(255, 215, 0)"
    assert visitor.page.locator(LAUNCHER).evaluate(
        "element => { const drawn = new OffscreenCanvas(1, 1).getContext('2d');"
        " drawn.fillStyle = getComputedStyle(element).color; drawn.fillRect(0, 0, 1, 1);"
        " return Array.from(drawn.getImageData(0, 0, 1, 1).data); }"
    ) == [0, 0, 0, 255]
    visitor.page.click(LAUNCHER)
    visitor.page.wait_for_selector(OPEN)
    assert visitor.box("juwen-chat dialog")[0] == 20
    assert visitor.page.inner_text("juwen-chat .title") == "问编辑部 <b>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "locale", "label"),
    [
        ("zh-CN", "en-US", "问问文章"),
        ("zh-Hant", "en-US", "问问文章"),
        ("en", "zh-CN", "Ask the articles"),
        ("", "zh-CN", "问问文章"),
        ("", "en-GB", "Ask the articles"),
    ],
)
def test_it_speaks_the_language_of_the_page(
    site: Site, visit: Callable[..., Visit], url: str, language: str, locale: str, label: str
) -> None:
    page = SAMPLE.replace('<html lang="zh-CN">', f'<html lang="{language}">' if language else "<html>")
    site.embed(url, 'data-color="red; display: none" data-side="top"', page=page)
    visitor = visit(locale=locale)
    assert visitor.page.get_attribute(LAUNCHER, "aria-label") == label
    # Values that mean nothing change nothing.
    assert visitor.box(LAUNCHER)[2] == 1280 - 20


@pytest.mark.slow
def test_dark_light_and_still(site: Site, visit: Callable[..., Visit], url: str) -> None:
    site.embed(url)
    seen = {}
    for scheme in ("light", "dark"):
        visitor = visit(color_scheme=scheme, reduced_motion="reduce" if scheme == "dark" else "no-preference")
        visitor.page.click(LAUNCHER)
        seen[scheme] = visitor.page.locator("juwen-chat dialog").evaluate(
            "element => [getComputedStyle(element).backgroundColor, getComputedStyle(element).animationName]"
        )
    assert seen == {"light": ["rgb(253, 252, 249)", "rise"], "dark": ["rgb(24, 24, 22)", "none"]}


@pytest.mark.slow
def test_it_finds_the_chat_below_a_path(site: Site, visit: Callable[..., Visit]) -> None:
    shutil.copytree(ROOT / "rag" / "serve" / "static", site.folder / "ask" / "juwen")
    (site.folder / "ask" / "index.html").write_text("<p id=chat>chat</p>", encoding="utf-8")
    site.put(SAMPLE.replace(f"{SAMPLE_SERVER}/juwen/embed.js", "/ask/juwen/embed.js?v=2"))
    visitor = visit()
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#chat").wait_for()
    assert visitor.page.get_attribute("juwen-chat iframe", "src") == f"{site.url}/ask/"


@pytest.mark.slow
def test_only_a_named_site_can_frame_the_pages(
    site: Site, visit: Callable[..., Visit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.setenv("JUWEN_EMBED_SITES", f"https://example.org, {site.url}")
    with server_process(tmp_path) as server:
        article = f'<iframe id="article" src="{server.url}/a/zhibo-dividend-2025"></iframe>'
        site.embed(server.url, page=SAMPLE.replace("</main>", f"</main>{article}"))
        named = visit()
        named.page.click(LAUNCHER)
        named.chat.locator("#question textarea").wait_for()
        named.page.frame_locator("#article").locator("h1").wait_for()
        assert [error for error in named.errors if "frame-ancestors" in error] == []

        other = visit(url=site.url.replace("localhost", "127.0.0.1"))
        other.page.click(LAUNCHER)
        other.page.wait_for_load_state("networkidle")
        frames = [frame for frame in other.page.frames if frame is not other.page.main_frame]
        assert [urlsplit(frame.url).scheme for frame in frames] == ["chrome-error", "chrome-error"]
        assert sum("frame-ancestors" in error for error in other.errors) == 2
        # The button still closes what it opened.
        other.page.click(LAUNCHER)
        other.closes()
