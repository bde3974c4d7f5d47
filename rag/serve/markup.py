"""Text from outside as HTML in which nothing is ever markup."""

from __future__ import annotations

import re
from typing import Final

# Letters, digits, spaces and most CJK punctuation mean nothing to any of them.
_SPEAKING: Final = re.compile(r"[^\w \u3000-\u303f\uff0c\uff1a\uff1b\uff01\uff1f（）“”‘’…—·、。，]|_")


def escape(text: str) -> str:
    """Text as HTML that shows exactly it.

    Every character with a meaning to HTML, Markdown, LaTeX or a template language becomes a character reference, so
    the text stays text whichever of them the page's framework passes it through.

    Example:
        >>> escape("<b>$x$</b> [95万辆]")
        '&#60;b&#62;&#36;x&#36;&#60;&#47;b&#62; &#91;95万辆&#93;'
    """
    return _SPEAKING.sub(lambda match: f"&#{ord(match[0])};", text)
