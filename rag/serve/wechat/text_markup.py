"""The little markup that WeChat's texts know: links, and lines that send a message when they are touched."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_LONGEST_TARGET: Final = 400
_MARKUP: Final = re.compile(r"<(?=[A-Za-z/!?])")
_NO_BREAK: Final = "<\u200b"
# What has a meaning in the address of a link, as its look-alike of full width. WeChat's clients do not agree on
# whether they decode %22, so that would be sent as it is by some of them.
_SPECIAL: Final = "\"'<>&#%+=?\\"
_IN_LABEL: Final = str.maketrans("<>\n\r", "＜＞  ")
_FULL_WIDTH: Final = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in _SPECIAL})


def plain(text: str) -> str:
    r"""``text`` as WeChat shows it: nothing in it becomes a link.

    WeChat knows no escape for ``<``, so a space without width goes behind it where markup could begin.

    Example:
        >>> plain("1 < 2, <a>")
        '1 < 2, <\u200ba>'
    """
    return _MARKUP.sub(_NO_BREAK, text)


def link(url: str, label: str) -> str:
    """A link to a page, or "" where the address is none that WeChat opens, or a very long one."""
    target = quote(url, safe="%/:?#[]@!$&()*+,;=~-._")
    if not target.startswith(("https://", "http://")) or len(target) > _LONGEST_TARGET:
        return ""
    return f'<a href="{target}">{_label(label)}</a>'


def menu_line(message: str, number: int = 1) -> str:
    """A line that sends itself as the reader's message when it is touched; "" where it would be very long.

    Source: the msgmenu of WeChat's 客服消息.

    Example:
        >>> menu_line("继续")
        '<a href="weixin://bizmsgmenu?msgmenucontent=继续&msgmenuid=1">继续</a>'
    """
    content = " ".join(message.translate(_FULL_WIDTH).split())
    if not content or len(content.encode("utf-8")) > _LONGEST_TARGET:
        return ""
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={content}&msgmenuid={number}">{_label(message)}</a>'


def _label(text: str) -> str:
    return text.translate(_IN_LABEL)
