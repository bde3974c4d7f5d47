"""Pictures of the chat page for the README: ``make screenshots``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES: Final = {"wide": (1280, 860), "phone": (390, 844)}
ANSWERED: Final = "去年重庆新能源车产量是多少"
REFUSED: Final = "去年成都新能源车产量是多少"
_QUALITY: Final = 82


def main(
    url: Annotated[str, typer.Argument(help="address of a running server")],
    to: Annotated[Path, typer.Option(help="folder of the pictures")] = Path("docs/screenshots"),
) -> None:
    """Take the pictures of a page that is served at URL."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        typer.echo("there is no chromium here; install it: apt-get install chromium fonts-noto-cjk", err=True)
        raise typer.Exit(1)
    to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in SIZES:
            with _opened(browser, url, size, "light") as page:
                _ask(page, ANSWERED)
                if size == "wide":
                    page.click("#talk .cite >> nth=0")
                _take(page, to / f"{size}-answer.jpg")
                if size == "phone":
                    page.click("#talk .cite >> nth=0")
                    _take(page, to / "phone-article.jpg")
            with _opened(browser, url, size, "dark") as page:
                _ask(page, REFUSED)
                _take(page, to / f"{size}-refusal.jpg")
        browser.close()


@contextmanager
def _opened(browser: Browser, url: str, size: str, scheme: str) -> Iterator[Page]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#talk .example")
    yield page
    context.close()


def _ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .juwen-answer")


def _take(page: Page, path: Path) -> None:
    # Until what slides in and scrolls has come to rest.
    page.wait_for_timeout(1000)
    page.screenshot(path=path, type="jpeg", quality=_QUALITY)
    typer.echo(path)


if __name__ == "__main__":
    typer.run(main)
