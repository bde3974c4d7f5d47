"""Tags of HTML in a question: they say nothing of what is asked, and split or glue the words around them."""

from __future__ import annotations

import re

_VALUE = r"\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+"
_TAG = re.compile(
    rf"<(?:!--[^<>]*--|/?[A-Za-z][A-Za-z0-9-]*(?:\s++[A-Za-z:@_-][\w:.@-]*+(?:\s*+=\s*+(?:{_VALUE}))?)*+\s*+/?)>",
    re.ASCII,
)


def without_tags(text: str) -> str:
    """``text`` with a space for each tag; unchanged where nothing but tags and marks would be left.

    Comparisons (a<b) are no tags. What the visitor typed is kept apart and shown as typed, escaped.

    Example:
        >>> without_tags("<b>桥</b>有多长?"), without_tags("<hr>")
        (' 桥 有多长?', '<hr>')
    """
    bare = _TAG.sub(" ", text)
    return bare if any(character.isalnum() for character in bare) else text
