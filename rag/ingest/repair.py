"""Layout repair: fragments of a file -> the article's text and blocks, with nothing lost and nothing added.

What a page layout does to a text, and what is done about it:

- a column break cuts a sentence in two: the halves are joined where `rag.ingest.seams` is sure of it;
- a picture with its caption stands in the middle of a sentence: the caption moves behind the paragraph;
- title, byline, headings and captions look like paragraphs: `rag.ingest.outline` tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.ingest.fragments import Fragment
from rag.ingest.lines import ends, width
from rag.ingest.outline import classify, is_dek, lines_that_say
from rag.ingest.seams import continues, glue
from rag.types import Block, BlockKind

SEPARATOR = "\n\n"
"""What stands between two blocks in an article's text."""

# Where so many paragraphs lack punctuation at their ends, the lack says nothing about a cut ...
_LOOSE_COUNT = 4
_LOOSE_SHARE = 0.6
# ... unless those lines are about as wide as the widest: then the text was wrapped at that width.
_WRAP_SLACK = 6
_WRAP_SHARE = 0.8

_Piece = tuple[Fragment, BlockKind]


@dataclass(frozen=True, slots=True)
class RepairedText:
    """An article's text with its layout repaired, and the blocks that it consists of, in order."""

    text: str
    blocks: tuple[Block, ...]

    def first(self, kind: BlockKind) -> str:
        """The text of the first block of a kind, "" where there is none."""
        return next((self.text[block.start : block.end] for block in self.blocks if block.kind is kind), "")


def repair(fragments: Sequence[Fragment], title: str = "", subtitle: str = "") -> RepairedText:
    """Put the fragments of an article in order and join what layout broke.

    The text is the blocks joined by an empty line: title, subtitle and byline first, then the body. It holds exactly
    the characters of the fragments, white space aside. Repairing a repaired text changes nothing.

    Args:
        fragments: the pieces of the file, each without line breaks and surrounding white space, none empty.
        title: the title if it is known; the fragment that equals it is taken for it. Unknown: a short first line is.
        subtitle: the subtitle, likewise. Unknown: a line under the title that opens with a dash is.

    Example:
        >>> lines = ["春天的消息", "记者 王小明", "展会期间，全市签约总额超过20亿元的", "项目陆续落地。"]
        >>> print(repair([Fragment(line) for line in lines]).text)
        春天的消息
        <BLANKLINE>
        记者 王小明
        <BLANKLINE>
        展会期间，全市签约总额超过20亿元的项目陆续落地。
    """
    current = _join_lines(_join_lines(list(fragments), title), subtitle)
    pieces: list[_Piece] = []
    # A join can bring out the next one, so the rules are applied until they change nothing; each round but the last
    # joins two fragments or moves one forward for good.
    for _ in range(len(current) + 2):
        pieces = _once(current, title, subtitle)
        before, current = current, [fragment for fragment, _ in pieces]
        if current == before:
            break
    return _assemble(pieces)


def _join_lines(fragments: list[Fragment], words: str) -> list[Fragment]:
    """One fragment for a known title or subtitle that is set in several lines."""
    lines = lines_that_say([fragment.text for fragment in fragments], words) if words else None
    if lines is None or len(lines) == 1:
        return fragments
    joined = Fragment(" ".join(fragments[place].text for place in lines))
    return [*fragments[: lines.start], joined, *fragments[lines.stop :]]


def _once(fragments: Sequence[Fragment], title: str, subtitle: str) -> list[_Piece]:
    pieces = list(zip(fragments, classify(fragments, title, subtitle), strict=True))
    first = [piece for piece in pieces if piece[1] is BlockKind.TITLE]
    second = [piece for piece in pieces if piece[1] is BlockKind.SUBTITLE]
    rest = [piece for piece in pieces if piece[1] not in (BlockKind.TITLE, BlockKind.SUBTITLE)]
    opening = _opening_bylines([kind for _, kind in rest])
    bylines = [rest[place] for place in opening]
    body = [piece for place, piece in enumerate(rest) if place not in opening]
    return [*first, *second, *bylines, *_join_body(body)]


def _opening_bylines(kinds: Iterable[BlockKind]) -> list[int]:
    """Places of the bylines that only captions precede."""
    places = []
    for place, kind in enumerate(kinds):
        if kind is BlockKind.BYLINE:
            places.append(place)
        elif kind is not BlockKind.CAPTION:
            break
    return places


def _join_body(pieces: Sequence[_Piece]) -> list[_Piece]:
    may_be_torn = [kind is BlockKind.PARAGRAPH and fragment.kind is None for fragment, kind in pieces]
    paragraphs = [fragment.text for (fragment, _), torn in zip(pieces, may_be_torn, strict=True) if torn]
    endings_count = _endings_count(paragraphs)
    joined: list[_Piece] = []
    # `open_at` is where in `joined` the paragraph stands that the next piece may go on with: only captions follow it.
    open_at: int | None = None
    seen = 0
    for (fragment, kind), torn in zip(pieces, may_be_torn, strict=True):
        if kind is BlockKind.CAPTION:
            joined.append((fragment, kind))
            continue
        if not torn:
            open_at = None
            joined.append((fragment, kind))
            continue
        seen += 1
        left = joined[open_at][0].text if open_at is not None else ""
        if open_at is not None and continues(
            left, fragment.text, paragraphs[seen : seen + 3], endings_count=endings_count
        ):
            joined[open_at] = (Fragment(glue(left, fragment.text)), kind)
        else:
            open_at = len(joined)
            joined.append((fragment, kind))
    return joined


def _endings_count(paragraphs: Sequence[str]) -> bool:
    """Whether a paragraph without punctuation at its end is an exception here, or a line of wrapped text."""
    loose = [width(text) for text in paragraphs if not ends(text)]
    if len(loose) < _LOOSE_COUNT or len(loose) <= _LOOSE_SHARE * len(paragraphs):
        return True
    widest = max(map(width, paragraphs))
    return sum(wide >= widest - _WRAP_SLACK for wide in loose) >= _WRAP_SHARE * len(loose)


def _assemble(pieces: Sequence[_Piece]) -> RepairedText:
    blocks = []
    section = ""
    start = 0
    above: BlockKind | None = None
    for fragment, kind in pieces:
        # A dek belongs to the heading over it and opens no section of its own.
        if kind is BlockKind.HEADING and not (above is BlockKind.HEADING and is_dek(fragment.text)):
            section = fragment.text
        end = start + len(fragment.text)
        blocks.append(Block(kind, start, end, section))
        start = end + len(SEPARATOR)
        above = kind if kind is not BlockKind.CAPTION else above
    return RepairedText(SEPARATOR.join(fragment.text for fragment, _ in pieces), tuple(blocks))
