"""What speaks against a figure that looks like the answer: another year, another name, a part of what was asked.

Each guard looks for one way in which a figure beside the asked one is mistaken for it. They are kept apart by name so
that each can be switched off and measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.checks import is_told, missing_names, plan_agrees, time_fits, title_agrees
from rag.answer.coverage import found
from rag.answer.dealt_rows import is_of_another_in_row
from rag.answer.evidence import Sentence
from rag.answer.figures import SIBLING, Figure
from rag.answer.guards import averages
from rag.answer.guards.change_guards import (
    CHANGED_FROM,
    another_side_of_a_change,
    asks_change,
    change_for_amount,
    only_the_excess,
    only_the_start,
)
from rag.answer.guards.labels import another_label
from rag.answer.guards.one_alone import is_of_one_alone
from rag.answer.guards.opposites import of_the_opposite
from rag.answer.guards.relatives import is_of_another_relative
from rag.answer.guards.rivals import (
    a_part_only,
    another_modifier,
    another_name,
    another_number,
    clauses_back,
    the_whole,
)
from rag.answer.guards.scope import another_scope
from rag.answer.guards.superseded import is_superseded
from rag.answer.guards.told_events import is_date_of_event
from rag.answer.times.told_times import is_reference
from rag.question.focus import Focus
from rag.question.terms import MEASURE_NOUNS, Term, is_measured
from rag.question.units import CLOCK
from rag.text.dates import TimeExpression
from rag.text.numbers import Quantity, find_quantities, same_quantity

_EVENT_UNITS = frozenset("次 场 球 分 趟 回 局 胜 平 负 个 ".split()) | {""}
_MULTIPLE_FOLLOWS = 3
_ASKS_OF_NOW = re.compile(r"现在|目前|如今|眼下|当前|\bnow\b")
_CONDITION = re.compile(r"如果|假如|倘若|一旦|要是|(?:^|[,，。;；])[若如](?!今|此|何|下)")
_CHANGES = re.compile("[增减涨降升跌提]|超过|达到|占")
_TWO = 2
_MEASURED_BEFORE = re.compile(
    r"[^,，。;；]{0,8}?[则也仅只]?(?:为|是|达到?|有)?\s*[约近超]?[-\d.,万亿]+[^,，。;；\d]{1,4}[,，。;；、]?"
)
"""A place or a thing with a figure and no word for what is measured."""
_MEASURE_ALONE = re.compile(r"[\u4e00-\u9fff]{0,3}(?:量|额|值|率|数|积|度|收入|利润|规模)(?:达到?|为|是|有|超过|完成)?")


@dataclass(frozen=True, slots=True)
class FigureGuard:
    """``speaks_against`` tells whether a figure can't be what is asked; ``obstacle`` names why (see `Reading`)."""

    obstacle: str
    speaks_against: Callable[[Focus, Figure], bool]


def another_time(focus: Focus, figure: Figure) -> bool:
    """Whether the figure holds at another time, or is set against another, than the question asks."""
    sentence = figure.sentence
    compared = [time for time in focus.times if is_reference(focus.wording, time)]
    asked = [time for time in focus.times if time not in compared]
    if asked and figure.time is None and _CONDITION.search(sentence.folded[: figure.quantity.start]):
        return True  # what would be is of no year
    if not asked and _ASKS_OF_NOW.search(focus.wording) and _is_long_past(figure):
        return True
    if not all(is_told(time, sentence, in_part=not asked) for time in compared):
        return True
    if figure.quantity.unit == "倍" and not _same_base(figure, compared):
        return True
    if figure.time is not None and is_date_of_event(focus, sentence, figure.time):
        return False
    return not time_fits(asked, figure.time, sentence, compares=asks_change(focus) and figure.is_change)


def _is_long_past(figure: Figure) -> bool:
    """Whether the figure holds for a time that was over a year before the article came out."""
    period, published = figure.time.period if figure.time else None, figure.sentence.published
    return period is not None and published is not None and period.last.year < published.first.year - 1


def another_thing_named(focus: Focus, figure: Figure) -> bool:
    """Whether a name of the question is missing, or another stands nearer to the figure."""
    sentence = figure.sentence
    return (
        bool(missing_names(focus, sentence))
        or another_name(focus, _pieces(figure))
        or not title_agrees(focus, sentence)
    )


def another_kind_of_it(focus: Focus, figure: Figure) -> bool:
    """Whether the figure counts another kind of the asked thing: 安防镜头 for 车载镜头, a part for the whole."""
    pieces = _pieces(figure)
    return (
        a_part_only(focus, figure.own_text)
        or another_modifier(focus, pieces)
        or another_number(focus, [*pieces, figure.sentence.heading])
    )


def only_planned(focus: Focus, figure: Figure) -> bool:
    """Whether the figure is planned and the question asks what is."""
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    return not plan_agrees(focus.wording, own, asks_future=_asks_future(focus, figure.sentence))


def another_average(focus: Focus, figure: Figure) -> bool:
    """Whether one is an average that the other is not: 亩产 for 总产. An hour is none: 每天9时."""
    if figure.quantity.unit in CLOCK:
        return False
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    around = f"{figure.sentence.before}\n{own}{figure.sentence.folded[: figure.own.end]}"
    return averages.another_average(focus, figure, around)


def lacks_the_claimed_figure(focus: Focus, figure: Figure) -> bool:
    """Whether the question states a figure that does not stand with this one."""
    return any(not _holds_figure(figure.sentence, claimed) for claimed in focus.claimed)


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


def counts_what_is_asked(focus: Focus, figure: Figure) -> bool:
    """Whether what is asked is said of this figure, not only of the one beside it.

    What the question counts must stand with the figure, unless an enumeration leaves it out
    (…占有率为14.7%,第三名蓝湾动力占9.8%).
    """
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    in_own = any(found(term, own) for term in focus.terms)
    if measures_another_thing(focus, figure):
        return False
    if "其中" in figure.own_text and _names_a_part(focus, figure):
        return False
    if CHANGED_FROM.search(figure.sentence.folded[: figure.quantity.start]):
        return True  # what it counts is told once, before the figure that it has grown from
    if _MEASURE_ALONE.fullmatch(figure.head) and not _subject_fits(focus, figure):
        return False
    near = " ".join(region.text for region in figure.regions() if region.weight != SIBLING)
    elsewhere = [term for term in focus.terms if not term.is_measure and not found(term, near)]
    names_it = any(term.text in focus.target and found(term, figure.head) for term in focus.terms)
    of_others = figure.dealt_elsewhere if names_it else figure.siblings_after
    if any(found(term, of_others) for term in elsewhere if len(term.text) > 1):
        return False
    if any(term.text in figure.siblings_after for term in elsewhere if _is_done(term)):
        return False
    if figure.quantity.unit in _EVENT_UNITS and any(term.text == focus.verb for term in elsewhere):
        return False
    targets = [term for term in elsewhere if term.text in focus.target]
    return not targets or (in_own and not extra_words(focus, figure))


def _is_done(term: Term) -> bool:
    """Whether a word says what was done to what is counted (受损), and not how its number changed."""
    return term.tag.startswith("v") and len(term.text) > 1 and not _CHANGES.search(term.text)


def growth_of_another(focus: Focus, figure: Figure) -> bool:
    """Whether a change is that of the figure before it, and what is asked stands with another figure.

    45% of 游客11万人次,同比增长45%;旅游收入4300万元 is no answer for 旅游收入.
    """
    if figure.parent is None or not figure.is_change:
        return False
    own = figure.own_text + figure.parent.own_text
    elsewhere = " ".join(figure.sentence.folded[span.start : span.end] for span in figure.siblings)
    elsewhere += figure.sentence.after
    asked = [term for term in focus.terms if is_measured(term.text)]
    return any(not found(term, own) and found(term, elsewhere) for term in asked)


def shares_no_word(focus: Focus, figure: Figure) -> bool:
    """Whether a figure with a head of its own has no word of the question there: 其中代耕代收2210万亩 for 机收."""
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    return bool(figure.head) and not any(found(term, own) for term in focus.terms)


def measures_another_thing(focus: Focus, figure: Figure) -> bool:
    """Whether the figure is of 出货量 where 收入 is asked: both name what they measure, and it is not the same."""
    asked = [term for term in focus.terms if is_measured(term.text)]
    own = figure.own_text + (figure.parent.own_text if figure.parent else "")
    if not asked or any(found(term, own) for term in asked):
        return False
    tokens = (*figure.own_tokens, *(figure.parent.own_tokens if figure.parent else ()))
    if any(is_measured(token.text) for token in tokens):
        return True
    # 城区为14厘米 takes what it measures from before: 最大积雪深度27厘米,城区为14厘米.
    before = [token.text for token in figure.sentence.tokens if token.end <= figure.own.start]
    nearest = next((word for word in reversed(before) if is_measured(word) or word in MEASURE_NOUNS), None)
    is_bare = bool(_MEASURED_BEFORE.fullmatch(figure.own_text))
    return is_bare and nearest is not None and not any(found(term, nearest) for term in asked)


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
    nouns = [token.text for token in sentence.tokens if token.tag.startswith("n") and token.end <= figure.own.start]
    if any(_is_a_kind_of(noun, term.text) for noun in nouns for term in focus.terms if not term.is_measure):
        return False
    return not subjects or not nouns or any(found(term, rest) for term in subjects)


def _is_a_kind_of(told: str, asked: str) -> bool:
    """Whether two words of two characters share their thing and no more: 夏粮 is but a kind of 粮食, 绿茶 of 茶叶."""
    return len(told) == len(asked) == _TWO and told != asked and told[1] == asked[0]


def _holds_figure(sentence: Sentence, claimed: Quantity) -> bool:
    quantities = (*sentence.quantities, *find_quantities(sentence.before))
    return any(same_quantity(quantity, claimed) for quantity in quantities)


def extra_words(focus: Focus, figure: Figure) -> int:
    """Nouns beside the figure that the question lacks: 新能源 in 其中新能源汽车产量, where all cars are asked."""
    return sum(
        1
        for token in figure.own_tokens
        if token.tag.startswith(("n", "b", "vn"))
        and len(token.text) > 1
        and not any(found(term, token.text.lower()) or token.text.lower() in term.text for term in focus.terms)
    )


def _another_label(focus: Focus, figure: Figure) -> bool:
    sentence, quantity = figure.sentence, figure.quantity
    before = f"{sentence.before}\n{sentence.folded[: quantity.start]}"
    return another_label(focus.wording, before, sentence.folded[quantity.end :])


def _another_relative(focus: Focus, figure: Figure) -> bool:
    return is_of_another_relative(focus, figure.sentence, figure.quantity.start, figure.quantity.end)


def _pieces(figure: Figure) -> list[str]:
    """What stands around the figure, the nearest first."""
    parent = [figure.parent.own_text] if figure.parent else []
    return [figure.own_text, *parent, *clauses_back(figure.sentence, figure.own.start)]


FIGURE_GUARDS: Mapping[str, FigureGuard] = {
    "time": FigureGuard("time", another_time),
    "name": FigureGuard("name", another_thing_named),
    "scope": FigureGuard("name", lambda focus, figure: another_scope(focus.wording, _pieces(figure))),
    "label": FigureGuard("name", _another_label),
    "relative": FigureGuard("name", _another_relative),
    "kind-of-it": FigureGuard("kind", another_kind_of_it),
    "now-and-then": FigureGuard("time", another_side_of_a_change),
    "measure": FigureGuard("kind", measures_another_thing),
    "part": FigureGuard("kind", lambda focus, figure: a_part_only(focus, figure.own_text)),
    "plan": FigureGuard("time", only_planned),
    "change": FigureGuard("kind", change_for_amount),
    "whole": FigureGuard("kind", lambda focus, figure: the_whole(focus, figure.own_text, figure.siblings_after)),
    "start": FigureGuard("time", only_the_start),
    "average": FigureGuard("kind", another_average),
    "counted": FigureGuard("kind", lambda focus, figure: not counts_what_is_asked(focus, figure)),
    "growth": FigureGuard("kind", growth_of_another),
    "alone": FigureGuard("name", is_of_one_alone),
    "excess": FigureGuard("kind", only_the_excess),
    "dealt": FigureGuard("name", is_of_another_in_row),
    "opposite": FigureGuard("kind", of_the_opposite),
    "superseded": FigureGuard("time", is_superseded),
    "worded": FigureGuard("kind", shares_no_word),
    "claimed": FigureGuard("kind", lacks_the_claimed_figure),
}
