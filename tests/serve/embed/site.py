"""Another site with the chat on its page, and a visitor's look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

from tests.serve.process import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, FrameLocator, Page

WIDE, PHONE = (1280, 900), (390, 844)
SAMPLE = (ROOT / "examples" / "embed.html").read_text(encoding="utf-8")
SAMPLE_SERVER = "http://127.0.0.1:7860"
SCRIPT_LINE = f'<script src="{SAMPLE_SERVER}/juwen/embed.js" async></script>'
OPEN = "juwen-chat dialog[open]"
LAUNCHER = "juwen-chat .launcher"


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
