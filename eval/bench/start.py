"""From nothing to the first answer, and the memory that it takes; each in a fresh process with a warm cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.bench.measure import Job, peak_megabytes
from eval.cases import load_cases

_ASKED_FOR_MEMORY = 40


def prepare(job: Job) -> dict[str, Any]:
    """Converts the model and builds the index, so that whatever comes after finds both."""
    from rag.index.index import Index
    from rag.models.embedder import Embedder

    settings = job.settings()
    index = Index.build_or_load(settings, Embedder.load(settings))
    return {"articles": len(index.articles), "passages": len(index.passages)}


def ours(job: Job) -> dict[str, Any]:
    """Opens the chatbot and answers one question."""
    from rag.chatbot import Chatbot

    with Chatbot.open(job.settings()) as chatbot:
        chatbot.ask(_first_question(job))
    return {}


def peer(job: Job) -> dict[str, Any]:
    """Loads the model, builds the plain recipe, which keeps nothing on disk, and retrieves for one question."""
    from eval.bench.peer import PlainRecipe, read_texts
    from rag.models.loading import load_model

    model, _ = load_model(job.settings())
    PlainRecipe.build(read_texts(Path(job.corpus)), model).retrieve(_first_question(job))
    return {}


def memory_ours(job: Job) -> dict[str, Any]:
    """The peak memory of the chatbot over some questions."""
    from rag.chatbot import Chatbot

    with Chatbot.open(job.settings()) as chatbot:
        for case in load_cases(Path(job.questions))[:_ASKED_FOR_MEMORY]:
            chatbot.ask(case.question, history=case.history)
    return {"peak_mb": peak_megabytes()}


def memory_peer(job: Job) -> dict[str, Any]:
    """The peak memory of the plain recipe over the same questions."""
    from eval.bench.peer import PlainRecipe, read_texts
    from rag.models.loading import load_model

    model, _ = load_model(job.settings())
    recipe = PlainRecipe.build(read_texts(Path(job.corpus)), model)
    for case in load_cases(Path(job.questions))[:_ASKED_FOR_MEMORY]:
        recipe.retrieve(case.question)
    return {"peak_mb": peak_megabytes()}


def _first_question(job: Job) -> str:
    return next(case.question for case in load_cases(Path(job.questions)) if case.answerable and not case.history)
