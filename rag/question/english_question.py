"""English questions in Chinese, so that they are held to an article in its own words.

The forms of questions about facts are few: each is turned into the Chinese question of the same form. No translation is
guessed at: where a word or a form is not known there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.question.english_times import take_times
from rag.question.english_words import (
    Spelt,
    UntranslatableError,
    Word,
    is_past,
    is_verb,
    join_phrases,
    may_be_verb,
    translate,
    words_of,
)
from rag.text.spelt_names import spelt_in
from rag.types import Question

_PREPOSITIONS = "in|at|on|from|by|with|during|across|near|inside|into|to|for"
_OF = re.compile(r"^(?P<head>.+?) of (?P<rest>.+)$", re.IGNORECASE)
_AT_THE_END = re.compile(rf"^(?P<head>.+) (?:{_PREPOSITIONS}) (?P<rest>.+?)$", re.IGNORECASE)
_IN_FRONT = re.compile(rf"^(?:{_PREPOSITIONS}) ", re.IGNORECASE)
_DID = r"(?:did|do|does|has|have|had|will|can|could)"
_IS = r"(?:is|was|are|were)"
_PICTURE = r"(?:pictures?|photos?|photographs?|images?)"
_MEASURED = re.compile(
    r"(?:产量|产值|面积|人口|价格|收入|利润|规模|数量|长度|高度|深度|宽度|距离|速度|重量|容量|率|比例|金额|费用|销量|年龄|气温|降雪量)$"
)
_MOST_WORDS = 40
_PRODUCES = "生产"
_SPENDS = re.compile(r"花费|支付|投资|收入|要求|赔偿")


class _Translation:
    """Puts the pieces of one question into Chinese; ``spelt`` finds names."""

    def __init__(self, spelt: Spelt) -> None:
        self._spelt = spelt

    def phrase(self, text: str, *, acts: bool = False) -> str:
        """A phrase in Chinese: what an article has behind of or in stands in front."""
        return "".join(word.text for word in self.words(text, acts=acts))

    def words(self, text: str, *, acts: bool = False) -> list[Word]:
        text = _IN_FRONT.sub("", text.strip())
        place = _AT_THE_END.match(text)
        if place:
            return [*self.words(place["rest"]), *self.words(place["head"], acts=acts)]
        whole = _OF.match(text)
        if whole:
            return [*self.words(whole["rest"]), Word("的"), *self.words(whole["head"], acts=acts)]
        return translate(words_of(text), self._spelt, acts=acts)

    def how_many(self, text: str) -> str:
        """多少, the measure word and what is counted, where it stands in front."""
        words = self.words(text)
        if not words or words[-1].is_verb:
            raise UntranslatableError(text)
        thing = "".join(word.text for word in words)
        measure = words[-1].measure
        return f"多少{thing}" if thing.startswith(measure) else f"多少{measure}{thing}"

    def which(self, text: str) -> str:
        """哪, the measure word and the thing."""
        words = self.words(text)
        if not words or words[-1].is_verb:
            raise UntranslatableError(text)
        measure = {"人": "位", "名": "位", "人次": "位", "届": "个"}.get(words[-1].measure, words[-1].measure or "个")
        return f"哪{measure}" + "".join(word.text for word in words)

    def apart(self, text: str) -> tuple[str, str]:
        """Who or what does it, with the place, and what is done: 老桥 and 建成 of the old bridge built."""
        *before, last = text.split()
        if len(before) > 1 and is_verb(last):
            return self.phrase(" ".join(before)), self.phrase(last)
        place = _AT_THE_END.match(text)
        front = self.phrase(place["rest"]) if place else ""
        words = self.words(place["head"] if place else text, acts=True)
        at = next((i for i, word in enumerate(words) if word.is_verb), len(words))
        return front + "".join(word.text for word in words[:at]), "".join(word.text for word in words[at:])


Build = Callable[[_Translation, re.Match[str]], str]


def _many_done(t: _Translation, m: re.Match[str]) -> str:
    rest = re.sub(r" (?:have|has|in total|altogether)$", "", m["rest"])
    first = next(iter(words_of(rest)), "")
    if may_be_verb(first) and first[0].islower():
        front, done = t.apart(rest)
        return f"{front}{t.how_many(m['thing'])}{done}"
    done = t.phrase(rest, acts=True)
    if done.endswith(_PRODUCES):
        # 多少辆汽车 may be those of one kind, 汽车产量 is that of all.
        return f"{done.removesuffix(_PRODUCES)}{t.phrase(m['thing'])}产量是多少"
    return f"{done}{'有' if rest != m['rest'] and not may_be_verb(words_of(rest)[-1]) else ''}{t.how_many(m['thing'])}"


def _many_did(t: _Translation, m: re.Match[str]) -> str:
    words = m["all"].split()
    at = next((i for i, word in enumerate(words) if i and (is_verb(word) or is_past(word))), None)
    if at is None:
        raise UntranslatableError(m["all"])
    front, done = t.apart(" ".join(words[at:]))
    return f"{front}{t.how_many(' '.join(words[:at]))}{done}"


def _much(t: _Translation, m: re.Match[str]) -> str:
    done = t.phrase(m["rest"], acts=True)
    thing = t.phrase(m["thing"]) if m["thing"] else ""
    money = thing in ("", "钱") and _SPENDS.search(done)
    return f"{done}多少{'钱' if money else thing}"


def _when(t: _Translation, m: re.Match[str]) -> str:
    who, done = t.apart(m["rest"])
    return f"{who}什么时候{done}" if done else f"{who}是什么时候"


def _where(t: _Translation, m: re.Match[str]) -> str:
    who, done = t.apart(m["rest"])
    return f"{who}在哪里{done}"


def _what_is(t: _Translation, m: re.Match[str]) -> str:
    asked = t.phrase(m["rest"])
    return f"{asked}是{'多少' if _MEASURED.search(asked) else '什么'}"


def _which_did(t: _Translation, m: re.Match[str]) -> str:
    words = m["all"].split()
    at = next((i for i, word in enumerate(words) if i and may_be_verb(word)), None)
    if at is None:
        raise UntranslatableError(m["all"])
    front, done = t.apart(" ".join(words[at:]))
    return f"{front}{t.which(' '.join(words[:at]))}{done}"


def _how(measure: str) -> Build:
    return lambda t, m: f"{t.phrase(m['rest'], acts=True)}{measure}"


_FORMS: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (
            rf"who (?:took|shot|made) (?:the|this|that) {_PICTURE}(?: (?:of|with|showing) (?P<of>.+))?",
            lambda t, m: f"{t.phrase(m['of'])}的照片是谁拍的" if m["of"] else "照片是谁拍的",
        ),
        (
            r"who (?:wrote|is the (?:author|writer) of|was the (?:author|writer) of) (?:this|the) "
            r"(?:article|report|story|piece)",
            lambda t, m: "这篇文章是谁写的",
        ),
        (
            rf"how many (?P<thing>.+?) {_IS} there(?: (?P<rest>.+))?",
            lambda t, m: f"{t.phrase(m['rest'] or '')}有{t.how_many(m['thing'])}",
        ),
        (rf"how many (?P<thing>.+?) {_DID} (?P<rest>.+)", _many_done),
        (rf"how many (?P<thing>.+?) {_IS} (?P<rest>.+)", lambda t, m: f"{t.phrase(m['rest'])}{t.how_many(m['thing'])}"),
        (r"how many (?P<all>.+)", _many_did),
        (rf"how much (?P<thing>.*?) ?\b{_DID} (?P<rest>.+)", _much),
        (rf"how old {_IS} (?P<rest>.+)", _how("多大岁数")),
        (rf"how long {_IS} (?P<rest>.+)", _how("有多长")),
        (rf"how (?:high|tall) {_IS} (?P<rest>.+)", _how("有多高")),
        (rf"how (?:big|large) {_IS} (?P<rest>.+)", _how("有多大")),
        (rf"how far {_IS} (?P<rest>.+)", _how("有多远")),
        (rf"who {_IS} (?P<rest>.+)", lambda t, m: f"{t.phrase(m['rest'])}是谁"),
        (r"who (?P<rest>.+)", lambda t, m: "{}谁{}".format(*t.apart(m["rest"]))),
        (rf"when (?:{_DID}|{_IS}) (?P<rest>.+)", _when),
        (rf"where (?:{_DID}|{_IS}) (?P<rest>.+)", _where),
        (
            rf"what (?:share|percentage|percent|proportion) of (?P<whole>.+?) {_IS} (?P<rest>.+)",
            lambda t, m: f"{t.phrase(m['whole'])}中{t.phrase(m['rest'])}占多少比例",
        ),
        (
            rf"(?:which|what) (?P<thing>[^,]+?) {_IS} (?P<rest>.+)",
            lambda t, m: f"{t.phrase(m['rest'])}是{t.which(m['thing'])}",
        ),
        (
            rf"(?:which|what) (?P<thing>[^,]+?) {_DID} (?P<rest>.+)",
            lambda t, m: f"{t.phrase(m['rest'], acts=True)}{t.which(m['thing'])}",
        ),
        (rf"what {_IS} (?P<rest>.+)", _what_is),
        (r"what (?:did|does) (?P<rest>.+)", lambda t, m: f"{t.phrase(m['rest'], acts=True)}什么"),
        (r"which (?P<all>.+)", _which_did),
    )
)


def chinese_of(question: Question, texts: Sequence[str]) -> str:
    """`in_chinese` of a question asked in English, its names looked up in ``texts``; "" of any other."""
    if question.language != "en":
        return ""
    return in_chinese(question.standalone, lambda letters: spelt_in(letters, texts))


def in_chinese(question: str, spelt: Spelt) -> str:
    """The Chinese question that an English one asks, its relative time resolved; "" where a word or form is not known.

    Example:
        >>> in_chinese("How many bridges did Wuhan build in 2019?", lambda name: "武汉" if name == "wuhan" else "")
        '2019年武汉建成多少座桥?'
    """
    if len(question.split()) > _MOST_WORDS:
        return ""
    times, text = take_times(join_phrases(" ".join(question.replace("’", "'").split()).strip(" ?.!")))
    translation = _Translation(lambda letters: spelt(letters.lower()))
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return f"{''.join(times)}{build(translation, match)}?"
            except UntranslatableError:
                return ""
    return ""
