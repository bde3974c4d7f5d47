"""Sentences out of what a language model writes, as it comes in: each with the marks behind it, without decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answer.worded.claim import MARK, has_mark
from rag.text.sentences import split_sentences
from rag.types import Span

_LONGEST = 1200
_THOUGHT = "</think>"
_LONGEST_MARK = 16
_LONGEST_TITLE = 200
_MOST = 20_000
_MARKS_FIRST = re.compile(rf"(?:{MARK})+[。.]?\s*", re.IGNORECASE)
_BULLET = re.compile(
    r"^\s*(?:[-*•·]\s+|#{1,6}\s+|\d{1,2}[.)、]\s*(?!\d)|(?:答案?|回答|answer)\s*[:：]\s*)", re.IGNORECASE
)
_EMPHASIS = re.compile(r"\*\*|__|`+")
_GOES_ON = ("；", ";", "：", ":")
_OPENED = re.compile(r"[\[［【〔][^\]］】〕]{0,12}$|《[^》\n]{0,120}$")


class WrittenSentences:
    """Collects pieces of text and gives each sentence as soon as it is whole.

    A sentence is whole when the next one has begun, so that a mark behind its full stop is still its own. Bullets,
    headings and emphasis are left out, and what comes beyond 1200 characters of a sentence or 20000 in all.

    Example:
        >>> written = WrittenSentences()
        >>> [*written.add("产量30万吨[1]。其中出"), *written.add("口12万吨。[2]"), *written.end()]
        ['产量30万吨[1]。', '其中出口12万吨。[2]']
    """

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def add(self, piece: str) -> Iterator[str]:
        """The sentences that are whole now that ``piece`` has come."""
        if len(self._text) < _MOST:
            self._text = (self._text + piece)[:_MOST]
            # An open mark may still belong to the sentence before, and a title is never cut.
            if not _OPENED.search(self._text, max(0, len(self._text) - _LONGEST_TITLE)):
                yield from self._give(_sentences(self._text)[:-1])

    def end(self) -> Iterator[str]:
        """The rest, once nothing more comes."""
        yield from self._give(_sentences(self._text))

    def _give(self, spans: list[Span]) -> Iterator[str]:
        # Where a sentence ends depends on what is before it, so that all is read anew each time.
        given, self._given = self._given, max(self._given, len(spans))
        return filter(None, (_bare(self._text[span.start : span.end]) for span in spans[given:]))


def _sentences(text: str) -> list[Span]:
    """The sentences of ``text``, marks joined to what they stand behind, parts that lead on to what they lead to."""
    found: list[Span] = []
    leads_on = False
    for part in split_sentences(text):
        start = part.start
        if found and (leading := _MARKS_FIRST.match(text, start, part.end)):
            start = leading.end()
            found[-1] = Span(found[-1].start, start)
            leads_on = False
        if not text[start : part.end].strip():
            continue
        if leads_on and part.end - found[-1].start <= _LONGEST:
            found[-1] = Span(found[-1].start, part.end)
        else:
            found.append(Span(start, part.end))
        marked = has_mark(text[max(found[-1].start, start - _LONGEST_MARK) : part.end])
        leads_on = (leads_on or found[-1].start == start) and not marked
        leads_on = leads_on and text[start : part.end].rstrip().endswith(_GOES_ON)
    return found


def _bare(sentence: str) -> str:
    # Where a server hides the mark that opens a model's thoughts, only the one that ends them comes.
    bare = _EMPHASIS.sub("", sentence.rpartition(_THOUGHT)[2][: 2 * _LONGEST]).strip()
    while (bullet := _BULLET.match(bare)) is not None:
        bare = bare[bullet.end() :]
    return bare[:_LONGEST].strip()
