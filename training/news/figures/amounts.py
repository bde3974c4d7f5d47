"""Figures as the press writes them: rounded, approximate, with commas, now and then in Chinese numerals."""

from __future__ import annotations

import math
from random import Random

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def draw(rng: Random, low: float, high: float, decimals: int) -> float:
    """A number between two bounds, as likely small as large, with a few significant digits."""
    number = math.exp(rng.uniform(math.log(low), math.log(high)))
    return settle(number, decimals)


def settle(number: float, decimals: int) -> float:
    """A number rounded to so many decimals, and never to nothing."""
    rounded = round(number, decimals)
    return rounded if rounded > 0 else 10.0**-decimals


def plain(number: float, decimals: int) -> str:
    """A number in digits, without needless zeros."""
    return f"{number:.{decimals}f}".rstrip("0").rstrip(".") if decimals else str(round(number))


def chinese(number: int) -> str:
    """A number under a thousand in Chinese numerals."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "") or "零"


def amount(rng: Random, number: float, decimals: int, unit: str) -> str:
    """A figure with its unit in one of the ways the press writes it.

    What says that it is approximate (近, 约, 余) belongs to the figure.
    """
    if decimals == 0 and number >= 20000 and unit not in ("元", "毫安时") and rng.random() < 0.4:
        number, decimals, unit = round(number / 10000, 2), 2, f"万{unit}"
    way = rng.random()
    if way < 0.09 and number >= 10:
        step = 10 ** (len(str(int(number))) - 1)
        rounded = max(round(number / step * 2) * step // 2, 1)
        return f"{rng.choice(('近', '超', '约', '逾', '超过', '接近', '约为'))[:2]}{rounded}{unit}".replace(
            "约为", "约"
        )
    if way < 0.13 and number >= 20 and unit != "%":
        step = 10 ** (len(str(int(number))) - 1)
        return f"{int(number // step * step)}{rng.choice(('余', '多'))}{unit}"
    if way < 0.145 and 20 <= number < 1000:
        low = int(number // 10 * 10)
        return f"{low}{rng.choice(('—', '至', '~'))}{low + rng.choice((10, 20, 30))}{unit}"
    if way < 0.17 and decimals == 0 and number < 1000 and unit not in ("元", "毫米", "克"):
        return chinese(int(number)) + unit
    if way < 0.23 and decimals == 0 and number >= 1000:
        return f"{round(number):,}{unit}"
    if way < 0.24:
        return plain(number, decimals).translate(_FULL_WIDTH) + unit
    return plain(number, decimals) + unit
