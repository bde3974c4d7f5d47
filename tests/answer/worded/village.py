"""A small article with look-alikes side by side, its passages, and what a reader found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.answer.citations import cite
from rag.answer.evidence import Sentence, gather
from rag.answer.reading import Support
from rag.answer.worded.claim import read_claim
from rag.answer.worded.claim_check import Verdict, check_claim
from rag.answer.worded.task import Task
from rag.types import Answer, Language, Passage, Question, Span
from tests.answer.paragraphs import article_of, passages_of

HARVEST = "2023年，青禾县水稻产量30万吨，出口12万吨，比2021年多出5万吨。"
YEAR_BEFORE = "2022年，全县水稻产量28万吨。"
MAYOR = "县长周敏说，全县约有30—50家合作社，第3、5名在河东镇，水温5℃，“好米要慢慢种”。"
TOURISM = "今年上半年，全县游客接待量同比增长一倍，位居全省第二。"
BRIDGES = "松江建工集团在河西镇新建桥梁12座、隧道3座，仓库没有完工。"
NOW = "合作社目前有社员超1200人，网址是www.qinghe.cn。"
TEXT = f"{HARVEST}{YEAR_BEFORE}{MAYOR}\n{TOURISM}\n{BRIDGES}\n{NOW}"
PUBLISHED = date(2024, 3, 10)
ARTICLE = article_of(TEXT, PUBLISHED, title="青禾县的账本")
ARTICLES = {ARTICLE.id: ARTICLE}
PASSAGES = tuple(passages_of(ARTICLE))
SENTENCES: Mapping[int, Sequence[Sentence]] = {
    number: gather([passage], ARTICLES) for number, passage in enumerate(PASSAGES, start=1)
}


def check(written: str, language: Language = "zh") -> Verdict:
    """The verdict on a sentence with its marks."""
    return check_claim(read_claim(written, PUBLISHED), SENTENCES, language)


def quotes(verdict: Verdict) -> list[str]:
    """The slices that a sentence was found to rest on."""
    return [TEXT[part.span.start : part.span.end] for part in verdict.support]


def where(sentence: str) -> Span:
    """Where a sentence of the article stands."""
    start = TEXT.index(sentence)
    return Span(start, start + len(sentence))


def found(
    short: str | None = "30万吨", sentence: str = HARVEST, question: str = "2023年青禾县水稻产量是多少？"
) -> Answer:
    """What a reader answers."""
    citations = cite([Support(ARTICLE.id, where(sentence))], ARTICLES, "", 0.9)
    return Answer(f"{short}[1]", short, "answered", citations, question, notes=("“去年”指2023年",), confidence=0.9)


def task(
    answer: Answer | None = None,
    question: str = "2023年青禾县水稻产量是多少？",
    passages: Sequence[Passage] = PASSAGES,
    language: Language = "zh",
) -> Task:
    """A task to word ``answer``."""
    return Task(Question(question, question, language), answer or found(), tuple(passages), ARTICLES, PUBLISHED, "")
