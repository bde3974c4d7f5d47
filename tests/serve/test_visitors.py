"""Which address a visitor is counted by, whatever the headers say."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.serve.visitors import UNKNOWN, networks, parse_address, visitor_of

PROXIES = networks("10.0.0.0/8, 127.0.0.1 fd00::/8")
_V4 = st.ip_addresses(v=4)
_V6 = st.ip_addresses(v=6).filter(lambda address: address.ipv4_mapped is None)
_STRANGERS = st.one_of(_V4, _V6).filter(lambda address: not any(address in network for network in PROXIES))
_PROXIES = st.sampled_from(["10.0.0.1", "10.200.3.4", "127.0.0.1", "fd00::7"])
_GARBAGE = st.text(max_size=40)


def counted_as(address: IPv4Address | IPv6Address) -> str:
    return visitor_of(str(address), [], ())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("198.51.100.7", "198.51.100.7"),
        (" 198.51.100.7:443 ", "198.51.100.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:80", "fe80::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("[::ffff:198.51.100.7]:1", "198.51.100.7"),
    ],
)
def test_an_address_is_read_as_proxies_write_it(text: str, address: str) -> None:
    assert parse_address(text) == ip_address(address)


@pytest.mark.parametrize(
    "text", ["", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "::1::", "[", "]:", "1.2.3.4 5", "１.2.3.4x"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert parse_address(text) is None


@given(_GARBAGE)
def test_no_text_breaks_the_reading(text: str) -> None:
    parse_address(text)
    assert visitor_of("10.0.0.1", [text], PROXIES)


@given(_STRANGERS, st.lists(_GARBAGE, max_size=3))
def test_a_stranger_is_counted_by_its_own_address_whatever_it_claims(
    peer: IPv4Address | IPv6Address, claims: list[str]
) -> None:
    assert visitor_of(str(peer), claims, PROXIES) == counted_as(peer)


@given(_STRANGERS, st.lists(_GARBAGE.filter(lambda text: "," not in text), max_size=3), st.lists(_PROXIES, max_size=3))
def test_behind_proxies_a_visitor_is_counted_by_what_the_first_of_them_saw(
    visitor: IPv4Address | IPv6Address, claims: list[str], hops: list[str]
) -> None:
    chain = [*claims, str(visitor), *hops]
    assert visitor_of("127.0.0.1", [", ".join(chain)], PROXIES) == counted_as(visitor)
    assert visitor_of("127.0.0.1", chain, PROXIES) == counted_as(visitor)  # each proxy with a header of its own


@given(_STRANGERS, st.integers(1, 65535))
def test_a_port_changes_nothing(visitor: IPv4Address | IPv6Address, port: int) -> None:
    entry = f"[{visitor}]:{port}" if isinstance(visitor, IPv6Address) else f"{visitor}:{port}"
    assert visitor_of("10.0.0.1", [entry], PROXIES) == counted_as(visitor)


@given(_V6, st.integers(0, 2**64 - 1))
def test_a_64_is_one_visitor(address: IPv6Address, interface: int) -> None:
    neighbour = IPv6Address(int(address) >> 64 << 64 | interface)
    other = IPv6Address(int(address) ^ 1 << 64)
    assume(neighbour.ipv4_mapped is None)
    assert counted_as(neighbour) == counted_as(address)
    assert counted_as(other) != counted_as(address)


@pytest.mark.parametrize(
    ("peer", "headers", "visitor"),
    [
        ("10.0.0.1", ["nonsense, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", ["198.51.100.7, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2, 10.0.0.3"], "10.0.0.2"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("fd00::1", ["2001:db8:0:1::5"], "2001:db8:0:1::/64"),
        ("testclient", ["198.51.100.7"], UNKNOWN),
        (None, ["198.51.100.7"], UNKNOWN),
    ],
)
def test_the_reading_ends_where_trust_ends(peer: str | None, headers: list[str], visitor: str) -> None:
    assert visitor_of(peer, headers, PROXIES) == visitor


def test_a_long_header_is_read_no_further_than_needed() -> None:
    assert visitor_of("10.0.0.1", ["1" * 16_000 + ",198.51.100.7"], PROXIES) == "198.51.100.7"
