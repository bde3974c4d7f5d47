"""A day of a fair does not speak against the days of the fair."""

from __future__ import annotations

import pytest

from rag.answer.times.stated_period import names_part_of
from tests.answer.guards.test_guards import candidate_of

TEXT = "船展9月5日至8日举行。9月6日来的人最多，9月9日拆棚。去年也办过。茶会5月1日、5月3日开。"


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("9月6日", "9月5日至8日", True),
        ("9月5日至8日", "9月6日", False),
        ("9月9日", "9月5日至8日", False),
        ("9月6日", "9月6日", False),
        ("9月6日", "5月1日、5月3日", False),
        ("拆棚", "9月5日至8日", False),
    ],
)
def test_some_of_the_days(part: str, whole: str, expected: bool) -> None:
    assert names_part_of(candidate_of(TEXT, part), candidate_of(TEXT, whole)) is expected
