"""Figures as the press writes them: rounded, approximate, with commas, now and then in Chinese numerals."""

from __future__ import annotations

import math
from random import Random

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NEVER_IN_TEN_THOUSANDS = ("元", "毫安时", "毫米", "克")


def draw(rng: Random, low: float, high: float) -> float:
    """A number between two bounds, as likely small as large."""
    return math.exp(rng.uniform(math.log(low), math.log(max(high, low * 1.05))))


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


def exact(number: float, decimals: int, unit: str) -> str:
    """A figure with its unit, in digits."""
    number, decimals, unit = in_fitting_unit(number, decimals, unit)
    return plain(number, decimals) + unit


def in_fitting_unit(number: float, decimals: int, unit: str) -> tuple[float, int, str]:
    """The same quantity in a smaller unit where it is too small for its own: 0.03万吨 are 300吨."""
    if number < 0.5 and unit[0] in "万亿" and unit != "万元" and len(unit) > 1:
        smaller = ("万" if unit[0] == "亿" else "") + unit[1:]
        return max(round(number * 10000), 2), 0, smaller
    if decimals and number < 3:
        return max(round(number, 2), 0.02), 2, unit
    return max(round(number, decimals), 1.0 if decimals == 0 else 0.1), decimals, unit


def amount(rng: Random, number: float, decimals: int, unit: str) -> str:
    """A figure with its unit in one of the ways the press writes it.

    What says that it is approximate (近, 约, 余) belongs to the figure.
    """
    number, decimals, unit = in_fitting_unit(number, decimals, unit)
    in_ten_thousands = number >= 20000 and unit not in _NEVER_IN_TEN_THOUSANDS and unit[0] not in "万亿"
    if decimals == 0 and in_ten_thousands and rng.random() < 0.5:
        number, decimals, unit = round(number / 10000, 2), 2, f"万{unit}"
    way = rng.random()
    if way < 0.1 and number >= 10:
        return rng.choice(("近", "超", "约", "逾", "超过", "接近", "大约")) + _rounded(number) + unit
    if 0.1 <= way < 0.14 and number >= 20 and unit != "%":
        return f"{int(_rounded(number, down=True))}{rng.choice(('余', '多'))}{unit}"
    if 0.14 <= way < 0.155 and 20 <= number < 1000 and unit != "%":
        low = int(number // 10 * 10)
        return f"{low}{rng.choice(('—', '至', '~', '到'))}{low + rng.choice((10, 20, 30))}{unit}"
    if 0.155 <= way < 0.18 and decimals == 0 and number < 1000 and unit not in _NEVER_IN_TEN_THOUSANDS:
        return chinese(int(number)) + unit
    if 0.18 <= way < 0.24 and decimals == 0 and number >= 1000:
        return f"{round(number):,}{unit}"
    if 0.24 <= way < 0.245:
        return plain(number, decimals).translate(_FULL_WIDTH) + unit
    if 0.245 <= way < 0.27 and unit != "%":
        return plain(number, decimals) + unit + rng.choice(("左右", "以上"))
    return plain(number, decimals) + unit


def _rounded(number: float, *, down: bool = False) -> str:
    step = 10 ** (len(str(int(number))) - 1)
    if down:
        return str(int(number // step * step))
    return str(max(round(number / step * 2) * step // 2, 1))


def percent(rng: Random, *, fall: bool) -> tuple[str, float | None]:
    """A change in percent, now and then in 成 or 倍, and the change as a number where it is in percent."""
    way = rng.random()
    if way < 0.05:
        return rng.choice(("一", "两", "三", "四")) + "成" + rng.choice(("", "多", "以上")), None
    if way < 0.1 and not fall:
        return f"{plain(rng.uniform(1, 6), 1)}倍", None
    digits = rng.choice((1, 1, 1, 2, 0))
    number = round(rng.uniform(1, 48 if fall or way < 0.8 else 160), digits)
    near = rng.choice(("近", "超", "约", "逾", "超过")) if rng.random() < 0.05 else ""
    return f"{near}{plain(number, digits)}%", number
