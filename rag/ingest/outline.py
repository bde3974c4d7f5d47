"""Which fragment of an article is its title, its byline, a heading, a caption: by its look and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from rag.ingest.fragments import Fragment
from rag.ingest.lines import could_be_heading, ends, is_balanced, is_byline, is_caption, numbering, width
from rag.ingest.seams import continues
from rag.text.tables import is_row
from rag.types import BlockKind

_TITLE_WIDTH = 120
# A title or subtitle may be set in so many lines.
_TITLE_LINES = 3
_DEK_WIDTH = 160
# A heading has text under it: within so many fragments one that is clearly longer than itself.
_SUPPORT_REACH = 3
_SUPPORT_WIDTH = 40
_SUPPORT_RATIO = 1.5


def lines_that_say(texts: Sequence[str], words: str) -> range | None:
    """Places of the first neighbouring lines, three at most, that together read ``words``; white space aside.

    Example:
        >>> lines_that_say(["春天", "的消息", "花都开了。"], "春天的消息")
        range(0, 2)
    """
    wanted = "".join(words.split())
    bare = ["".join(text.split()) for text in texts]
    for count in range(1, _TITLE_LINES + 1):
        for start in range(len(bare) - count + 1):
            if wanted.startswith(bare[start]) and "".join(bare[start : start + count]) == wanted:
                return range(start, start + count)
    return None


def classify(fragments: Sequence[Fragment], title: str = "", subtitle: str = "") -> list[BlockKind]:
    """The kind of each fragment; what nothing speaks for is a paragraph.

    A kind that the file's markup gave is kept. See `rag.ingest.repair.repair` for ``title`` and ``subtitle``.

    Example:
        >>> kinds = classify([Fragment("春天的消息"), Fragment("记者 王小明"), Fragment("花都开了。")])
        >>> [kind.value for kind in kinds]
        ['title', 'byline', 'paragraph']
    """
    texts = [fragment.text for fragment in fragments]
    # The head of a table is no heading, though nothing else looks more like one.
    kinds = [BlockKind.PARAGRAPH if is_row(fragment.text) else fragment.kind for fragment in fragments]
    title_at = _title_place(texts, kinds, title)
    kinds = [BlockKind.HEADING if kind is BlockKind.TITLE else kind for kind in kinds]
    if title_at is not None:
        kinds[title_at] = BlockKind.TITLE
    for place, text in enumerate(texts):
        if kinds[place] is None and is_caption(text):
            kinds[place] = BlockKind.CAPTION
    subtitle_at = _subtitle_place(texts, kinds, title_at, subtitle)
    if subtitle_at is not None:
        kinds[subtitle_at] = BlockKind.SUBTITLE
    _mark_bylines(texts, kinds)
    body = [place for place, kind in enumerate(kinds) if kind in (None, BlockKind.HEADING)]
    known = [kinds[place] is BlockKind.HEADING for place in body]
    for place, heading in zip(body, _headings([texts[place] for place in body], known), strict=True):
        kinds[place] = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    return [kind or BlockKind.PARAGRAPH for kind in kinds]


def is_dek(text: str) -> bool:
    """Whether a line could be the dek of a heading or a subtitle: a phrase that opens with a dash."""
    return text[0] in "—–" and not ends(text) and width(text) <= _DEK_WIDTH


def _title_place(texts: Sequence[str], kinds: Sequence[BlockKind | None], title: str) -> int | None:
    if title:
        lines = lines_that_say(texts, title)
        return lines.start if lines and len(lines) == 1 else None
    if BlockKind.TITLE in kinds:
        return kinds.index(BlockKind.TITLE)
    for place, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is BlockKind.CAPTION or is_caption(text) or is_byline(text):
            continue
        # A title may ask or exclaim, and it may be longer than a heading, but it is no sentence and has text under it.
        sentence = ends(text) and text[-1] not in "？！?!"
        could_be = kind is None and not sentence and text[0] not in "—–" and text[-1] not in "，,、"
        return (
            place if could_be and numbering(text) is None and width(text) <= _TITLE_WIDTH and len(texts) > 1 else None
        )
    return None


def _subtitle_place(
    texts: Sequence[str], kinds: Sequence[BlockKind | None], title_at: int | None, subtitle: str
) -> int | None:
    if subtitle:
        lines = lines_that_say(texts, subtitle)
        return lines.start if lines and len(lines) == 1 and lines.start != title_at else None
    if title_at is None:
        return None
    below = (place for place in range(title_at + 1, len(texts)) if kinds[place] is not BlockKind.CAPTION)
    place = next(below, None)
    return place if place is not None and kinds[place] is None and is_dek(texts[place]) else None


def _mark_bylines(texts: Sequence[str], kinds: list[BlockKind | None]) -> None:
    """Mark the bylines at the head and at the foot; between them is only body, whatever it looks like."""
    aside = (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.CAPTION)
    for order in (range(len(texts)), reversed(range(len(texts)))):
        for place in order:
            if kinds[place] in aside or kinds[place] is BlockKind.BYLINE:
                continue
            if kinds[place] is not None or not is_byline(texts[place]):
                break
            kinds[place] = BlockKind.BYLINE


def _headings(texts: Sequence[str], known: Sequence[bool]) -> list[bool]:
    headings: list[bool] = []
    for place in range(len(texts)):
        after_heading = place > 0 and headings[place - 1]
        dek = after_heading and is_dek(texts[place]) and not is_dek(texts[place - 1])
        headings.append(known[place] or dek or _is_heading(texts, known, headings, place))
    return headings


def _is_heading(texts: Sequence[str], known: Sequence[bool], headings: Sequence[bool], place: int) -> bool:
    text, style = texts[place], numbering(texts[place])
    below = texts[place + 1 : place + 1 + _SUPPORT_REACH]
    if not could_be_heading(text) or not below or (style is None and not is_balanced(text)):
        return False
    if place > 0 and not headings[place - 1]:
        above = texts[place - 1]
        if not ends(above) or (style is None and above.endswith(("：", ":"))):
            return False
    if is_dek(below[0]):
        return len(below) > 1 and not below[1].startswith(("—", "–"))
    if known[place + 1]:
        return False
    if could_be_heading(below[0]) and numbering(below[0]) == style:
        # A run of such lines is a list or verse.
        return False
    if continues(text, below[0]):
        return False
    return any(width(line) >= max(_SUPPORT_WIDTH, _SUPPORT_RATIO * width(text)) for line in below)
