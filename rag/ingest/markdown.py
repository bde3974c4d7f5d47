"""Markdown -> fragments: its marks become kinds, its text stays.

A small reading of CommonMark, enough for articles: headings, images, emphasis, code, links, quotes, lists, rules and
tables. HTML inside is kept as it was typed.
"""

from __future__ import annotations

import re

from rag.ingest.fragments import Fragment, split_lines
from rag.ingest.seams import glue
from rag.types import BlockKind

_HEADING = re.compile(r"#{1,6}(?:\s+|$)")
_UNDERLINE = re.compile(r"=+|-+")
_RULE = re.compile(r"(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}")
_CODE_FENCE = re.compile(r"(?:`{3,}[^`]*|~{3,}.*)")
_TABLE_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?")
_QUOTE = re.compile(r"(?:>\s*)+")
_BULLET = re.compile(r"[-*+]\s+")
_NUMBERED = re.compile(r"\d{1,9}[.)]\s")
_IMAGE = re.compile(r"!\[(?P<caption>[^\[\]]*)\]\([^()\s]*(?:\s+[\"'](?P<title>[^\"']*)[\"'])?\s*\)")
_TICKS = re.compile(r"`+")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\([^()\s]*(?:\s+[\"'][^\"']*[\"'])?\s*\)")
_EMPHASIS = (
    re.compile(r"(?<![\\*])\*\*\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*\*\*(?!\*)"),
    re.compile(r"(?<![\\*])\*\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*\*(?!\*)"),
    re.compile(r"(?<![\\\w_])__(?=\S)(?P<text>[^_]+?)(?<=\S)__(?![\w_])"),
    re.compile(r"(?<![\\*\d])\*(?=\S)(?P<text>[^*]+?)(?<=\S)\*(?![*\d])"),
    re.compile(r"(?<![\\\w_])_(?=\S)(?P<text>[^_]+?)(?<=\S)_(?![\w_])"),
    re.compile(r"(?<![\\~])~~(?=\S)(?P<text>[^~]+?)(?<=\S)~~(?!~)"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def markdown_fragments(text: str) -> list[Fragment]:
    """The fragments of a Markdown text.

    ``#`` lines become headings (the first of level 1 the title), images captions (their alternative text), list items
    and table rows fragments of their own; other neighbouring lines are one paragraph, as Markdown has it.

    Example:
        >>> [(f.kind, f.text) for f in markdown_fragments("## 起因\\n\\n**春天**来了\\n。")]
        [(<BlockKind.HEADING: 'heading'>, '起因'), (None, '春天来了。')]
    """
    fragments: list[Fragment] = []
    paragraph = ""
    titled = False

    in_item = False

    def close() -> None:
        nonlocal paragraph, in_item
        # An item ends where its markup says, whatever punctuation it lacks.
        kind = BlockKind.PARAGRAPH if in_item else None
        fragments.extend(Fragment(part.text, part.kind or kind) for part in _inline(paragraph))
        paragraph, in_item = "", False

    for line in split_lines(text):
        heading = _HEADING.match(line)
        if heading or (paragraph and _UNDERLINE.fullmatch(line)):
            if heading:
                close()
                words, top = _without_closing_hashes(line[heading.end() :]), not line.startswith("##")
            else:
                words, top, paragraph = paragraph, line.startswith("="), ""
            kind = BlockKind.TITLE if top and not titled else BlockKind.HEADING
            titled = titled or top
            fragments.extend(Fragment(part.text, part.kind or kind) for part in _inline(words))
        elif not line or _RULE.fullmatch(line) or _CODE_FENCE.fullmatch(line):
            close()
        elif not (line.startswith("|") and _TABLE_RULE.fullmatch(line)):
            line, quoted = _QUOTE.subn("", line, count=1) if line.startswith(">") else (line, 0)
            item = _BULLET.match(line)
            if item or line.startswith("|") or _NUMBERED.match(line) or (quoted and not line):
                close()
                in_item = bool(item)
            words = line[item.end() :] if item else line
            paragraph = glue(paragraph, words) if paragraph and words else paragraph or words
    close()
    return fragments


def _inline(text: str) -> list[Fragment]:
    """The words of ``text`` without their marks, and after them the captions of the images among them."""
    words = ""
    captions = []
    end = 0
    for image in _IMAGE.finditer(text):
        words = glue(words, text[end : image.start()].strip())
        end = image.end()
        parts = dict.fromkeys(_unmark(part).strip() for part in (image["caption"], image["title"] or ""))
        captions.append(Fragment(" ".join(part for part in parts if part), BlockKind.CAPTION))
    found = [Fragment(_unmark(glue(words, text[end:].strip())).strip()), *captions]
    return [fragment for fragment in found if fragment.text]


def _without_closing_hashes(words: str) -> str:
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else words


def _unmark(text: str) -> str:
    """``text`` without the marks of code, links and emphasis; what stands in code is left as it is."""
    ticks = list(_TICKS.finditer(text))
    # Code ends at the next run of as many backticks as opened it.
    closing: dict[int, re.Match[str]] = {}
    seen: dict[str, re.Match[str]] = {}
    for run in reversed(ticks):
        if run[0] in seen:
            closing[run.start()] = seen[run[0]]
        seen[run[0]] = run
    pieces = []
    end = 0
    for run in ticks:
        if run.start() >= end and run.start() in closing:
            close = closing[run.start()]
            pieces += [_unmark_words(text[end : run.start()]), text[run.end() : close.start()]]
            end = close.end()
    return "".join([*pieces, _unmark_words(text[end:])])


def _unmark_words(text: str) -> str:
    text = _LINK.sub(lambda link: link["text"], text)
    for mark in _EMPHASIS:
        text = mark.sub(lambda marked: marked["text"], text)
    return _ESCAPE.sub(r"\1", text)
