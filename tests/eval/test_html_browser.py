"""The report page on a phone, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from eval.evaluation import Evaluation
from eval.html_report import write_html
from tests.eval.test_html_report import hostile, outcomes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
BARS = {"light": "rgb(201, 194, 177)", "dark": "rgb(86, 82, 71)"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: there is no chromium here; install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_runs_over_the_edge(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    evaluations = [Evaluation("dev", outcomes(), {"keywords only": outcomes()}), Evaluation("hostile", [hostile()])]
    write_html(tmp_path / "report.html", evaluations, {})
    context = browser.new_context(viewport={"width": 375, "height": 800}, color_scheme=scheme)
    view = context.new_page()
    said: list[str] = []
    view.on("console", lambda message: said.append(message.text))
    view.on("pageerror", lambda error: said.append(str(error)))
    view.on("requestfailed", lambda request: said.append(request.url))
    view.goto((tmp_path / "report.html").as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") == 375
    view.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert view.evaluate("document.documentElement.scrollWidth") == 375
    bar = view.locator("figure svg [style*='--bar']").first
    assert bar.evaluate("bar => getComputedStyle(bar).fill") == BARS[scheme]
    assert view.locator("script, img").count() == 0
    view.get_by_text("Should have refused 1").click()
    seen = view.locator("#set-1 .failures .question:visible")
    assert [one.get_attribute("data-case") for one in seen.all()] == ["a-5"]
    assert view.locator("#set-1 .failures h4:visible").all_inner_texts() == ["near_miss 1 of 2"]
    view.screenshot(path=tmp_path / f"{scheme}.png", full_page=True)
    assert said == []
    context.close()
