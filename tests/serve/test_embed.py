"""The chat on the pages of other sites: the script that puts it there, and which sites may have it."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

import ui
from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.serve.security import frame_ancestors
from rag.settings import Settings, load_settings
from tests.serve.fakes import FakeChatbot
from tests.serve.process import ROOT, server_process
from tests.serve.test_browser import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Page

QUESTION = "去年重庆新能源车产量是多少"
SAMPLE = (ROOT / "examples" / "embed.html").read_text(encoding="utf-8")
SAMPLE_SERVER = "http://127.0.0.1:7860"
SCRIPT_LINE = f'<script src="{SAMPLE_SERVER}/juwen/embed.js" async></script>'
ARTICLE = "/a/bridges%202024%2F1"
OPEN = "juwen-chat dialog[open]"
LAUNCHER = "juwen-chat .launcher"
WIDE, PHONE = (1280, 900), (390, 844)
STRICT_POLICY = "default-src 'none'; script-src {server}; frame-src {server}; require-trusted-types-for 'script'"


# Which sites.


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JUWEN_EMBED_SITES", raising=False)
    monkeypatch.chdir(tmp_path)


def sites(text: str) -> str:
    return Settings(embed_sites=text).embed_sites


@pytest.mark.usefixtures("no_settings")
def test_any_site_may_embed_until_it_is_set() -> None:
    assert frame_ancestors(load_settings().embed_sites) == "frame-ancestors *"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        (" , ", ""),
        ("*", "*"),
        ("https://example.com *", "*"),
        ("https://example.com", "https://example.com"),
        ("https://Example.COM/", "https://example.com"),
        ("https://example.com,https://*.example.org", "https://example.com https://*.example.org"),
        ("https://b.cn\n\thttps://a.cn , https://b.cn", "https://b.cn https://a.cn"),
        ("http://localhost:8080 http://10.0.0.7", "http://localhost:8080 http://10.0.0.7"),
        (
            "https://例子.中国:8443 https://*.例子.中国",
            "https://xn--fsqu00a.xn--fiqs8s:8443 https://*.xn--fsqu00a.xn--fiqs8s",
        ),
    ],
)
def test_sites_are_kept_as_browsers_write_them(text: str, kept: str) -> None:
    assert sites(text) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "example.com",
        "'self'",
        "'none'",
        "https:",
        "https://",
        "https://*",
        "https://a.*.com",
        "https://*.*.com",
        "https://a..com",
        "https://-a.com",
        "https://a.com/path",
        "https://a.com?q",
        "https://a.com#f",
        "https://me@a.com",
        "https://a.com:",
        "https://a.com:0",
        "https://a.com:65536",
        "https://a.com:8o",
        "https://[::1]",
        "ftp://a.com",
        "file://a",
        "data:text/html",
        "https://a.com;script-src",
        "https://a.com；script-src",
        "https://a.com\0",
        f"https://{'a' * 64}.com",
    ],
)
def test_what_is_no_site_is_refused_and_named(wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        sites(f"https://example.com {wrong}")
    assert repr(wrong) in str(caught.value)
    assert "https://*.example.org" in str(caught.value)


@pytest.mark.usefixtures("no_settings")
def test_the_message_names_the_setting_and_the_value_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_EMBED_SITES", "https://example.com; sandbox\nhttps://b.cn")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith("embed_sites: 'https://example.com;' is no site; write ")
    assert "JUWEN_EMBED_SITES" in message
    assert "\n" not in message


_LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(
    lambda label: not label.startswith("xn--")
)
_ORIGINS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["", "*."]),
    st.lists(_LABELS, min_size=1, max_size=4).map(".".join),
    st.one_of(st.just(""), st.integers(1, 65535).map(":{}".format)),
)


@given(st.lists(_ORIGINS, min_size=1, max_size=5, unique=True), st.sampled_from([" ", ",", ", ", "\n"]))
def test_every_origin_comes_into_the_header(origins: list[str], separator: str) -> None:
    assert frame_ancestors(sites(separator.join(origins))).split(" ") == ["frame-ancestors", "'self'", *origins]


@given(
    st.one_of(
        st.text(),
        st.lists(st.one_of(_ORIGINS, st.sampled_from(";, \r\n\t'*:/.；，：。⒈；\u2028"), st.characters())).map("".join),
    )
)
@example("https://a.com; script-src *")
@example("https://a.com\r\nSet-Cookie: a=b")
@example("https://a。com；sandbox")
def test_no_text_brings_in_another_directive(text: str) -> None:
    try:
        kept = sites(text)
    except ValidationError:
        return
    assert sites(kept) == kept
    allowed = r"\*|https?://(\*\.)?[a-z0-9.-]+(:\d+)?"
    assert all(re.fullmatch(allowed, site, re.ASCII) for site in kept.split(" ") if kept)


# The headers.


@pytest.mark.parametrize(
    ("embed_sites", "directive"),
    [
        ("*", "frame-ancestors *"),
        ("", "frame-ancestors 'self'"),
        ("https://a.cn, https://*.b.cn", "frame-ancestors 'self' https://a.cn https://*.b.cn"),
    ],
)
def test_every_page_says_who_may_frame_it(embed_sites: str, directive: str) -> None:
    policies = {}
    with TestClient(create_app(FakeChatbot(), Settings(embed_sites=embed_sites), ui.mount_page)) as client:
        for path in ("/", "/nothing", "/api/articles", ARTICLE, "/a/nothing"):
            headers = client.get(path).headers
            assert "x-frame-options" not in headers
            (policies[path],) = headers.get_list("content-security-policy")
    for path, policy in policies.items():
        if path.startswith("/a/"):
            assert policy.startswith("default-src 'none'; ")
            assert policy.endswith(f"; {directive}")
        else:
            assert policy == directive


def test_the_script_is_served_as_a_script() -> None:
    with TestClient(create_app(FakeChatbot(), Settings())) as client:
        response = client.get("/juwen/embed.js")
    assert response.status_code == 200
    assert re.match("(text|application)/javascript", response.headers["content-type"])


def test_the_sample_page_is_another_site_with_one_line() -> None:
    assert SAMPLE.count(SCRIPT_LINE) == 1
    assert SAMPLE.count("<script") == 1


# In a browser.


class PageHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a log, under the policy of the site if it has one."""

    policy = ""

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Site:
    """Another site: the sample page at its root, on a host of its own."""

    folder: Path
    url: str
    handler: type[PageHandler]

    def put(self, page: str) -> None:
        (self.folder / "index.html").write_text(page, encoding="utf-8")

    def embed(self, server: str, attributes: str = "", page: str = SAMPLE) -> None:
        """The sample page with the chat of ``server``."""
        self.put(page.replace(SCRIPT_LINE, script_line(server, attributes)))


def script_line(server: str, attributes: str = "") -> str:
    return SCRIPT_LINE.replace(SAMPLE_SERVER, server).replace(" async", f" async {attributes}".rstrip())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    folder.mkdir()
    handler = type("Handler", (PageHandler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        # Not 127.0.0.1, so that to the browser it is another site and not only another origin.
        yield Site(folder, f"http://localhost:{server.server_port}", handler)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: there is no chromium here; install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("embed")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with server_process(folder) as server:
        yield server.url


@dataclass
class Visit:
    """A visitor's look at the site, and what went wrong on it."""

    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("juwen-chat iframe")

    @property
    def expanded(self) -> str | None:
        return self.page.get_attribute(LAUNCHER, "aria-expanded")

    @property
    def focused(self) -> str:
        """The class or tag of what has the focus within the button and its panel; empty where nothing there has."""
        found: str = self.page.evaluate(
            "(element => element ? element.className || element.localName : '')"
            "(document.querySelector('juwen-chat').shadowRoot.activeElement)"
        )
        return found

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        box = self.page.locator(selector).bounding_box()
        assert box is not None
        return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]

    def closes(self) -> None:
        """Wait until the panel is closed and the button knows it."""
        self.page.wait_for_selector(OPEN, state="detached")
        self.page.wait_for_selector(f"{LAUNCHER}[aria-expanded=false]")
        assert self.focused == "launcher"


def is_error(entry: ConsoleMessage) -> bool:
    """Whether a line of the browser's console tells of an error; the sample site has no icon."""
    return entry.type == "error" and not entry.location.get("url", "").endswith("/favicon.ico")


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    with contextlib.ExitStack() as stack:

        def open_site(size: tuple[int, int] = WIDE, *, url: str = "", locale: str = "zh-CN", **options: Any) -> Visit:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale, **options)
            stack.callback(context.close)
            page = context.new_page()
            made = Visit(context, page)
            page.on("console", lambda entry: made.errors.append(entry.text) if is_error(entry) else None)
            page.on("request", lambda request: made.asked_for.append(request.url))
            page.goto(url or site.url)
            page.wait_for_selector(LAUNCHER)
            return made

        yield open_site


@pytest.mark.slow
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_question_is_asked_on_the_page_of_another_site(
    site: Site, visit: Callable[..., Visit], real_server: str, size: tuple[int, int]
) -> None:
    from playwright.sync_api import expect

    site.embed(real_server)
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
def test_nothing_is_loaded_before_the_chat_is_opened_and_then_only_from_the_server(
    site: Site, visit: Callable[..., Visit], real_server: str
) -> None:
    site.embed(real_server)
    visitor = visit()
    visitor.page.wait_for_load_state("networkidle")
    assert [url for url in visitor.asked_for if not url.startswith(site.url)] == [f"{real_server}/juwen/embed.js"]
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#question textarea").wait_for()
    assert f"{real_server}/" in visitor.asked_for
    assert [url for url in visitor.asked_for if not url.startswith((site.url, real_server, "data:", "blob:"))] == []
    assert visitor.page.get_attribute("juwen-chat iframe", "allow") == "clipboard-write"
    # What was said is still there when the chat is opened again.
    visitor.chat.locator("#question textarea").fill("未发出的问题")
    visitor.page.click(LAUNCHER)
    visitor.closes()
    visitor.page.click(LAUNCHER)
    assert visitor.chat.locator("#question textarea").input_value() == "未发出的问题"
    assert visitor.asked_for.count(f"{real_server}/") == 1


@pytest.mark.slow
def test_the_keyboard_opens_and_closes_it(site: Site, visit: Callable[..., Visit], real_server: str) -> None:
    site.embed(real_server)
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
def test_the_chat_closes_itself_and_nobody_else_does(site: Site, visit: Callable[..., Visit], real_server: str) -> None:
    site.embed(real_server)
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
def test_on_a_phone_it_fills_the_screen(site: Site, visit: Callable[..., Visit], real_server: str) -> None:
    site.embed(real_server)
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
def test_the_button_stays_where_it_is_whatever_the_page_says(
    site: Site, visit: Callable[..., Visit], real_server: str
) -> None:
    hostile = (
        "<style>html { font-size: 40px } body { display: grid; gap: 50px; line-height: 4 }"
        " * { all: unset !important; display: none !important; position: static !important }"
        " html, body, main { display: block !important } button, dialog, iframe { width: 7px !important }"
        " juwen-chat { opacity: 0 !important; transform: scale(0) !important }</style></head>"
    )
    site.embed(real_server, page=SAMPLE.replace("</head>", hostile))
    visitor = visit()
    assert visitor.box(LAUNCHER) == (1280 - 76, 900 - 76, 1280 - 20, 900 - 20)
    visitor.page.click(LAUNCHER)
    visitor.page.wait_for_selector(OPEN)
    left, _, right, _ = visitor.box("juwen-chat dialog")
    assert right - left == 420


@pytest.mark.slow
def test_a_strict_policy_of_the_page_needs_only_the_server_in_it(
    site: Site, visit: Callable[..., Visit], real_server: str
) -> None:
    site.embed(real_server, 'data-color="#123456"', page=re.sub("<style>.*</style>", "", SAMPLE, flags=re.DOTALL))
    site.handler.policy = STRICT_POLICY.format(server=real_server)
    visitor = visit()
    assert visitor.box(LAUNCHER) == (1280 - 76, 900 - 76, 1280 - 20, 900 - 20)
    visitor.page.click(LAUNCHER)
    visitor.chat.locator("#question textarea").wait_for()
    assert [error for error in visitor.errors if "Content Security Policy" in error] == []


@pytest.mark.slow
@pytest.mark.parametrize("place", ["in the head", "after the page", "later"])
def test_two_scripts_make_one_button(site: Site, visit: Callable[..., Visit], real_server: str, place: str) -> None:
    # Without async: in the head, both run before there is a body.
    twice = script_line(real_server).replace(" async", "") * 2
    page = {
        "in the head": SAMPLE.replace(SCRIPT_LINE, twice),
        "after the page": SAMPLE.replace(SCRIPT_LINE, "").replace("</body>", f"{twice}</body>"),
        "later": SAMPLE.replace(SCRIPT_LINE, script_line(real_server)),
    }[place]
    site.put(page)
    visitor = visit()
    if place == "later":
        visitor.page.add_script_tag(url=f"{real_server}/juwen/embed.js")
        assert visitor.page.locator("juwen-chat").count() == 1
        # A site that swaps its pages' bodies loses the button, and gets it back from the next script.
        visitor.page.evaluate("document.body.replaceChildren()")
        visitor.page.add_script_tag(url=f"{real_server}/juwen/embed.js")
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("juwen-chat").count() == 1
    assert visitor.errors == []


@pytest.mark.slow
def test_colour_label_and_side_can_be_chosen(site: Site, visit: Callable[..., Visit], real_server: str) -> None:
    site.embed(real_server, 'data-color="gold" data-label="问编辑部 &lt;b&gt;" data-side="left"')
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
    site: Site, visit: Callable[..., Visit], real_server: str, language: str, locale: str, label: str
) -> None:
    page = SAMPLE.replace('<html lang="zh-CN">', f'<html lang="{language}">' if language else "<html>")
    site.embed(real_server, 'data-color="red; display: none" data-side="top"', page=page)
    visitor = visit(locale=locale)
    assert visitor.page.get_attribute(LAUNCHER, "aria-label") == label
    # Values that mean nothing change nothing.
    assert visitor.box(LAUNCHER)[2] == 1280 - 20


@pytest.mark.slow
def test_dark_light_and_still(site: Site, visit: Callable[..., Visit], real_server: str) -> None:
    site.embed(real_server)
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
