"""What a model thinks aloud before it answers, left out.

Servers that know a reasoning model keep its thoughts apart. Where one does not, they stand before the answer, between
``<think>`` and ``</think>``, as Qwen and DeepSeek models write them.
"""

from __future__ import annotations

from typing import Final

OPENING: Final = "<think>"
CLOSING: Final = "</think>"


class ThoughtFilter:
    """Passes on the answer of one text that comes in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._answering = False

    def answer_in(self, piece: str) -> str:
        """What of ``piece``, and of what was held back before it, belongs to the answer."""
        if self._answering:
            return piece
        self._held += piece
        if not self._thinking:
            begin = self._held.lstrip()
            if not begin.startswith(OPENING):
                if OPENING.startswith(begin):
                    return ""
                return self._release(self._held)
            self._thinking = True
            self._held = begin
        _, closing, answer = self._held.partition(CLOSING)
        if not closing:
            # Only the beginning of the closing mark need be kept.
            self._held = self._held[1 - len(CLOSING) :]
            return ""
        begin = answer.lstrip()
        if not begin:
            self._held = CLOSING
            return ""
        return self._release(begin)

    def rest(self) -> str:
        """What was held back, once the text has ended: it only looked as if thoughts began."""
        return "" if self._thinking else self._release(self._held)

    def _release(self, text: str) -> str:
        self._held = ""
        self._answering = True
        return text
