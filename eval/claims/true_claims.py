"""True sentences with their marks, made of a set of test questions: what a good model would write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from eval.cases import Case, locate_evidence
from rag.answer.evidence import Sentence, gather
from rag.types import Article, Passage, Span

_STATED_KINDS = frozenset({"mission", "fact", "lookalike", "relative_time", "who_where_when"})
_MEASURE = "[个名位家座条项所台辆只件户次场吨元亩倍天年册岁]"
_ASKED = re.compile(
    rf"多少(?:万|亿)?{_MEASURE}?|第几|几{_MEASURE}|多[大高长重远宽深快久]|什么时候|何时|哪一?[年天月]|谁|哪里|哪儿|哪个城市|"
    rf"哪一?[家个位所座](?:公司|企业|单位|机构|城市|国家|地方)?|什么(?:公司|企业|机构)?"
)

Wording = Literal["copied", "changed lightly", "stated"]
WORDINGS: tuple[Wording, ...] = get_args(Wording)


@dataclass(frozen=True, slots=True)
class TrueClaim:
    """A sentence that the cited passages hold: ``written`` is with marks.

    ``numbered`` are the passages that the marks count from 1, ``passages`` the sentences of each. ``wording`` is how
    it came about: a sentence of the article as it stands there, one with a word or two changed, or a question turned
    into a statement with its answer.
    """

    case: str
    article: Article
    written: str
    passages: Mapping[int, Sequence[Sentence]]
    numbered: tuple[Passage, ...]
    wording: Wording


def true_claims(cases: Sequence[Case], articles: Mapping[str, Article], passages: Sequence[Passage]) -> list[TrueClaim]:
    """For each answerable case the sentences of its evidence, these changed lightly, and its question as a statement.

    Raises:
        CaseError: a case does not fit the articles.
    """
    places = locate_evidence(cases, articles)
    claims = []
    for case in cases:
        article = articles[case.article]
        holding = [passage for span in places[case.id] if (passage := _holding(article, span, passages)) is not None]
        holding = list(dict.fromkeys(holding))
        if not case.answerable or not holding:
            continue
        sentences = {number: gather([passage], articles) for number, passage in enumerate(holding, start=1)}
        marks = "".join(f"[{number}]" for number in sentences)
        texts = [article.text[span.start : span.end].strip() for span in places[case.id]]
        written: list[tuple[str, Wording]] = [(text, "copied") for text in texts]
        written += [(changed, "changed lightly") for text in texts if (changed := lightly(text))]
        if statement := as_statement(case):
            written.append((statement, "stated"))
        claims += [
            TrueClaim(case.id, article, f"{text}{marks}", sentences, tuple(holding), wording)
            for text, wording in written
        ]
    return claims


def lightly(sentence: str) -> str:
    """A sentence as a writer might take it over: led in, 达到 as 为, 完成 as 实现; "" for one that a quotation cuts.

    Example:
        >>> lightly("其中产量达到30万台。")
        '文章说，产量为30万台。'
    """
    if sentence.count("“") != sentence.count("”"):
        return ""
    changed = re.sub("达到?(?=[约近超]?\\d)", "为", re.sub("^(?:其中|此外|同时|数据显示)[,，]?", "", sentence))
    return "文章说，" + changed.replace("完成", "实现")


def as_statement(case: Case) -> str:
    """The question with its answer in place of what it asks; "" where that gives no sentence.

    Example:
        >>> as_statement(Case("a", "a", "fact", "谁写了开篇？", True, "answered", answers=("某人",), evidence=("x",)))
        '某人写了开篇。'
    """
    if (
        case.kind not in _STATED_KINDS
        or case.status != "answered"
        or case.history
        or len(_ASKED.findall(case.question)) != 1
    ):
        return ""
    bare = case.question.rstrip("?？。 呢啊").removeprefix("请问")
    asked = _ASKED.search(bare)
    if asked is None:
        return ""
    answer, rest = case.answers[0], bare[asked.end() :]
    # 多少公斤 and 什么会上 repeat the end of the answer, 多少钱 needs none.
    for length in (3, 2, 1):
        if answer[-length:] == rest[:length] and not answer[-length:].isdigit():
            rest = rest[length:]
            break
    rest = re.sub(r"^[钱数]$", "", rest)
    return f"{bare[: asked.start()]}{answer}{rest}。"


def _holding(article: Article, span: Span, passages: Sequence[Passage]) -> Passage | None:
    held = (p for p in passages if p.article_id == article.id and p.span.overlaps(span))
    return max(held, key=lambda p: min(p.end, span.end) - max(p.start, span.start), default=None)
