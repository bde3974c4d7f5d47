"""The chat page as visitors meet it: its weight, until it can be used, until the first words, and fifty at once."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
import numpy as np

from eval.bench.measure import BenchError, Job
from eval.bench.served import served
from eval.cases import load_cases
from rag.serve.phrases import PHRASES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VISITORS: Final = 50
_ASKED: Final = 12
_SECONDS: Final = 180.0
_WATCH: Final = """(waiting) => new Promise((done) => {
  const talk = document.querySelector("#talk");
  const begun = performance.now();
  const first = talk.querySelectorAll(".bot.message").length;
  const watch = new MutationObserver(() => {
    const last = Array.from(talk.querySelectorAll(".bot.message")).at(-1);
    if (talk.querySelectorAll(".bot.message").length <= first || !last.innerText.trim()) return;
    if (waiting.some((words) => last.innerText.trim().startsWith(words))) return;
    watch.disconnect();
    done(performance.now() - begun);
  });
  watch.observe(talk, { childList: true, subtree: true, characterData: true });
  document.querySelector("#question button").click();
})"""


def measure(job: Job) -> dict[str, Any]:
    """The figures of the page; those of a browser are missing where there is no Chromium.

    ``weight_kb`` is what the first visit transfers, in 1000 bytes; ``usable_ms`` until the question can be typed;
    ``first_text_ms`` from sending until the first words are seen, ``beyond_ms`` less the answer itself; ``visitors``
    hold the waits of as many visitors who all send one question at once, through the page's own queue.
    """
    questions = [case.question for case in load_cases(Path(job.questions)) if not case.history][:_ASKED]
    with served(job) as server:
        figures = _in_browser(server.url, questions, job.rounds)
        waits = asyncio.run(_all_at_once(server.url, questions))
    visitors = {"p50_ms": float(np.percentile(waits, 50)), "p95_ms": float(np.percentile(waits, 95))}
    return {**figures, "visitors": {"count": VISITORS, **visitors}}


def _in_browser(url: str, questions: list[str], rounds: int) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        visits = [_visit(browser, url) for _ in range(rounds)]
        seen, beyond = _first_texts(browser, url, questions)
        browser.close()
    return {
        "weight_kb": visits[0][0] / 1000,
        "usable_ms": statistics.median(usable for _, usable in visits),
        "first_text_ms": statistics.median(seen),
        "beyond_ms": statistics.median(beyond),
    }


def _visit(browser: Browser, url: str) -> tuple[float, float]:
    """Bytes transferred and milliseconds until the question can be typed, of a first visit."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    sizes: list[float] = []
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("#question textarea:not([disabled])")
    usable = 1000 * (time.perf_counter() - begun)
    page.wait_for_selector("#talk .example")
    page.wait_for_timeout(500)
    context.close()
    return sum(sizes), usable


def _first_texts(browser: Browser, url: str, questions: list[str]) -> tuple[list[float], list[float]]:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#talk .example")
    seen = [_send(page, question) for question in questions]
    context.close()
    # Once the browser no longer draws: that takes a core.
    alone = [_answer_alone(url, question) for question in questions]
    return seen, [took - answer for took, answer in zip(seen, alone, strict=True)]


def _send(page: Page, question: str) -> float:
    page.click("#new")
    page.wait_for_selector("#talk .example")
    page.fill("#question textarea", question)
    milliseconds: float = page.evaluate(
        _WATCH, [PHRASES["zh"][name].partition("{")[0] for name in ("thinking", "waiting")]
    )
    page.wait_for_selector("#talk .juwen-answer")
    return milliseconds


def _answer_alone(url: str, question: str) -> float:
    timings = httpx.post(f"{url}/api/ask", json={"question": question}, timeout=_SECONDS).json()["timings"]
    return float(sum(timings.values()))


async def _all_at_once(url: str, questions: list[str]) -> list[float]:
    """How long each of the visitors waits for the end of an answer, in milliseconds."""
    limits = httpx.Limits(max_connections=2 * VISITORS)
    async with httpx.AsyncClient(base_url=url, timeout=_SECONDS, limits=limits) as client:
        function = _ask_function((await client.get("/config")).json())
        asked = [questions[number % len(questions)] for number in range(VISITORS)]
        return await asyncio.gather(*(_one_visitor(client, function, question) for question in asked))


def _ask_function(config: dict[str, Any]) -> int:
    """The number by which the page's queue knows the asking of a typed question."""
    typed = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
    return next(int(each["id"]) for each in config["dependencies"] if [typed, "submit"] in each["targets"])


async def _one_visitor(client: httpx.AsyncClient, function: int, question: str) -> float:
    session = uuid.uuid4().hex[:11]
    begun = time.perf_counter()
    body = {"data": [question, []], "event_data": None, "fn_index": function, "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=body)).raise_for_status()
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
        async for line in events.aiter_lines():
            event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if event.get("msg") == "process_completed":
                if not event["success"]:
                    raise BenchError(f"bench: the page failed on {question!r}: {event['output']}")
                return 1000 * (time.perf_counter() - begun)
    raise BenchError(f"bench: the page gave no answer to {question!r}")
