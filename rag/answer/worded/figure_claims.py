"""Whether a figure of a worded sentence says of the article's figure what the article says of it.

That the figure stands in the source is not enough: it may be another year's there, or of another thing. So the words
around it in the claim are taken for a question about it, and the rules that refuse near misses judge the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer.checks import time_fits
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.answer.grounding import agrees
from rag.answer.guards.rivals import a_part_only, another_name, clauses_back
from rag.answer.worded.claim import Claim
from rag.answer.worded.other_figures import of_another_figure
from rag.answer.worded.time_claims import time_giver
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.terms import find_terms
from rag.text.dates import TimeExpression

_CHANGE = re.compile(r"增长|增加|上升|提高|下降|减少|降低|下滑|提升|上涨|下跌|增幅|增速|降幅|涨幅|跌幅|同比|环比")
_FROM = re.compile(r"(?:从|由|自)[^,，、。;；\d]{0,8}$")
_TO = re.compile(r"(?:到|至|达|成|为)了?$")
_MINUS = re.compile(r"(?:(?<![a-z0-9-])-|负|零下)$")


def figures_like(figure: Figure, sentences: Iterable[Sentence]) -> Iterator[Figure]:
    """The figures of ``sentences`` with the value, the sign, the unit and the bound of ``figure``."""
    for sentence in sentences:
        for other in find_figures(sentence):
            if agrees(figure.quantity, other.quantity) and _is_negative(figure) == _is_negative(other):
                yield other


def misattributed(claim: Claim, said: Figure, source: Figure, around: Sequence[Sentence]) -> str:
    """What the claim says of a figure against its source: "time", "name", "kind"; "" where nothing speaks against it.

    Args:
        claim: the sentence.
        said: the figure as it stands in the claim.
        source: the same figure in the article.
        around: the sentences that the claim cites; one before the figure's may give its time.
    """
    if not _same_time(said, source, around):
        return "time"
    if claim.language == "en":
        return ""
    focus = _as_question(claim, said)
    if another_name(focus, [source.own_text, *clauses_back(source.sentence, source.own.start)]):
        return "name"
    if _tells_change(said) != _tells_change(source) or a_part_only(focus, source.own_text):
        return "kind"
    if _of_another_parent(said, source):
        return "kind"
    return "kind" if of_another_figure(said, source, around) or _runs_the_other_way(said, source) else ""


def _of_another_parent(said: Figure, source: Figure) -> bool:
    """Whether a growth, a multiple or a rank is said of another figure than in the article, and both are named."""
    if said.parent is None or source.parent is None:
        return False
    return not agrees(said.parent.quantity, source.parent.quantity)


def _is_negative(figure: Figure) -> bool:
    return bool(_MINUS.search(figure.sentence.folded[: figure.quantity.start]))


def _runs_the_other_way(said: Figure, source: Figure) -> bool:
    """Whether a change begins with a figure (从30万台) in one and ends with it (增至30万台) in the other."""
    ours, theirs = (figure.sentence.folded[: figure.quantity.start] for figure in (said, source))
    return bool((_FROM.search(ours) and _TO.search(theirs)) or (_TO.search(ours) and _FROM.search(theirs)))


def _tells_change(figure: Figure) -> bool:
    return figure.is_change or bool(_CHANGE.search(figure.own_text))


def _same_time(said: Figure, source: Figure, around: Sequence[Sentence]) -> bool:
    time = said.time
    if time is None or time.period is None or not said.quantity.unit:
        return True
    if said.quantity.ordinal and any(other.period == time.period for other in source.sentence.times):
        return True  # 自2021年以来首次: a place in an order is told by what it is counted from
    if _same_as(time, source) or (source.parent is not None and _same_as(time, source.parent)):
        return True
    giver = time_giver(source.sentence, around)
    return giver is not None and any(other.period == time.period for other in giver.times)


def _same_as(time: TimeExpression, source: Figure) -> bool:
    return time_fits([time], source.time, source.sentence)


def _as_question(claim: Claim, said: Figure) -> Focus:
    """The words that the claim sets around a figure, as what is asked for."""
    own = said.own_text
    terms = find_terms(claim.text[: said.quantity.start], claim.sentence.times)
    return Focus(kind=AnswerKind.QUANTITY, terms=terms, wording=own)
