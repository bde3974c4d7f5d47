"""Moving windows: never more than the rate, whoever asks and however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.rate_limits import MovingWindow, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("60/minute", Rate(60, 60)),
        ("5 per second", Rate(5, 1)),
        ("10 per 5 minutes", Rate(10, 300)),
        ("100/hour", Rate(100, 3600)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_rate_is_read(text: str, rate: Rate | None) -> None:
    assert Rate.parse(text) == rate


@pytest.mark.parametrize("text", ["60", "x/minute", "0/minute", "-1/minute", "60/fortnight"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the wording is the library's
        Rate.parse(text)


def test_there_is_a_place_again_when_it_was_said() -> None:
    clock = Clock()
    window = MovingWindow(Rate(2, 60), clock=clock)
    assert window.take("a") == 0.0
    clock.now += 20
    assert window.take("a") == 0.0
    assert window.take("a") == 40.0
    clock.now += 39.5
    assert window.take("a") == 0.5
    clock.now += 0.5
    assert window.take("a") == 0.0
    assert window.take("a") == 20.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60), st.integers(1, 4))
def test_no_stretch_of_time_holds_more_than_the_rate(comings: list[tuple[str, float]], count: int) -> None:
    clock = Clock()
    window = MovingWindow(Rate(count, 20), clock=clock)
    let_through: dict[str, list[float]] = {name: [] for name in "abc"}
    for name, pause in comings:
        clock.now += pause
        before = [moment for moment in let_through[name] if moment + 20 > clock.now]
        seconds = window.take(name)
        assert (seconds == 0.0) == (len(before) < count)
        if seconds == 0.0:
            let_through[name].append(clock.now)
        else:
            assert seconds == before[0] + 20 - clock.now


def test_many_at_once_never_get_more_than_the_rate() -> None:
    window = MovingWindow(Rate(100, 3600))
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda number: (number % 2, window.take(str(number % 2))), range(4000)))
    for caller in (0, 1):
        assert sum(seconds == 0.0 for who, seconds in results if who == caller) == 100


def test_strangers_are_forgotten_in_time_and_in_number() -> None:
    clock = Clock()
    window = MovingWindow(Rate(1, 60), most_callers=50, clock=clock)
    for number in range(500):
        window.take(str(number))
    assert len(window) <= 50
    assert window.take("499") > 0
    clock.now += 60
    for number in range(60):
        window.take(f"later {number}")
        clock.now += 1
    assert len(window) <= 61
    assert window.take("499") == 0.0
