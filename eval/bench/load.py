"""The server under load: answers per second beside what the model alone gives, memory over time, too many at once."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import httpx

from eval.bench.measure import BenchError, Job, resident_megabytes
from eval.bench.served import Served, served
from eval.cases import load_cases
from eval.metrics import percentile

LEVELS: Final = (1, 8, 32)
BEYOND: Final = 52
"""So many more visitors than places come at once."""
_SECONDS: Final = 180.0
_WARM_UP: Final = ("先问一句", "再问一句", "然后开始")
_OPENINGS: Final = (
    "",
    "请问",
    "请问一下，",
    "想问一下，",
    "我想知道，",
    "你好，",
    "麻烦问一下，",
    "请告诉我，",
    "那么，",
)
_ENDINGS: Final = ("？", "?", "", "呢？", "，谢谢", "，请简短回答", "，文章里怎么说？", "，具体一点")


def measure(job: Job) -> dict[str, Any]:
    """Asks a real server over kept connections, from this process.

    ``levels`` hold, for each number of clients who ask one question after the other, answers per second and how long
    an answer took; ``memory`` the server's resident memory after a tenth and after all of ``job.asked`` further
    questions; ``overload`` what as many visitors as there are places, and `BEYOND` more, got who all asked at once.
    """
    questions = distinct_questions(job)
    with served(job) as server:
        return asyncio.run(_measure(server, questions, job))


def ceiling(job: Job) -> dict[str, Any]:
    """The same questions asked of the chatbot itself, by as many threads as the server has."""
    from rag.chatbot import Chatbot

    questions = distinct_questions(job)
    settings = job.settings()
    with Chatbot.open(settings) as chatbot:
        for text in _WARM_UP:
            chatbot.ask(text)
        rate = per_second(chatbot.ask, questions, job.seconds, settings.answer_threads)
    return {"threads": settings.answer_threads, "per_second": rate}


def distinct_questions(job: Job) -> Iterator[str]:
    """The set's questions, then the same in other words around them, so that none comes twice for thousands."""
    asked = [case.question.rstrip("？?。") for case in load_cases(Path(job.questions)) if not case.history]
    worded = [(opening, ending) for ending in _ENDINGS for opening in _OPENINGS]
    return (f"{opening}{question}{ending}" for opening, ending in itertools.cycle(worded) for question in asked)


def per_second(ask: Callable[[str], object], questions: Iterator[str], seconds: float, threads: int) -> float:
    """How many questions ``threads`` threads get answered in a second, measured over ``seconds``."""
    begun = time.perf_counter()

    def work(texts: Sequence[str]) -> int:
        answered = 0
        for text in itertools.takewhile(lambda _: time.perf_counter() - begun < seconds, itertools.cycle(texts)):
            ask(text)
            answered += 1
        return answered

    # More than can be asked in the time; a thread has its own, since two may not draw from one generator.
    drawn = list(itertools.islice(questions, 50 * threads * max(1, round(seconds))))
    with ThreadPoolExecutor(threads) as executor:
        answered = sum(executor.map(work, [drawn[number::threads] for number in range(threads)]))
    return answered / (time.perf_counter() - begun)


async def _measure(server: Served, questions: Iterator[str], job: Job) -> dict[str, Any]:
    await level(server.url, iter(_WARM_UP), 1, _SECONDS)
    levels = [await level(server.url, questions, clients, job.seconds) for clients in LEVELS]
    memory = await memory_over_time(server, questions, job.asked)
    settings = job.settings()
    visitors = settings.answer_threads + settings.most_waiting + BEYOND
    overload = await all_at_once(server.url, questions, visitors)
    return {"seconds": job.seconds, "levels": levels, "memory": memory, "overload": overload}


async def level(url: str, questions: Iterator[str], clients: int, seconds: float) -> dict[str, Any]:
    """``clients`` who each ask a question as soon as the last is answered, for ``seconds`` or to the last question.

    Raises:
        BenchError: a question was not answered.
    """
    waits: list[float] = []
    begun = time.perf_counter()

    async def one_client(client: httpx.AsyncClient) -> None:
        for question in questions:
            asked = time.perf_counter()
            await _answered(client, question)
            waits.append(1000 * (time.perf_counter() - asked))
            if time.perf_counter() - begun >= seconds:
                return

    await _together(url, clients, one_client)
    return {
        "clients": clients,
        "answers": len(waits),
        "per_second": len(waits) / (time.perf_counter() - begun),
        "p50_ms": percentile(waits, 0.5),
        "p95_ms": percentile(waits, 0.95),
    }


async def memory_over_time(server: Served, questions: Iterator[str], asked: int, clients: int = 8) -> dict[str, Any]:
    """The server's memory after a tenth of ``asked`` questions and after all of them."""
    early = max(1, asked // 10)
    first = await _memory_after(server, itertools.islice(questions, early), clients)
    last = await _memory_after(server, itertools.islice(questions, asked - early), clients)
    return {"early": early, "early_mb": first, "asked": asked, "asked_mb": last}


async def all_at_once(url: str, questions: Iterator[str], visitors: int) -> dict[str, Any]:
    """``visitors`` who all ask one question at the same moment: how many are answered, and how soon others are told.

    Raises:
        BenchError: one got neither an answer nor 503.
    """
    waits: dict[int, list[float]] = {200: [], 503: []}
    limits = httpx.Limits(max_connections=visitors, max_keepalive_connections=visitors)
    async with httpx.AsyncClient(base_url=url, timeout=_SECONDS, limits=limits, trust_env=False) as client:
        begun = time.perf_counter()

        async def one_visitor(question: str) -> None:
            reply = await client.post("/api/ask", json={"question": question})
            if reply.status_code not in waits:
                raise BenchError(f"bench: {reply.status_code} instead of 503 for {question!r}: {reply.text[:200]}")
            waits[reply.status_code].append(1000 * (time.perf_counter() - begun))

        await asyncio.gather(*(one_visitor(question) for question in itertools.islice(questions, visitors)))
    return {
        "visitors": visitors,
        "answered": len(waits[200]),
        "refused": len(waits[503]),
        "refusal_p50_ms": percentile(waits[503], 0.5) if waits[503] else 0.0,
        "slowest_refusal_ms": max(waits[503], default=0.0),
        "slowest_answer_ms": max(waits[200], default=0.0),
    }


async def _memory_after(server: Served, questions: Iterator[str], clients: int) -> float:
    async def one_client(client: httpx.AsyncClient) -> None:
        for question in questions:
            await _answered(client, question)

    await _together(server.url, clients, one_client)
    return resident_megabytes(server.process_id)


async def _together(url: str, clients: int, one_client: Callable[[httpx.AsyncClient], Any]) -> None:
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=_SECONDS, limits=limits, trust_env=False) as client:
        await asyncio.gather(*(one_client(client) for _ in range(clients)))


async def _answered(client: httpx.AsyncClient, question: str) -> None:
    reply = await client.post("/api/ask", json={"question": question})
    if reply.status_code != httpx.codes.OK:
        raise BenchError(f"bench: {reply.status_code} for {question!r}: {reply.text[:200]}")
