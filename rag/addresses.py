"""Addresses in settings: the sites that may show the chat, and the APIs that are called."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

HIGHEST_PORT: Final = 65535

_LABEL: Final = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN: Final = re.compile(rf"https?://(\*\.)?{_LABEL}(\.{_LABEL})*(:[1-9][0-9]{{0,4}})?")


def origin(site: str) -> str:
    """An origin as a browser writes it.

    It goes into a header of every response, so only what can be nothing else comes through: no ``;`` that begins
    another directive, no space, nothing outside ASCII.
    """
    if site == "*":
        return site
    scheme, _, rest = site.lower().removesuffix("/").partition("://")
    host, colon, port = rest.partition(":")
    wildcard = "*." if host.startswith("*.") else ""
    try:
        # Browsers know 例子.中国 as xn--fsqu00a.xn--fiqs8s only. What the codec makes of any other character is
        # looked at like everything else, below.
        host = host.removeprefix("*.").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    written = f"{scheme}://{wildcard}{host}{colon}{port}"
    if not _ORIGIN.fullmatch(written) or int(port or 0) > HIGHEST_PORT:
        raise ValueError(
            f"{site!r} is no site; write a scheme and a host without a path, such as https://example.com, "
            "https://*.example.org or http://localhost:8080, or * for any site"
        )
    return written


def check_api_address(address: str, setting: str, key_setting: str) -> None:
    """Check that an API can stand at ``address``.

    What is wrong is named by ``setting``; the address is not repeated, as it may hold a secret.

    Raises:
        ValueError: it is no http or https address, or it holds more than a host, a port and a path.
    """
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in address):
        raise ValueError(f"{setting} is no web address; write one such as https://api.deepseek.com/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"{setting} holds more than host, port and path; put the key into {key_setting}")
