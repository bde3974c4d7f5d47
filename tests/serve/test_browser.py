"""What a visitor sees of the chat, in a real browser, and no markup but ours."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from rag.serve.phrases import PHRASES
from rag.state.database import Database
from rag.state.tables import Exchange, Feedback
from tests.serve.chromium import MISSION, ask, is_phone, marked
from tests.serve.process import server_process

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

HOSTILE = (
    '产量 <script>window.hurt=1</script><img src=x onerror="window.hurt=1"> [x](javascript:window.hurt=1) $x^2$ ${1}'
)


def test_the_answer_and_its_place_in_the_article(page: Page) -> None:
    ask(page, MISSION)
    assert page.inner_text("#talk .short").startswith("95万辆")
    assert "2024年" in page.inner_text("#talk .note")
    quote = page.inner_text("#talk .cards q >> nth=0")
    assert "95万辆" in quote
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click("#talk .short .cite >> nth=0")
    assert marked(page) == quote
    mark = page.frame_locator("iframe[name=juwen-article]").locator("mark").first
    box, pane = mark.bounding_box(), page.locator("iframe[name=juwen-article]").bounding_box()
    assert box
    assert pane
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"] - box["height"]


def test_each_citation_shows_its_own_slice(page: Page) -> None:
    ask(page, MISSION)
    quotes = page.locator("#talk .cards q").all_inner_texts()
    assert len(quotes) >= 2
    for number, quote in enumerate(quotes):
        page.locator("#talk .cards a").nth(number).click()
        page.wait_for_timeout(300)
        assert marked(page) == quote
        page.keyboard.press("Escape")
    # The same one again scrolls back to it.
    page.locator("#talk .cards a").nth(len(quotes) - 1).click()
    frame = page.frame_locator("iframe[name=juwen-article]")
    frame.locator("body").evaluate("() => scrollTo(0, 0)")
    page.keyboard.press("Escape")
    page.locator("#talk .cards a").nth(len(quotes) - 1).click()
    page.wait_for_timeout(300)
    assert frame.locator("body").evaluate("() => scrollY > 0")


def test_on_a_phone_the_article_is_a_sheet_that_the_keyboard_can_close(page: Page) -> None:
    ask(page, MISSION)
    sheet = page.locator(".juwen-pane")
    if not is_phone(page):
        assert sheet.is_visible()
        return
    assert not sheet.is_visible()
    page.locator("#talk .cite").first.focus()
    page.keyboard.press("Enter")
    sheet.wait_for(state="visible")
    assert page.evaluate("document.activeElement.dataset.action") == "close"
    assert page.evaluate("document.querySelector('#conversation').inert")
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "cite"
    assert not page.evaluate("document.querySelector('#conversation').inert")
    page.click("#talk .cards a >> nth=0")
    page.click(".juwen-pane [data-action=close]")
    sheet.wait_for(state="hidden")
    page.click("#talk .cards a >> nth=0")
    page.frame_locator("iframe[name=juwen-article]").locator("mark").first.click()
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")


def test_a_reload_loses_nothing_and_a_new_conversation_begins_empty(page: Page) -> None:
    ask(page, MISSION)
    short = page.inner_text("#talk .short")
    page.reload()
    page.wait_for_selector("#talk .juwen-answer")
    assert page.inner_text("#talk .short") == short
    page.fill("#question textarea", "那上半年呢？")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#talk .juwen-answer').length == 2")
    page.click("#new")
    page.wait_for_function("document.querySelectorAll('#talk .juwen-answer').length == 0")
    page.reload()
    page.wait_for_selector("#talk .example")
    assert page.locator("#talk .juwen-answer").count() == 0


def test_two_visitors_never_see_each_others_conversation(browser: Browser, url: str) -> None:
    pages = [browser.new_context(locale="zh-CN").new_page() for _ in range(2)]
    for page, question in zip(pages, (MISSION, "火星上有几只企鹅？"), strict=True):
        page.goto(url)
        page.wait_for_selector("#talk .example")
        ask(page, question)
    for page in pages:
        page.reload()
        page.wait_for_selector("#talk .juwen-answer")
        assert page.locator("#talk .juwen-answer").count() == 1
    assert "企鹅" not in pages[0].inner_text("#talk")
    assert "95万辆" not in pages[1].inner_text("#talk .juwen-answer >> nth=0")
    for page in pages:
        page.context.close()


def test_an_answer_is_followed_by_questions_to_ask_next(page: Page) -> None:
    ask(page, MISSION)
    options = page.locator("#talk .options .option")
    options.first.wait_for()
    assert 1 <= options.count() <= 3
    asked = options.first.inner_text().strip()
    options.first.click()
    page.wait_for_function("document.querySelectorAll('#talk .juwen-answer').length == 2")
    assert page.locator("#talk .juwen-answer").last.get_attribute("data-asked") == asked
    assert page.query_selector("#talk .juwen-answer.refused") is None


def test_a_shared_link_opens_question_and_answer(page: Page, url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, MISSION)
    page.click("#talk [data-action=share]")
    page.wait_for_function("document.querySelector('.juwen-status').textContent != ''")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{url}/?q=")
    other = page.context.browser.new_context(locale="zh-CN").new_page()  # type: ignore[union-attr]
    other.goto(link)
    other.wait_for_selector("#talk .juwen-answer")
    assert other.inner_text("#talk .short") == page.inner_text("#talk .short")
    other.wait_for_function("!location.search")
    other.reload()
    other.wait_for_selector("#talk .juwen-answer")
    other.wait_for_timeout(500)
    assert other.locator("#talk .juwen-answer").count() == 1
    other.context.close()


def test_an_answer_is_copied_with_its_sources(page: Page, url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, MISSION)
    page.click("#talk [data-action=copy]")
    page.wait_for_function("document.querySelector('.juwen-status').textContent != ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(MISSION)
    assert "95万辆" in copied
    assert page.inner_text("#talk .cards q >> nth=0") in copied
    assert f"{url}/a/zhibo-dividend-2025#" in copied


def test_a_vote_and_its_comment_reach_the_publisher(page: Page, feedback: Callable[[], list[Feedback]]) -> None:
    before = feedback()
    ask(page, MISSION)
    page.click("#talk [data-action=down]")
    page.keyboard.type("少了<b>一句")
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('#talk .comment')")
    assert page.get_attribute("#talk [data-action=down]", "aria-pressed") == "true"
    first, second = feedback()[len(before) :]
    assert (first.vote, first.comment) == ("down", "")
    assert (second.question, second.comment) == (MISSION, "少了<b>一句")
    assert second.answer.startswith("95万辆")


def test_a_conversation_is_deleted_after_a_confirmation(
    page: Page, feedback: Callable[[], list[Feedback]], folder: Path
) -> None:
    def recorded() -> set[str]:
        with Database.open(f"sqlite:///{folder / 'juwen.db'}") as database, database.reading() as session:
            return set(session.scalars(select(Exchange.conversation)))

    ask(page, MISSION)
    name = page.get_attribute("#talk .juwen-answer", "data-conversation")
    page.click("#talk [data-action=up]")
    page.wait_for_function("document.querySelector('.juwen-status').textContent != ''")
    assert name
    assert name in recorded()
    assert (feedback()[-1].channel, feedback()[-1].conversation) == ("page", name)
    page.click("#delete")
    assert page.inner_text(".juwen-dialog p") == PHRASES["zh"]["delete_sure"]
    page.keyboard.press("Escape")
    page.wait_for_selector(".juwen-dialog", state="detached")
    assert page.locator("#talk .juwen-answer").count() == 1
    assert name in recorded()
    page.focus("#delete")
    page.keyboard.press("Enter")
    page.click(".juwen-dialog button >> nth=1")
    page.wait_for_function("document.querySelectorAll('#talk .juwen-answer').length == 0")
    page.wait_for_function(f"document.querySelector('.juwen-status').textContent == '{PHRASES['zh']['deleted']}'")
    assert name not in recorded()
    assert name not in {vote.conversation for vote in feedback()}
    page.reload()
    page.wait_for_selector("#talk .example")
    assert page.locator("#talk .juwen-answer").count() == 0


def test_a_lost_connection_is_told_and_tried_again(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#talk .example")
    ask(page, MISSION)
    context.set_offline(True)
    page.fill("#question textarea", "全市有多少智能工厂？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".juwen-lost", timeout=10_000)
    context.set_offline(False)
    page.click(".juwen-lost button")
    page.wait_for_function(
        "document.querySelectorAll('#talk .juwen-answer').length >= 1 && !document.querySelector('.juwen-lost')"
    )
    assert "95万辆" in page.inner_text("#talk .juwen-answer >> nth=0")
    context.close()


def test_a_restart_in_the_middle_of_a_chat_loses_nothing(browser: Browser, folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with server_process(folder, "--port", str(port)) as server:
        page.goto(server.url)
        page.wait_for_selector("#talk .example")
        ask(page, MISSION)
        server.process.kill()
        server.process.wait()
        page.fill("#question textarea", "全市有多少智能工厂？")
        page.keyboard.press("Enter")
        page.wait_for_selector(".juwen-lost", timeout=30_000)
        assert page.inner_text(".juwen-lost p") == PHRASES["zh"]["lost"]
    page.click(".juwen-lost button")
    with server_process(folder, "--port", str(port)):
        page.wait_for_selector("#talk .juwen-answer", timeout=60_000)
        assert page.inner_text("#talk .short >> nth=0").startswith("95万辆")
        ask(page, "重庆2024年汽车产量是多少？")
    context.close()


def test_axe_finds_no_serious_fault(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def faults() -> list[tuple[str, str]]:
        found = Axe().run(page).response["violations"]
        return [
            (fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in ("serious", "critical")
        ]

    page.wait_for_selector("#talk .example")
    assert faults() == []
    ask(page, MISSION)
    page.wait_for_timeout(500)
    assert faults() == []
    page.emulate_media(color_scheme="dark")
    page.fill("#question textarea", "火星上有几只企鹅？")
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .refused")
    page.click("#talk .cards a >> nth=0")
    page.wait_for_timeout(500)
    assert faults() == []


def test_the_page_can_be_used_by_keyboard_alone(page: Page) -> None:
    page.wait_for_selector("#talk .example")
    page.locator("#talk .example").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#talk .juwen-answer")
    page.wait_for_timeout(500)
    page.locator("#question textarea").focus()
    reached: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        reached.add(
            page.evaluate(
                "(document.activeElement.className + ' ' + (document.activeElement.dataset.action ?? '')).trim()"
            )
        )
    assert {"cite", "copy", "share", "up", "down"} <= reached
    assert any("option" in name for name in reached)


def test_markup_that_is_typed_is_text(page: Page) -> None:
    ask(page, HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hurt") is None
    assert page.inner_text("#talk .user .message-content").strip() == HOSTILE
    assert page.query_selector_all("#talk img, #talk script, #talk .katex, #talk a[href^='javascript']") == []


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.click("#talk .example >> nth=0")
    page.wait_for_selector("#talk .juwen-answer", timeout=60_000)
    assert page.query_selector("#talk .juwen-answer.answered, #talk .juwen-answer.computed")


def test_a_refusal_looks_like_one(page: Page) -> None:
    ask(page, "火星上有几只企鹅？")
    assert page.query_selector("#talk .juwen-answer.refused")


def test_an_english_browser_gets_english(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#question textarea")
    page.wait_for_selector(".juwen-head h1")
    assert "Juwen" in page.inner_text(".juwen-head")
    assert (page.get_attribute("#question textarea", "placeholder") or "").startswith("Ask about")
    context.close()
