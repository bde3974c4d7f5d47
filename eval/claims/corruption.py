"""One thing in a true sentence changed, so that it is false: a figure, a year, a unit, a name, a negation, an order."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from eval.claims.true_claims import TrueClaim
from rag.answer.worded.claim import NAME_TAGS, Claim, read_claim
from rag.question.terms import Term, find_terms
from rag.types import Article

_UNITS = {
    "万": "亿",
    "亿": "万",
    "%": "个百分点",
    "个百分点": "%",
    "元": "美元",
    "美元": "元",
    "公里": "米",
    "米": "公里",
    "吨": "公斤",
    "公斤": "吨",
    "亩": "平方米",
    "平方米": "亩",
    "小时": "天",
    "天": "小时",
    "倍": "%",
    "人": "户",
    "户": "人",
    "辆": "吨",
    "家": "元",
}
_RELATIVE_YEARS = {"去年": "前年", "今年": "去年", "前年": "去年", "明年": "今年"}
_NEGATED = {"是": "不是", "有": "没有", "能": "不能", "会": "不会", "可以": "不可以"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def corrupted(claim: TrueClaim, kind: str, names: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    """``claim`` with one thing of ``kind`` changed; None where it has nothing of that kind.

    Args:
        claim: the true sentence.
        kind: one of `KINDS`.
        names: names to put in the place of others, each with its part of speech.
        chance: decides what is changed.
    """
    changed = KINDS[kind](read_claim(claim.written, claim.article.published), names, chance)
    if changed is None:
        return None
    marks = re.search(r"(?:\[\d+\])+$", claim.written)
    return changed + (marks.group() if marks else "")


def names_of(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """The people, places and organisations that articles name, with their parts of speech."""
    return sorted({name for article in articles for name in _names(find_terms(article.text))})


def _names(terms: Sequence[Term]) -> list[tuple[str, str]]:
    return [(term.text, term.tag[:2]) for term in terms if term.is_name and term.tag[:2] in NAME_TAGS]


def _figure(claim: Claim, _: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    figures = [figure for figure in claim.figures if re.search(r"\d", figure.text)]
    if not figures:
        return None
    figure = chance.choice(figures)
    digits = [match.start() for match in re.finditer(r"\d", figure.text)]
    at = chance.choice(digits)
    others = [digit for digit in "123456789" if digit != figure.text[at]]
    text = figure.text[:at] + chance.choice(others) + figure.text[at + 1 :]
    return claim.text[: figure.start] + text + claim.text[figure.end :]


def _year(claim: Claim, _: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    years = list(_YEAR.finditer(claim.text))
    if years:
        year = chance.choice(years)
        other = str(int(year.group()) + chance.choice([-3, -2, -1, 1, 2]))
        return claim.text[: year.start()] + other + claim.text[year.end() :]
    for word, other in _RELATIVE_YEARS.items():
        if word in claim.text:
            return claim.text.replace(word, other, 1)
    return None


def _unit(claim: Claim, _: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    choices = []
    for figure in claim.figures:
        for unit, other in _UNITS.items():
            if re.search(rf"\d{unit}", figure.text):
                choices.append((figure, re.sub(rf"(?<=\d){unit}", other, figure.text, count=1)))
    if not choices:
        return None
    figure, text = chance.choice(choices)
    return claim.text[: figure.start] + text + claim.text[figure.end :]


def _name(claim: Claim, names: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    mine = [term for term in claim.terms if _names([term])]
    if not mine:
        return None
    term = chance.choice(mine)
    others = [text for text, tag in names if tag == term.tag[:2] and text not in claim.text and term.text not in text]
    if not others:
        return None
    return claim.text[: term.start] + chance.choice(others) + claim.text[term.start + len(term.text) :]


def _swap(claim: Claim, _: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    """Two figures of one unit in each other's place."""
    figures = [figure for figure in claim.figures if re.search(r"\d", figure.text)]
    pairs = [(a, b) for a, b in combinations(figures, 2) if a.unit == b.unit and a.text != b.text]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    text = claim.text
    return text[: first.start] + second.text + text[first.end : second.start] + first.text + text[second.end :]


def _negation(claim: Claim, _: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    for negation in ("没有", "并未", "尚未", "不再", "无法"):
        if negation in claim.text:
            return claim.text.replace(negation, "", 1)
    verbs = [t for t in claim.sentence.tokens if t.tag == "v" and (len(t.text) > 1 or t.text in _NEGATED)]
    if not verbs:
        return None
    verb = chance.choice(verbs)
    return claim.text[: verb.start] + _NEGATED.get(verb.text, "没有" + verb.text) + claim.text[verb.end :]


KINDS: Mapping[str, Callable[[Claim, Sequence[tuple[str, str]], random.Random], str | None]] = {
    "figure": _figure,
    "year": _year,
    "unit": _unit,
    "swap": _swap,
    "name": _name,
    "negation": _negation,
}
