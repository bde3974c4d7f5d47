"""Another site, and visits to it that fail on a fault of its page."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.serve.embed.site import LAUNCHER, WIDE, PageHandler, Site, Visit, is_error

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    faults: list[str] = []
    with contextlib.ExitStack() as stack:

        def open_site(size: tuple[int, int] = WIDE, *, url: str = "", locale: str = "zh-CN", **options: Any) -> Visit:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale, **options)
            stack.callback(context.close)
            page = context.new_page()
            made = Visit(context, page)
            page.on("console", lambda entry: made.errors.append(entry.text) if is_error(entry) else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("request", lambda request: made.asked_for.append(request.url))
            page.goto(url or site.url)
            page.wait_for_selector(LAUNCHER)
            return made

        yield open_site
    assert faults == []
