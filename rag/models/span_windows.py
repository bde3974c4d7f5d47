"""A question and its contexts as windows of tokens, each token knowing where it stands in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.models.span_manifest import ReaderManifest

SPECIAL_TOKENS = 4
"""`<s> question </s> </s> context </s>`"""

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A text's token ids, and where each token starts and ends in it (code points, white space at its ends left out).

    A token without any visible character starts and ends at the same place.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids as the model reads them; from ``first`` on stand those tokens of the context that ``tokens`` cuts."""

    context: int
    ids: NDArray[np.int64]
    first: int
    tokens: slice


class Windows:
    """Cuts texts into windows with one tokenizer. May be used from several threads at once."""

    def __init__(self, tokenizer: Tokenizer, manifest: ReaderManifest) -> None:
        # A text that holds "</s>" shall not end its own window.
        tokenizer.encode_special_tokens = True
        self._tokenizer = tokenizer
        self._manifest = manifest
        self._begin = np.array([tokenizer.token_to_id("<s>")], np.int64)
        self._end = np.array([tokenizer.token_to_id("</s>")], np.int64)

    def tokenize(self, text: str) -> TokenizedText:
        """The tokens of `text`, whatever characters it holds."""
        # Half a surrogate pair has no UTF-8; the replacement character takes as much room.
        text = _SURROGATES.sub("\ufffd", text)
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = encoding.offsets
        starts, ends = np.array(offsets, np.int64).reshape(-1, 2).T.copy()
        for index, (start, end) in enumerate(offsets):
            token = text[start:end]
            if token[:1].isspace() or token[-1:].isspace():
                bare = token.strip()
                starts[index] = end - len(token.lstrip()) if bare else start
                ends[index] = starts[index] + len(bare)
        return TokenizedText(np.array(encoding.ids, np.int64), starts, ends)

    def cut(self, question: TokenizedText, context: TokenizedText, number: int) -> Iterator[Window]:
        """The windows over the context of that `number`, from its start to its end; none where it has no token."""
        asked = question.ids[: self._manifest.question_tokens]
        room = self._manifest.window_tokens - SPECIAL_TOKENS - len(asked)
        total = len(context.ids)
        start = 0
        while start < total:
            tokens = slice(start, min(total, start + room))
            parts = [self._begin, asked, self._end, self._end, context.ids[tokens], self._end]
            yield Window(number, np.concatenate(parts), len(asked) + SPECIAL_TOKENS - 1, tokens)
            if tokens.stop == total:
                return
            start = tokens.stop - self._manifest.overlap_tokens
