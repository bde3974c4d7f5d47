"""Example questions drawn from the articles, each asked once before it is shown, so that every one is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.evidence import Sentence, gather
from rag.answer.figures import Figure, find_figures
from rag.errors import QuestionError
from rag.types import Answer, Article, BlockKind, Citation, Passage, Span

MOST = 12
_MOST_TRIALS = 24
_VERB_BEFORE_FIGURE = re.compile(r"(?:达到了?|达|为|是|共|共计|合计|超过?|突破|约|已|有|完成|实现|增至|升至|将|近)+$")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·“”+]{5,26}")
_NEVER_FIRST = re.compile(
    r"^(?:其中?|这|该|此|并|而|但|还|也|同比|环比|比|较|增长|以|将|把|就|在|从|每|让|使|数据|据|了|的|已|又)"
)

_SET_PHRASES = ("大", "级", "年", "天", "届")
_LEAST_NOUNS = 2
_A_MONTH = 27
_NOUNS = ("n", "vn", "b", "j")
_NAMES = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that an article answers, and where the answer stands in it."""

    question: str
    article_id: str
    span: Span


def suggest_questions(
    articles: Mapping[str, Article],
    passages: Sequence[Passage],
    ask: Callable[[str], Answer],
    most: int = MOST,
) -> tuple[Suggestion, ...]:
    """At most ``most`` questions that ``ask`` answers with the very figure they were made from.

    They are taken from different sections before a second is taken from one.
    """
    kept: dict[str, Suggestion] = {}
    used: dict[str, int] = {}
    candidates = list(_candidates(articles, passages))
    for _ in range(min(_MOST_TRIALS, len(candidates))):
        candidates.sort(key=lambda candidate: used.get(candidate[1].sentence.section, 0))
        question, figure = candidates.pop(0)
        section = figure.sentence.section
        used[section] = used.get(section, 0) + 1
        if question not in kept and _is_answered(question, figure, ask):
            kept[question] = Suggestion(question, figure.sentence.article_id, figure.span)
        if len(kept) == most:
            break
    return tuple(kept.values())


def next_questions(
    suggestions: Sequence[Suggestion], near: Sequence[Citation], asked: Collection[str], most: int
) -> tuple[str, ...]:
    """At most ``most`` of the questions: none that was ``asked`` or is answered by what is cited, the nearest first.

    Near is what stands near the first of the citations ``near``; without any, the order stays.
    """

    def distance(suggestion: Suggestion) -> tuple[bool, int]:
        first = near[0]
        return suggestion.article_id != first.article_id, abs(suggestion.span.start - first.start)

    cited = [(citation.article_id, Span(citation.start, citation.end)) for citation in near]
    fresh = [
        suggestion
        for suggestion in suggestions
        if suggestion.question not in asked
        and not any(suggestion.article_id == article and span.covers(suggestion.span) for article, span in cited)
    ]
    return tuple(suggestion.question for suggestion in (sorted(fresh, key=distance) if near else fresh)[:most])


def _candidates(articles: Mapping[str, Article], passages: Sequence[Passage]) -> Iterator[tuple[str, Figure]]:
    """Questions with the figures they ask for; those that name somebody or something first."""
    body = [passage for passage in passages if passage.kind is BlockKind.PARAGRAPH]
    found = [
        (question, figure)
        for sentence in gather(body, articles)
        for figure in find_figures(sentence)
        if (question := _question(sentence, figure))
    ]
    yield from sorted(found, key=lambda pair: not any(token.tag in _NAMES for token in pair[1].own_tokens))


def _question(sentence: Sentence, figure: Figure) -> str:
    """A question made of the words around the figure, or "" where they make none.

    30所学校 becomes 多少所学校, 钢铁产量20万吨 becomes 钢铁产量是多少.
    """
    quantity = figure.quantity
    if figure.parent or figure.is_rate or figure.is_change or quantity.ordinal or not quantity.unit:
        return ""
    if not quantity.text.endswith(quantity.unit) or quantity.unit in _SET_PHRASES or not figure.is_strong:
        return ""
    before = sentence.text[figure.own.start : quantity.start].strip(" ,，、")
    after = sentence.text[quantity.end : figure.own.end].rstrip(" ,，、;；。.!！…”")
    tokens = [token for token in figure.own_tokens if token.text.strip(" ,，、。")]
    nouns = [token for token in tokens if token.tag.startswith(_NOUNS)]
    if len(nouns) < _LEAST_NOUNS or any(token.tag == "r" for token in tokens) or before.endswith(("首批", "一批")):
        return ""
    behind = [token for token in tokens if token.start >= quantity.end]
    if behind and all(token.tag.startswith(_NOUNS) or token.tag == "x" for token in behind):
        words = f"{before}多少{quantity.unit}{after}"
    else:
        subject = _VERB_BEFORE_FIGURE.sub("", before)
        last = next((t for t in reversed(tokens) if t.end <= figure.own.start + len(subject) + 1), None)
        if behind or last is None or not last.tag.startswith(_NOUNS) or last.tag in _NAMES:
            return ""
        words = f"{subject}是多少"
    if not _WORDS.fullmatch(words) or _NEVER_FIRST.match(words) or words.count("“") != words.count("”"):
        return ""
    time = figure.time
    stated = ""
    if time and time.period and time.text not in words and (time.period.last - time.period.first).days > _A_MONTH:
        stated = time.period.label
    return f"{stated}{words}？"


def _is_answered(question: str, figure: Figure, ask: Callable[[str], Answer]) -> bool:
    try:
        answer = ask(question)
    except QuestionError:
        return False
    return answer.status == "answered" and answer.short == figure.quantity.text
