"""Rows of figures dealt out to things that an earlier sentence names: 早班10人,晚班8人。补贴依次为20元和30元。

Where the things stand in the sentence itself, `rag.answer.figures` gives each figure its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.coverage import found
from rag.answer.figures import Figure, find_figures
from rag.answer.reading import Support
from rag.question.focus import Focus
from rag.text.numbers import Quantity, find_quantities
from rag.text.sentences import split_sentences
from rag.types import Span

_DEALS = re.compile(r"(?:依次|分别)+[是为有约达各]*$")
_JOINED = re.compile(r"^[、,和与及以约]*$")
_ITEM = re.compile(r"[^、和与及]+")
_CLAUSE = re.compile(r"[^,;:。!?\n、]+")
_SENTENCE = re.compile(r"[^;。!?\n]+")
_ASKS_FOR_EACH = re.compile(r"分别|依次|各[是有为要多]")
_FIRST_WORDS = 3


def dealt_figure(focus: Focus, figure: Figure) -> Figure | None:
    """The figure of the row of ``figure`` that belongs to the thing which ``focus`` names.

    None where ``figure`` is in no such row, or nothing tells which of the row is meant.
    """
    row = row_of(figure)
    place = place_of_asked(focus, figure, len(row)) if row else None
    if place is None:
        return None
    return next((other for other in find_figures(figure.sentence) if other.quantity == row[place[0]]), None)


def is_of_another_in_row(focus: Focus, figure: Figure) -> bool:
    """Whether ``figure`` is in such a row and nothing tells that it is the one which is asked for."""
    row = row_of(figure)
    place = place_of_asked(focus, figure, len(row)) if row else None
    return bool(row) and (place is None or row[place[0]] != figure.quantity)


def whole_row(focus: Focus, figure: Figure) -> Span | None:
    """Where the row of ``figure`` stands in the article, if the question asks for all of it or names nothing else."""
    row, sentence = row_of(figure), figure.sentence
    if not row:
        return None
    numbers = [
        quantity
        for quantity in find_quantities(focus.wording)
        if not any(time.start <= quantity.start and quantity.end <= time.end for time in focus.times)
    ]
    names_nothing_else = not numbers and all(found(term, sentence.folded) for term in focus.terms)
    if not names_nothing_else and not _ASKS_FOR_EACH.search(focus.wording):
        return None
    return Span(sentence.start + row[0].start, sentence.start + row[-1].end)


def row_support(focus: Focus, figure: Figure) -> tuple[Support, ...]:
    """The earlier sentence that names the thing to which ``figure`` is dealt."""
    row, sentence = row_of(figure), figure.sentence
    place = place_of_asked(focus, figure, len(row)) if row else None
    if place is None:
        return ()
    for span in split_sentences(sentence.before):
        if span.start <= place[1] < span.end:
            start = sentence.before_start
            return (Support(sentence.article_id, Span(start + span.start, start + span.end)),)
    return ()


def row_of(figure: Figure) -> tuple[Quantity, ...]:
    """The figures behind 依次 or 分别 that ``figure`` is one of; () where the sentence says whose they are."""
    sentence = figure.sentence
    if figure.item is not None:
        return ()
    quantities = list(sentence.quantities)
    for first, quantity in enumerate(quantities):
        if quantity.end > figure.quantity.end or not _DEALS.search(sentence.folded[: quantity.start]):
            continue
        row = [quantity]
        for following in quantities[first + 1 :]:
            if following.unit != quantity.unit or not _JOINED.match(sentence.folded[row[-1].end : following.start]):
                break
            row.append(following)
        if len(row) > 1 and figure.quantity in row:
            return tuple(row)
    return ()


def place_of_asked(focus: Focus, figure: Figure, count: int) -> tuple[int, int, str] | None:
    """Which of ``count`` things the question names, where in the words before the sentence it stands, and its words."""
    before = figure.sentence.before
    for word in _named_before(focus, figure):
        for things in _series(before, word, count):
            holding = [number for number, (_, thing) in enumerate(things) if word in thing]
            if len(holding) == 1:
                return (holding[0], *things[holding[0]])
    return None


def _named_before(focus: Focus, figure: Figure) -> Iterator[str]:
    """The words of the question that only the sentences before that of ``figure`` have."""
    sentence = figure.sentence
    for term in focus.terms:
        if term.text in sentence.before and not any(word in sentence.folded for word in term.words):
            yield term.text


def _series(before: str, word: str, count: int) -> Iterator[Sequence[tuple[int, str]]]:
    """The rows of ``count`` things in ``before``, each with its start, that may hold ``word``.

    Things joined by 、 and 和; names that end alike (早班, 晚班), each at the head of a clause; sentences in a row that
    begin with a thing each.
    """
    for sentence in reversed(list(_SENTENCE.finditer(before))):
        pieces = [(m.start(), m.group()) for m in _ITEM.finditer(before, *sentence.span())]
        if len(pieces) == count:
            yield pieces
    alike = re.compile(rf"[^\W\d]{{{len(word) - 1}}}{re.escape(word[-1])}")
    heads = [(clause.start(), alike.match(clause.group())) for clause in _CLAUSE.finditer(before)]
    first: dict[str, int] = {}
    for start, match in heads:
        if match:
            first.setdefault(match.group(), start)
    if len(first) == count:
        yield [(start, name) for name, start in first.items()]
    sentences = [(m.start(), m.group()[: len(word) + _FIRST_WORDS]) for m in _SENTENCE.finditer(before)]
    yield sentences[-count:] if len(sentences) >= count else ()
