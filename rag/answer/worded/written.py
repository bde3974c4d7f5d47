"""Sentences out of what a language model writes, as it comes in: each with the marks behind it, without decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answer.worded.claim import MARK, has_mark
from rag.text.sentences import split_sentences

_LONGEST = 1200
_THINKING, _THOUGHT = "<think>", "</think>"
_MARKS_FIRST = re.compile(rf"(?:{MARK})+[。.]?\s*", re.IGNORECASE)
_BULLET = re.compile(
    r"^\s*(?:[-*•·]\s+|#{1,6}\s+|\d{1,2}[.)、]\s*(?!\d)|(?:答案?|回答|answer)\s*[:：]\s*)", re.IGNORECASE
)
_EMPHASIS = re.compile(r"\*\*|__|`+")
_GOES_ON = ("；", ";", "：", ":")
_OPENED = re.compile(r"[\[［【〔][^\]］】〕]{0,12}$")


class WrittenSentences:
    """Collects pieces of text and gives each sentence as soon as it is whole.

    A sentence is whole when the next one has begun, so that a mark behind its full stop is still its own. What a
    model thinks aloud between <think> and </think> is left out; so are bullets, headings and emphasis.

    Example:
        >>> written = WrittenSentences()
        >>> [*written.add("产量30万台[1]。其中出"), *written.add("口12万台。[2]"), *written.end()]
        ['产量30万台[1]。', '其中出口12万台。[2]']
    """

    def __init__(self) -> None:
        self._text = ""

    def add(self, piece: str) -> Iterator[str]:
        """The sentences that are whole now that ``piece`` has come."""
        self._text += piece
        if self._is_thinking():
            return
        sentences = _sentences(self._text)
        # The last may go on, and the one before it may still get a mark.
        if len(sentences) > 1 and not _OPENED.search(self._text):
            self._text = sentences.pop()
            yield from filter(None, map(_bare, sentences))

    def end(self) -> Iterator[str]:
        """The rest, once nothing more comes."""
        if not self._is_thinking():
            yield from filter(None, map(_bare, _sentences(self._text)))
        self._text = ""

    def _is_thinking(self) -> bool:
        _, thought, rest = self._text.rpartition(_THOUGHT)
        if thought:
            self._text = rest
        opening = self._text.lstrip()[: len(_THINKING)]
        return bool(opening) and _THINKING.startswith(opening)


def _sentences(text: str) -> list[str]:
    """The sentences of ``text``, marks joined to what they stand behind, parts that lead on to what they lead to."""
    found: list[str] = []
    for span in split_sentences(text):
        part = text[span.start : span.end]
        if found and (leading := _MARKS_FIRST.match(part)):
            found[-1] += leading.group()
            part = part[leading.end() :]
        if not part.strip():
            continue
        if found and found[-1].rstrip().endswith(_GOES_ON) and not has_mark(found[-1]):
            found[-1] += part
        else:
            found.append(part)
    return found


def _bare(sentence: str) -> str:
    bare = _EMPHASIS.sub("", sentence).strip()
    while (bullet := _BULLET.match(bare)) is not None:
        bare = bare[bullet.end() :]
    return bare[:_LONGEST].strip()
