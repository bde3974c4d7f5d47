"""Who a visitor is for a rate limit: the address that a request really comes from."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

UNKNOWN: Final = "unknown"
_IPV6_VISITOR_BITS: Final = 64
_LONGEST_ADDRESS: Final = 80


def networks(text: str) -> tuple[Network, ...]:
    """The networks in a setting such as ``127.0.0.1 10.0.0.0/8``.

    Raises:
        ValueError: one of them is none; the message names it.
    """
    return tuple(ip_network(part) for part in text.replace(",", " ").split())


def visitor_of(peer: str | None, forwarded_for: Sequence[str], trusted: Sequence[Network]) -> str:
    """The name under which a visitor is counted.

    ``X-Forwarded-For`` is written by whoever sends it, and each proxy adds at its end the address that it was called
    from. So it is read from its end, and only as far as trusted proxies wrote it: what counts is the last address
    that is no trusted proxy's. An entry that is no address ends the reading as well; the proxy that passed it on
    counts then. One household or machine commonly has a whole IPv6 /64, so that is one visitor.

    Args:
        peer: the address at the other end of the connection, where it has one.
        forwarded_for: the values of the ``X-Forwarded-For`` headers, in their order.
        trusted: the proxies whose word on the address before them is taken.

    Example:
        >>> proxies = networks("10.0.0.0/8")
        >>> visitor_of("10.0.0.1", ["198.51.100.7, 203.0.113.9, 10.0.0.2"], proxies)
        '203.0.113.9'
        >>> visitor_of("203.0.113.9", ["198.51.100.7"], proxies)
        '203.0.113.9'
        >>> visitor_of("2001:db8::12:34", [], proxies)
        '2001:db8::/64'
    """
    address = parse_address(peer or "")
    if address is None:
        return UNKNOWN
    for entry in _backwards(forwarded_for):
        before = parse_address(entry) if _is_in(address, trusted) else None
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_VISITOR_BITS), strict=False))
    return str(address)


def parse_address(text: str) -> Address | None:
    """An address as proxies write it: with or without a port, brackets and an IPv6 zone; None where it is none.

    An IPv4 address in IPv6 notation (RFC 4291, 2.5.5.2) is that IPv4 address.
    """
    text = text.strip()
    if len(text) > _LONGEST_ADDRESS:
        return None
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    address: Address | None = None
    with contextlib.suppress(ValueError):
        address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _backwards(values: Sequence[str]) -> Iterable[str]:
    for value in reversed(values):
        yield from reversed(value.split(","))


def _is_in(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)
