"""Pure formulas: how near an answer is to the accepted ones, and how good a retrieval was.

Short answers are scored after CMRC 2018 (see `eval.public.cmrc`, which does it strictly): punctuation aside, exact
match, and an F1 over the longest common run of characters. Two things differ: punctuation of all kinds is dropped, and
figures are right or wrong by value, because 310万株 shares half its characters with 62万株 and is of no use to who
asked for it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from eval.public.cmrc import overlap
from rag.text.measure_words import canonical_unit, compatible_units
from rag.text.normalise import normalise_question
from rag.text.numbers import Quantity, find_quantities, same_quantity
from rag.types import Span

_T = TypeVar("_T")
_MARKER = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"-?\d[\d,.]*")
# 1846件（套）, 每日6万吨: what may stand around a figure that is still the whole answer.
_MOST_WORDS_AROUND_A_FIGURE = 4


def segments(text: str) -> list[str]:
    """The text as it is compared: punctuation and spaces dropped, a Han character or a word of ASCII each.

    Example:
        >>> segments("“AI+”课堂，12个")
        ['ai+', '课', '堂', '12', '个']
    """
    kept = "".join(
        character if not unicodedata.category(character).startswith("P") or character in ".%" else " "
        for character in unicodedata.normalize("NFKC", text).lower()
    )
    return [piece.strip(".") for piece in re.findall(r"[a-z0-9.+%]+|\S", kept) if piece.strip(".")]


def sole_figure(text: str) -> Quantity | None:
    """The quantity that the text is, give or take a few words around it; None for anything else.

    Example:
        >>> sole_figure("约62万株").value
        Decimal('620000')
    """
    read = normalise_question(text)
    quantities = find_quantities(read)
    if len(quantities) != 1:
        return None
    around = "".join(segments(read[: quantities[0].start] + read[quantities[0].end :]))
    return quantities[0] if len(around) <= _MOST_WORDS_AROUND_A_FIGURE else None


def exact_match(predicted: str | None, accepted: Sequence[str]) -> float:
    """1.0 where the prediction is one of the accepted answers, by value for figures, by characters otherwise."""
    return _best(predicted, accepted, lambda said, wanted: float(segments(said) == segments(wanted)))


def f1(predicted: str | None, accepted: Sequence[str]) -> float:
    """The best F1 against the accepted answers, 0–1; for figures it is the exact match.

    Example:
        >>> f1("馆长林怀瑾", ["林怀瑾"])
        0.7499999999999999
    """
    return _best(predicted, accepted, _overlap)


def states(text: str, accepted: Sequence[str]) -> bool:
    """Whether a text says one of the accepted answers word for word, punctuation aside; figures don't count.

    Example:
        >>> states("梅若兰说，“要把粮食种出来”。", ["要把粮食种出来！"])
        True
    """
    said = "".join(segments(text))
    return any("".join(segments(wanted)) in said for wanted in accepted if sole_figure(wanted) is None)


def says_only(text: str, accepted: Sequence[str]) -> bool:
    """Whether a text says an accepted answer and, where that is a figure, no other figure of the same unit.

    Example:
        >>> says_only("310万株，其中胡杨林62万株", ["62万株"]), says_only("胡杨林62万株", ["62万株"])
        (False, True)
    """
    if states(text, accepted):
        return True
    said = find_quantities(normalise_question(_MARKER.sub("", text)))
    wanted = [figure for answer in accepted if (figure := sole_figure(answer)) is not None]
    right = [one for one in said if any(same_quantity(one, figure) for figure in wanted)]
    return bool(right) and not any(
        _one_unit(other.unit, figure.unit) for other in said if other not in right for figure in wanted
    )


def _one_unit(a: str, b: str) -> bool:
    # 个 and a plain number go with nearly every unit: what they count is something else more often than not.
    return canonical_unit(a) == canonical_unit(b) or (not {a, b} & {"", "个"} and compatible_units(a, b))


def _best(predicted: str | None, accepted: Sequence[str], score: Callable[[str, str], float]) -> float:
    if predicted is None:
        return 0.0
    return max((_score_one(predicted, wanted, score) for wanted in accepted), default=0.0)


def _score_one(predicted: str, wanted: str, score: Callable[[str, str], float]) -> float:
    figure = sole_figure(wanted)
    said = sole_figure(predicted)
    if figure is None or said is None:
        # A figure was wanted and the prediction is more or other than one figure: its characters don't count.
        return float(segments(predicted) == segments(wanted)) if figure else score(predicted, wanted)
    return float(same_quantity(figure, said))


def _overlap(predicted: str, wanted: str) -> float:
    return overlap(segments(predicted), segments(wanted))


def first_ranks(evidence: Sequence[Sequence[_T]], retrieved: Sequence[_T]) -> list[int | None]:
    """For each evidence the 1-based rank of the first retrieved item among those that hold it; None where missed.

    Example:
        >>> first_ranks([["b"], ["x", "c"], ["y"]], ["a", "b", "c"])
        [2, 3, None]
    """
    return [next((rank for rank, item in enumerate(retrieved, 1) if item in holders), None) for holders in evidence]


def share_held(evidence: Sequence[Span], shown: Sequence[Span]) -> float:
    """The share of evidence sentences of which at least half the characters stand in what is shown.

    Half, because a system may cite a clause where the gold names its sentence.
    """

    def covered(sentence: Span) -> int:
        places = range(sentence.start, sentence.end)
        return sum(any(span.start <= place < span.end for span in shown) for place in places)

    return mean(float(2 * covered(sentence) >= sentence.length) for sentence in evidence) or 0.0


def share_showing(cited: Sequence[Span], evidence: Sequence[Span], citations: int | None = None) -> float | None:
    """The share of ``citations`` (by default all that are ``cited``) that show evidence; None where nothing is cited.

    A slice shows an evidence sentence where they share at least half of the shorter one.
    """

    def shows(one: Span) -> bool:
        return any(
            2 * (min(one.end, sentence.end) - max(one.start, sentence.start)) >= min(one.length, sentence.length)
            for sentence in evidence
        )

    count = len(cited) if citations is None else citations
    return sum(map(shows, cited)) / count if count else None


def precision_recall(predicted: Sequence[bool], actual: Sequence[bool]) -> tuple[float | None, float | None]:
    """Precision and recall of a yes/no decision; None where nothing was predicted, or nothing was to be found.

    Example:
        >>> precision_recall([True, True, False], [True, False, False])
        (0.5, 1.0)
    """
    both = sum(said and true for said, true in zip(predicted, actual, strict=True))
    return (both / sum(predicted) if any(predicted) else None, both / sum(actual) if any(actual) else None)


def check_figures(text: str, quotes: Sequence[str], results: Sequence[str] = ()) -> tuple[int, list[str]]:
    """How many figures with a unit a text states, and which of them stand in none of the quotes.

    ``results`` are figures that were computed, not quoted: they may be stated without standing anywhere. A figure
    stands as well where its number fills the cell of a quoted row, and its unit stands in another quote.

    Example:
        >>> check_figures("62万株，即620000株 [1]，去年57万株。", ["其中胡杨林62万株。"])
        (3, ['57万株'])
    """
    stated = [quantity for quantity in find_quantities(_MARKER.sub("", text)) if quantity.unit]
    standing = [quantity for quote in (*quotes, *results) for quantity in find_quantities(quote)]
    loose = [
        one.text for one in stated if not any(_says(other, one) for other in standing) and not _in_a_cell(one, quotes)
    ]
    return len(stated), loose


def _in_a_cell(figure: Quantity, quotes: Sequence[str]) -> bool:
    number = _NUMBER.match(figure.text)
    if number is None:
        return False
    rows = [quote for quote in quotes if any(cell.strip() == number[0] for cell in quote.split("|")[1:])]
    unit = figure.text[number.end() :]
    return any(unit in quote for quote in quotes if rows and quote not in rows)


def _says(told: Quantity, stated: Quantity) -> bool:
    """Whether ``told`` says ``stated``: the same, or a range of hours of which it is one end (18:40 of 5:30—18:40)."""
    if told.upper is not None and told.unit == stated.unit == "时" and stated.upper is None:
        return stated.value in (told.value, told.upper)
    return same_quantity(told, stated)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least ``share`` of the values do not exceed.

    Example:
        >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
        2.0

    Raises:
        ValueError: no values, or a share outside (0, 1].
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"percentile needs values and a share in (0, 1], not {len(values)} values and {share}")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else None
