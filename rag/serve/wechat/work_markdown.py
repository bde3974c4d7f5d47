r"""An answer in the Markdown of a 智能机器人. What an article or a visitor wrote is shown as it stands.

Source: https://spec.commonmark.org/0.31.2/#backslash-escapes, and the bare links of GitHub's dialect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rag.answer.wording import quoted
from rag.serve.phrases import PHRASES
from rag.text.sentences import split_sentences
from rag.types import Answer, Citation

MOST_BYTES: Final = 20_480
"""The longest reply that 企业微信 takes, in bytes of UTF-8."""

_MOST_BYTES_OF_A_PIECE: Final = 4_000
_ANYWHERE: Final = re.compile(r"[\\`*_\[\]<>~|$&@^]|(?<=[A-Za-z]):(?=//)|(?<=[Ww]{3})\.")
_AT_THE_START: Final = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[#+-]))")
_MARKS: Final = re.compile(r"(?:\[\d{1,3}\])+$")
_WORDS: Final = PHRASES["zh"]


def answer_markdown(answer: Answer, most_bytes: int = MOST_BYTES) -> str:
    """``answer`` with its cited sentences and the links to them, in at most ``most_bytes`` bytes of UTF-8.

    What does not fit is cut at the end of a sentence, or left out as a whole from the end.
    """
    head, *lines = _lines(answer) or [""]
    # What a language model worded is whole sentences, no short answer.
    blocks = [_bold(head) if answer.short and answer.mode == "reader" else as_text(head)]
    blocks += [as_text(line) for line in lines]
    if answer.formula is not None:
        blocks.append(f"{_WORDS['computed']}：{as_text(answer.formula)}")
    blocks += [_source(citation, numbered=len(answer.citations) > 1) for citation in answer.citations]
    blocks += [as_text(note) for note in answer.notes]
    if answer.related:
        blocks.append(f"{_WORDS['closest']}：")
        blocks += [_source(citation, numbered=False) for citation in answer.related]
    if answer.suggestions:
        blocks.append("\n".join([f"{_WORDS['next']}：", *(f"- {as_text(each)}" for each in answer.suggestions)]))
    return _joined(blocks, most_bytes)


def text_markdown(text: str, most_bytes: int = MOST_BYTES) -> str:
    """``text``, line by line, in Markdown that shows exactly its words."""
    return _joined([as_text(line) for line in text.split("\n") if line.strip()], most_bytes)


def as_text(text: str, most_bytes: int = _MOST_BYTES_OF_A_PIECE) -> str:
    r"""``text`` in one line of Markdown that shows exactly its words, cut after a sentence where it is too long.

    Example:
        >>> as_text("1. 产量*95*万辆 <b>[见](https://example.com)")
        '1\\. 产量\\*95\\*万辆 \\<b\\>\\[见\\](https\\://example.com)'
    """
    text = " ".join(text.split())
    escaped = _escaped(text)
    if _size(escaped) <= most_bytes:
        return escaped
    kept = ""
    for sentence in split_sentences(text):
        longer = text[: sentence.end].rstrip()
        if _size(_escaped(longer)) > most_bytes - _size("……"):
            break
        kept = longer
    if not kept:
        # Not even one sentence: as many characters as surely fit, each of which may take a backslash more.
        kept = text.encode("utf-8")[: most_bytes // 3].decode("utf-8", "ignore")
    return f"{_escaped(kept)}……"


def _escaped(text: str) -> str:
    return _AT_THE_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\g<0>", text))


def _lines(answer: Answer) -> list[str]:
    """The lines of the text, without those that a block of their own repeats: the cited sentence, the formula."""
    shown = {quoted(citation.quote) for citation in answer.citations}
    lines = [line for line in answer.text.split("\n") if line.strip() and _MARKS.sub("", line) not in shown]
    if answer.formula is not None:
        lines = [line for line in lines if answer.formula not in line]
    return lines


def _bold(line: str) -> str:
    # The whole line is bold: beside a Chinese character, asterisks around a word in quotation marks would stay.
    marks = _MARKS.search(line)
    words = as_text(line[: marks.start()] if marks else line)
    return " ".join([f"**{words}**" if words else "", as_text(marks[0]) if marks else ""]).strip()


def _source(citation: Citation, *, numbered: bool) -> str:
    number = f"\\[{citation.number}\\] " if numbered else ""
    place = as_text(f"《{citation.title}》{citation.section}", 500)
    # Without the server's public address a link would lead nowhere.
    link = f"[{place}]({citation.url})" if citation.url.startswith(("https://", "http://")) else place
    return f"> {number}{as_text(citation.quote)}\n\n{link}"


def _joined(blocks: Sequence[str], most_bytes: int) -> str:
    text = ""
    for block in blocks:
        longer = f"{text}\n\n{block}" if text else block
        if _size(longer) > most_bytes:
            break
        text = longer
    return text


def _size(text: str) -> int:
    return len(text.encode("utf-8"))
