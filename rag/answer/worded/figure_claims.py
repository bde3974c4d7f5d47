"""Whether a figure of a worded sentence says of the article's figure what the article says of it.

That the figure stands in the source is not enough: it may be another year's there, or of another thing. So the words
around it in the claim are taken for a question about it, and the rules that refuse near misses judge the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer.checks import time_fits
from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.answer.grounding import agrees
from rag.answer.rivals import a_part_only, another_name, clauses_back
from rag.answer.worded.claim import Claim
from rag.answer.worded.time_claims import time_giver
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.terms import Term, find_terms
from rag.text.dates import TimeExpression, find_times
from rag.text.numbers import find_quantities

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
    return "kind" if _of_another_figure(said, source, around) or _runs_the_other_way(said, source) else ""


def _is_negative(figure: Figure) -> bool:
    return bool(_MINUS.search(figure.sentence.folded[: figure.quantity.start]))


def _of_another_figure(said: Figure, source: Figure, around: Sequence[Sentence]) -> bool:
    """Whether the words around a figure stand with another figure of its source, and others with this one there."""
    near = source.own_text + (source.parent.own_text if source.parent else "") + _shared(source)
    ours = [term for term in _nearest(said) if not found(term, near)]
    claimed = said.own_text + (said.parent.own_text if said.parent else "")
    if all(found(term, claimed) for term in _terms_around(source) if term.is_noun):
        return False
    others = [
        figure.own_text
        for sentence in around
        if paragraph_of(sentence) == paragraph_of(source.sentence)
        for figure in find_figures(sentence)
        if figure not in (source, source.parent) and figure.quantity.unit == source.quantity.unit
    ]
    return any(found(term, other) for term in ours for other in others)


def _shared(figure: Figure) -> str:
    """The words of a figure's clause that it shares: 目标价 in 目标价从31元下调到26元, 盐山 in 高3米、重12吨的盐山."""
    sentence = figure.sentence
    clause = next((c for c in sentence.clauses if c.start <= figure.quantity.start < c.end), None)
    if clause is None:
        return ""
    inside = [q for q in sentence.quantities if clause.start <= q.start < clause.end]
    behind = sentence.folded[inside[-1].end : clause.end]
    between = sentence.folded[inside[0].end : figure.quantity.start]
    return behind if "、" in between else sentence.folded[clause.start : inside[0].start] + behind


def _nearest(figure: Figure) -> list[Term]:
    """The word next to a figure: the last before it, or else the first behind it."""
    terms = _terms_around(figure)
    at = figure.own_text.find(figure.quantity.text)
    return [*[term for term in terms if term.start < at][-1:]] or list(terms[:1])


def _terms_around(figure: Figure) -> tuple[Term, ...]:
    own = figure.own_text
    terms = find_terms(own, (*find_times(own, None), *find_quantities(own)))
    return tuple(term for term in terms if len(term.text) > 1 and term.text not in figure.quantity.text)


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
    if _same_as(time, source) or (source.parent is not None and _same_as(time, source.parent)):
        return True
    giver = time_giver(source.sentence, around)
    return giver is not None and any(other.period == time.period for other in giver.times)


def paragraph_of(sentence: Sentence) -> tuple[str, int]:
    """The article and the paragraph of a sentence."""
    return sentence.article_id, sentence.before_start


def _same_as(time: TimeExpression, source: Figure) -> bool:
    return time_fits([time], source.time, source.sentence)


def _as_question(claim: Claim, said: Figure) -> Focus:
    """The words that the claim sets around a figure, as what is asked for."""
    own = said.own_text
    terms = find_terms(claim.text[: said.quantity.start], claim.sentence.times)
    return Focus(kind=AnswerKind.QUANTITY, terms=terms, wording=own)
