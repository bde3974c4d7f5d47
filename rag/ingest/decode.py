"""Bytes of an article file -> its text, in one of the encodings that Chinese editors save."""

from __future__ import annotations

import re
import unicodedata

from rag.text.folding import fold

# Nearly any two bytes above 0x7F are some character in GB18030, so a clean decode proves nothing. But Chinese text is
# nearly all of the 7,445 characters of GB 2312, once Traditional characters are read as Simplified ones (an article
# of 5,000 characters: 99.6 % in either form), while Big5 (44 %) or Shift-JIS (17 %) misread gives rare characters.
_COMMON_SHARE = 0.75

_OTHER_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """The text of ``data``: UTF-8 (with or without a byte-order mark) or GB18030 (and so GBK and GB 2312).

    Decoding is strict: no byte is replaced or skipped. UTF-8 is tried first because text of another encoding is
    hardly ever valid UTF-8 by chance.

    Raises:
        ValueError: the bytes are in neither encoding, or are no text; the message says which and what to do.

    Example:
        >>> decode("据文".encode("gb18030"))
        '据文'
    """
    for mark, name in _OTHER_BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise ValueError(f"is {name}; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_gb18030(data, error.start)
    control = _CONTROL.search(text)
    if control:
        raise ValueError(
            f"holds the control character U+{ord(control[0]):04X} at character {control.start()}, so it is no text; "
            "save the article as plain text"
        )
    return text


def _decode_gb18030(data: bytes, not_utf8_at: int) -> str:
    advice = "save the article as UTF-8"
    if b"\x00" in data:
        raise ValueError(f"holds zero bytes, so it is no text; {advice}")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"is neither UTF-8 (byte {not_utf8_at} does not fit) nor GB18030 (byte {error.start} does not); {advice}"
        ) from error
    if any(unicodedata.category(character) in ("Co", "Cn") for character in text) or _common(text) < _COMMON_SHARE:
        raise ValueError(f"is not UTF-8 (byte {not_utf8_at} does not fit) and reads as nonsense in GB18030; {advice}")
    return text


def _common(text: str) -> float:
    """Share of the characters beyond ASCII that GB 2312 has, Traditional ones read as Simplified."""
    beyond_ascii = [character for character in fold(text) if ord(character) > 0x7F]
    known = len("".join(beyond_ascii).encode("gb2312", "ignore")) // 2
    return known / len(beyond_ascii) if beyond_ascii else 1.0
