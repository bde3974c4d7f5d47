"""Chromium, and how a visitor uses the chat page in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .juwen-answer", timeout=60_000)


def marked(page: Page) -> str:
    """The highlighted words of the article beside or over the conversation."""
    frame = page.frame_locator("iframe[name=juwen-article]")
    frame.locator("mark").first.wait_for(timeout=10_000)
    words: str = frame.locator("body").evaluate(
        "() => Array.from(document.querySelectorAll('mark'), m => m.textContent).join('')"
    )
    return words


def is_phone(page: Page) -> bool:
    return bool(page.viewport_size and page.viewport_size["width"] < 500)
