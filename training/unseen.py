"""Written articles that the reader was not trained on, as thousands of questions to measure the chain by.

What a reader makes of its own training text says nothing of what it is worth elsewhere. Of the written articles those
in `UNSEEN` came after the weights that ship; a reader that is trained on them needs others here. They ask harder than
visitors do: all in other words than the article's, and two near misses to each four that are answered.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from eval.cases import Case
from rag.models.span_model import SpanModel
from rag.settings import Settings
from training.judged import JudgedCase, judge
from training.written.reading import FOLDER, WrittenArticle, read_articles

UNSEEN = ("causes", "neighbours", "paraphrase", "phrases", "services", "statistics", "stories", "typed")
_YEAR = re.compile(r"20[0-3]\d(?=年)")
_USUAL_YEAR = "2024"


def judge_unseen(
    model: SpanModel, settings: Settings, guards: frozenset[str], every: int, folder: Path = FOLDER
) -> Iterator[JudgedCase]:
    """The questions of one in ``every`` such articles in ``folder``, each asked of its article alone."""
    articles = [
        (f"{name}-{number}", article) for name in UNSEEN for number, article in _numbered(folder / f"{name}.txt")
    ]
    for name, article in articles[::every]:
        with tempfile.TemporaryDirectory() as corpus:
            (Path(corpus) / f"{name}.md").write_text(_as_markdown(article), encoding="utf-8")
            yield from judge(_cases(name, article), Path(corpus), model, settings, guards)


def _numbered(path: Path) -> Iterator[tuple[int, WrittenArticle]]:
    return enumerate(read_articles(path), start=1)


def _as_markdown(article: WrittenArticle) -> str:
    """The article as a publisher would give it, dated late in the last year that it names."""
    text = "\n\n".join(article.paragraphs)
    year = max(_YEAR.findall(text), default=_USUAL_YEAR)
    return f"---\ntitle: {article.title}\npublished: {year}-11-20\n---\n\n{text}\n"


def _cases(name: str, article: WrittenArticle) -> Iterator[Case]:
    for number, asked in enumerate(article.asked, start=1):
        yield Case(
            id=f"{name}-{number}",
            article=name,
            kind="near_miss" if asked.unanswerable else "paraphrase",
            question=asked.question,
            answerable=not asked.unanswerable,
            status="refused" if asked.unanswerable else "answered",
            answers=tuple(answer.text for answer in asked.answers),
            evidence=() if asked.unanswerable else (article.paragraphs[asked.paragraph],),
        )
