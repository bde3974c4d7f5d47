"""Which figure of the passages a question asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.checks import average_agrees, missing_names, now_and_then_agree, plan_agrees, time_fits, title_agrees
from rag.answer.coverage import Coverage, cover, found
from rag.answer.evidence import Sentence, is_reference, sentence_before
from rag.answer.figures import SIBLING, Figure, find_figures
from rag.answer.reading import Support
from rag.answer.rivals import a_part_only, another_modifier, another_name, another_number, clauses_back
from rag.question.focus import Focus
from rag.question.terms import Term, is_measured
from rag.question.units import unit_fits
from rag.text.dates import TimeExpression
from rag.text.numbers import Quantity, find_quantities, same_quantity

Similarity = Mapping[tuple[str, int, int], float]
"""Cosine of the question with each sentence, by article id, start and end."""

_MOST_MISSING = 0.34
_EXTRA_WORD = 0.025
_MOST_EXTRA_WORDS = 4
_TARGET = 1.5
_EVENT_UNITS = frozenset("次 场 球 分 趟 回 局 胜 平 负 个 ".split()) | {""}
_NEARLY_AS_GOOD = 0.08
_MULTIPLE_FOLLOWS = 3
_MEASURE_ALONE = re.compile(r"[\u4e00-\u9fff]{0,3}(?:量|额|值|率|数|积|度|收入|利润|规模)(?:达到?|为|是|有|超过|完成)?")


@dataclass(frozen=True, slots=True)
class ScoredFigure:
    """A figure, how well it fits (0 to 1), and why not where something speaks against it."""

    figure: Figure
    score: float
    coverage: Coverage
    similarity: float
    obstacle: str

    @property
    def confidence(self) -> float:
        """How sure it is that this figure is what was asked."""
        return 0.0 if self.obstacle else confidence_of(self.score)

    @property
    def support(self) -> tuple[Support, ...]:
        """The sentence of the figure, then the sentence that says of which time it is, where that is another."""
        sentence = self.figure.sentence
        return (Support(sentence.article_id, sentence.span), *time_support(sentence, self.figure.quantity.start))


def confidence_of(score: float) -> float:
    """A score as a probability: a logistic curve, placed on the development questions."""
    return 1 / (1 + math.exp(-14 * (score - 0.6)))


def rank_figures(
    focus: Focus, sentences: Sequence[Sentence], similarity: Similarity, weigh: Callable[[Term], float]
) -> list[ScoredFigure]:
    """The figures of ``sentences`` that could answer ``focus``, best first; those with an obstacle come last."""
    ranked = [
        _score(focus, figure, similarity, weigh)
        for sentence in sentences
        for figure in find_figures(sentence)
        if _is_asked_kind(focus, figure)
    ]
    ranked.sort(key=lambda scored: (bool(scored.obstacle), -scored.score))
    return ranked if focus.times else _latest_first(ranked)


def _latest_first(ranked: list[ScoredFigure]) -> list[ScoredFigure]:
    """``ranked``, the latest first among those that fit nearly as well as the best: no year asked means now."""
    if not ranked or ranked[0].obstacle:
        return ranked
    near = [s for s in ranked if not s.obstacle and s.score >= ranked[0].score - _NEARLY_AS_GOOD]
    near.sort(key=lambda scored: _time_of(scored.figure), reverse=True)
    return [*near, *(scored for scored in ranked if scored not in near)]


def _time_of(figure: Figure) -> date:
    """The end of the time that a figure holds for; the article's own date where it names none."""
    period = figure.time.period if figure.time else None
    period = period or figure.sentence.published
    return min(period.last, figure.sentence.published.last) if period and figure.sentence.published else date.min


def time_support(sentence: Sentence, offset: int) -> tuple[Support, ...]:
    """The earlier sentence that gives the time of the words at ``offset``, if they take it from there."""
    time = sentence.time_at(offset)
    if time is None or time in sentence.times or time not in sentence.times_before:
        return ()
    start = sentence.before_start + time.start
    holder = next((span for span in sentence_before(sentence) if span.start <= start < span.end), None)
    return (Support(sentence.article_id, holder),) if holder else ()


def normal_similarity(cosine: float) -> float:
    """The cosine of question and sentence, stretched from the narrow band that e5 embeddings use to 0–1."""
    return min(1.0, max(0.0, (cosine - 0.78) / 0.14))


def _is_asked_kind(focus: Focus, figure: Figure) -> bool:
    quantity = figure.quantity
    if focus.asks_order or quantity.ordinal:
        return focus.asks_order and quantity.ordinal
    if any(same_quantity(quantity, claimed) for claimed in focus.claimed):
        return False
    if not figure.is_strong and quantity.unit not in focus.units:
        return False
    behind = figure.sentence.folded[quantity.end : quantity.end + 1]
    if focus.counted and focus.counted not in (quantity.unit, behind, quantity.text[-1]):
        return False
    if not quantity.unit and behind != focus.counted and not re.search("[万亿]", quantity.text):
        return False  # a code such as “20508”, not an amount
    return unit_fits(quantity.unit, focus.units, asks_rate=focus.asks_change)


def _score(focus: Focus, figure: Figure, similarity: Similarity, weigh: Callable[[Term], float]) -> ScoredFigure:
    sentence = figure.sentence
    regions = figure.regions()

    def weigh_target(term: Term) -> float:
        return weigh(term) * (_TARGET if term.text in focus.target else 1.0)

    coverage = cover(focus.terms, regions, weigh_target)
    cosine = similarity.get((sentence.article_id, sentence.span.start, sentence.span.end), 0.0)
    extra = min(_extra_words(focus, figure), _MOST_EXTRA_WORDS)
    score = 0.75 * coverage.score + 0.25 * normal_similarity(cosine) - _EXTRA_WORD * extra
    if figure.is_rate and focus.asks_change != figure.is_change:
        score -= 0.2
    return ScoredFigure(figure, score, coverage, cosine, _obstacle(focus, figure, coverage))


def _obstacle(focus: Focus, figure: Figure, coverage: Coverage) -> str:
    sentence = figure.sentence
    asks_change = focus.asks_change or focus.asks_change_amount
    compared = [time for time in focus.times if is_reference(focus.wording, time)]
    asked = [time for time in focus.times if time not in compared]
    if any(time.period not in [other.period for other in sentence.times] for time in compared):
        return "time"
    if figure.quantity.unit == "倍" and not _same_base(figure, compared):
        return "time"
    if not time_fits(asked, figure.time, sentence, compares=asks_change and figure.is_change):
        return "time"
    if missing_names(focus, sentence):
        return "name"
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    pieces = [
        figure.own_text,
        *([figure.parent.own_text] if figure.parent else []),
        *clauses_back(sentence, figure.own.start),
    ]
    if another_name(focus, pieces) or not title_agrees(focus, sentence):
        return "name"
    if (
        a_part_only(focus, figure.own_text)
        or another_modifier(focus, pieces)
        or another_number(focus, [*pieces, sentence.heading])
    ):
        return "kind"
    if not now_and_then_agree(focus.wording, figure.own_text):
        return "time"
    told = sentence.folded[: figure.own.end]
    if not plan_agrees(focus.wording, own, asks_future=_asks_future(focus, sentence)):
        return "time"
    if figure.is_change != asks_change or not average_agrees(focus.wording, figure.own_text, own + told):
        return "kind"
    if not focus.terms:
        return "kind"
    lacks_noun = any(term.is_noun and len(term.text) > 1 and not term.is_measure for term in coverage.missing)
    if lacks_noun or coverage.missing_share > _MOST_MISSING or not _counts_what_is_asked(focus, figure):
        return "kind"
    if any(not _holds_figure(sentence, claimed) for claimed in focus.claimed):
        return "kind"
    return ""


def _same_base(figure: Figure, compared: Sequence[TimeExpression]) -> bool:
    """Whether a multiple of an earlier time (是2019年的6倍) is asked for against that very time."""
    bases = [
        time.period
        for time in figure.sentence.times
        if figure.sentence.is_reference(time) and 0 <= figure.quantity.start - time.end <= _MULTIPLE_FOLLOWS
    ]
    return not bases or any(time.period in bases for time in compared)


def _asks_future(focus: Focus, sentence: Sentence) -> bool:
    """Whether the question is about a time after the article was written."""
    last = sentence.published
    return last is not None and any(time.period is not None and time.period.first > last.last for time in focus.times)


def _counts_what_is_asked(focus: Focus, figure: Figure) -> bool:
    """Whether what is asked is said of this figure, not only of the one beside it.

    A figure with a head of its own must share a word with the question there (其中代耕代收2210万亩 is not the
    whole); what the question counts must stand with the figure, unless an enumeration leaves it out
    (…占有率为14.7%,第三名蓝湾动力占9.8%).
    """
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    in_own = any(found(term, own) for term in focus.terms)
    if figure.head and not in_own:
        return False
    if _measures_another_thing(focus, figure):
        return False
    if "其中" in figure.own_text and _names_a_part(focus, figure):
        return False
    if _MEASURE_ALONE.fullmatch(figure.head) and not _subject_fits(focus, figure):
        return False
    near = " ".join(region.text for region in figure.regions() if region.weight != SIBLING)
    elsewhere = [term for term in focus.terms if not term.is_measure and not found(term, near)]
    if any(found(term, figure.siblings_after) for term in elsewhere if len(term.text) > 1):
        return False
    if figure.quantity.unit in _EVENT_UNITS and any(term.text == focus.verb for term in elsewhere):
        return False
    targets = [term for term in elsewhere if term.text in focus.target]
    return not targets or (in_own and not _extra_words(focus, figure))


def _measures_another_thing(focus: Focus, figure: Figure) -> bool:
    """Whether the figure is of 出货量 where 收入 is asked: both name what they measure, and it is not the same."""
    asked = [term for term in focus.terms if is_measured(term.text)]
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    if not asked or any(found(term, own) for term in asked):
        return False
    tokens = (*figure.own_tokens, *(figure.parent.own_tokens if figure.parent else ()))
    return any(is_measured(token.text) for token in tokens)


def _names_a_part(focus: Focus, figure: Figure) -> bool:
    """Whether the figure is of a part that the question does not name (其中海外收入6.9亿元, where all is asked)."""
    return any(
        token.tag.startswith(("n", "b", "s", "vn", "j"))
        and token.text in figure.head
        and not any(found(term, token.text.lower()) or token.text.lower() in term.text for term in focus.terms)
        for token in figure.own_tokens
    )


def _subject_fits(focus: Focus, figure: Figure) -> bool:
    """Whether the rest of the sentence speaks of what is asked, where the figure has a bare measure.

    今年夏粮再获丰收,产量达到348.3亿斤 does not answer for all grain.
    """
    sentence = figure.sentence
    # What the title names is the subject of the whole article.
    known = figure.own_text + sentence.heading
    subjects = [term for term in focus.terms if not found(term, known) and not term.is_measure]
    rest = sentence.folded[: figure.own.start]
    nouns = any(token.tag.startswith("n") and token.end <= figure.own.start for token in sentence.tokens)
    return not subjects or not nouns or any(found(term, rest) for term in subjects)


def _holds_figure(sentence: Sentence, claimed: Quantity) -> bool:
    quantities = (*sentence.quantities, *find_quantities(sentence.before))
    return any(same_quantity(quantity, claimed) for quantity in quantities)


def _extra_words(focus: Focus, figure: Figure) -> int:
    """Nouns beside the figure that the question lacks: 新能源 in 其中新能源汽车产量, where all cars are asked."""
    return sum(
        1
        for token in figure.own_tokens
        if token.tag.startswith(("n", "b", "vn"))
        and len(token.text) > 1
        and not any(found(term, token.text.lower()) or token.text.lower() in term.text for term in focus.terms)
    )
