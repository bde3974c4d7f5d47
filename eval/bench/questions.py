"""Time per question, and how often what is shown holds the evidence: both systems in turn, question by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.bench.measure import Job, fixed_work, milliseconds, rotated
from eval.bench.peer import PlainRecipe, read_texts
from eval.cases import Case, load_cases, locate
from eval.metrics import mean, percentile
from eval.plain_splitter import SHOWN
from rag.types import Answer

_WARM_UP = ("先问一句", "再问一句", "然后开始")


def measure(job: Job) -> dict[str, Any]:
    """Asks each question of both systems, in an order that changes from question to question.

    Every question is asked once, because a second time would find it in a cache. Retrieval alone has an embedder of
    its own, so that the whole answer leaves nothing behind for it.
    """
    from rag.chatbot import Chatbot
    from rag.index.index import Index
    from rag.models.embedder import Embedder
    from rag.models.loading import load_model

    settings = job.settings()
    cases = load_cases(Path(job.questions))
    index = Index.load(settings, Embedder.load(settings))
    recipe = PlainRecipe.build(read_texts(Path(job.corpus)), load_model(settings)[0])
    answers: dict[str, Answer] = {}
    chunks: dict[str, list[str]] = {}
    with Chatbot.open(settings) as chatbot:

        def ask(case: Case) -> None:
            answers[case.id] = chatbot.ask(case.question, history=case.history)

        def retrieve(case: Case) -> None:
            index.retrieve(case.question, SHOWN)

        def retrieve_plainly(case: Case) -> None:
            chunks[case.id] = recipe.retrieve(case.question)

        systems: dict[str, Callable[[Case], object]] = {
            "answer": ask,
            "retrieval": retrieve,
            "peer": retrieve_plainly,
            "fixed": lambda case: fixed_work(),
        }
        for text in _WARM_UP:
            chatbot.ask(text)
            index.retrieve(text, SHOWN)
            recipe.retrieve(text)
        times: dict[str, list[float]] = {name: [] for name in systems}
        for turn, case in enumerate(cases):
            for name in rotated(list(systems), turn):
                times[name].append(milliseconds(lambda case=case, name=name: systems[name](case)))  # type: ignore[misc]
        single = [case for case in cases if case.answerable and not case.history]
        passages = {
            case.id: [scored.passage.text for scored in index.retrieve(answers[case.id].question, SHOWN)]
            for case in single
        }
    quotes = {case.id: [cited.quote for cited in answers[case.id].citations] for case in single}
    answered = {case.id for case in single if answers[case.id].status in ("answered", "computed")}
    return {
        "questions": len(cases),
        "times": {
            name: {"p50_ms": percentile(taken, 0.5), "p95_ms": percentile(taken, 0.95)} for name, taken in times.items()
        },
        "evidence": {
            "questions": len(single),
            "cited": mean(_shown(case, quotes[case.id] if case.id in answered else []) for case in single),
            "passages": mean(_shown(case, passages[case.id]) for case in single),
            "peer": mean(_shown(case, chunks[case.id]) for case in single),
        },
    }


def _shown(case: Case, texts: Sequence[str]) -> float:
    """The share of the evidence sentences that stand whole, spaces aside, in one of the texts."""
    return mean(float(any(locate(quote, text) for text in texts)) for quote in case.evidence) or 0.0
