"""The forms of English questions about facts, each with the Chinese question of the same form."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.question.english.phrases import Phrases
from rag.question.english.words import UntranslatableError, words_of

_DO = r"(?:did|do|does|has|have|had|will|can|could|must|should|may|would)"
_IS = r"(?:is|was|are|were|will be)"
_PICTURE = r"(?:pictures?|photos?|photographs?|images?)"
_MEASURED = re.compile(
    r"(?:[产销储流降雨雪水存]量|[面体容]积|[产市总价]值|价格?|率|额|[长高深宽温热进]度|速度|重量|容量|水位|海拔|人口|收入|利润|"
    r"规模|数量|距离|比例|金额|费用?|年龄|气温|电话|号码|工资|奖金|补贴|补助|投资|成本|[租资罚奖]金|支出|亏损|损失|寿命|预算|票价|单价|起付线|比分|得分|排名)$"
)
_SPENDS = re.compile(r"花费?|付|交|缴|投资|收入|要求|赔偿|捐|亏|赚|发|拨|投入|筹")
_PRODUCES = "生产"
_GAINS = re.compile(
    r"^(?P<who>.+) (?:make|made|earn|earned|have|get|generate|generated|report|record|achieve|bring in|take in|see)$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"多少(?:[人名位]|人次)")
_BEFALLS = re.compile(r"^[受被遭]")
_PLACED = re.compile(r" (?:located|situated)$", re.IGNORECASE)
_IF_IT_IS = re.compile(r"^(?:it is|it's|they are|you|one) ", re.IGNORECASE)

Build = Callable[[Phrases, re.Match[str]], str]


def chinese_form(question: str, phrases: Phrases) -> str:
    """The Chinese question, without its mark, that ``question`` asks; "" where it has none of the forms.

    Raises:
        UntranslatableError: a word of it is not known.
    """
    for pattern, build in _FORMS:
        match = pattern.fullmatch(question)
        if match:
            return build(phrases, match)
    return ""


def _if(p: Phrases, m: re.Match[str]) -> str:
    asked = chinese_form(m["asked"], p)
    return asked and p.phrase(_IF_IT_IS.sub("", m["condition"]), acts=True) + asked


def _altogether(p: Phrases, m: re.Match[str]) -> str:
    return re.sub("有?多少", r"一共\g<0>", chinese_form(m["asked"], p), count=1)


def _many_done(p: Phrases, m: re.Match[str]) -> str:
    rest = re.sub(r" (?:have|has)$", "", m["rest"])
    place, asked = p.how_many(m["thing"])
    first = next(iter(words_of(rest)), "")
    if p.lexicon.may_be_verb(first) and first[0].islower():
        front, done = p.apart(rest)
        return f"{place}{front}{asked}{done}"
    done = p.phrase(rest, acts=True)
    if done.endswith(_PRODUCES) and not place:
        # 多少辆汽车 may be those of one kind, 汽车产量 is that of all.
        return f"{done.removesuffix(_PRODUCES)}{p.phrase(m['thing'])}产量是多少"
    has = rest != m["rest"] and not p.lexicon.may_be_verb(words_of(rest)[-1])
    return f"{place}{done}{'有' if has else ''}{asked}"


def _many_are(p: Phrases, m: re.Match[str]) -> str:
    place, asked = p.how_many(m["thing"])
    who, done = p.apart(m["rest"])
    if done and not _PEOPLE.search(asked) and not _BEFALLS.match(done):
        return f"{place}{who}{done}{asked}"
    return f"{place}{who}{asked}{done}"


def _many_there(p: Phrases, m: re.Match[str]) -> str:
    place, asked = p.how_many(m["thing"])
    return f"{p.phrase(m['rest'] or '')}{place}有{asked}"


def _many_did(p: Phrases, m: re.Match[str]) -> str:
    words = m["all"].split()
    verbs = [i for i, word in enumerate(words) if i and (p.lexicon.is_verb(word) or p.lexicon.is_past(word))]
    if not verbs:
        raise UntranslatableError(m["all"])
    front, done = p.apart(" ".join(words[verbs[0] :]))
    place, asked = p.how_many(" ".join(words[: verbs[0]]))
    return f"{place}{front}{asked}{done}"


def _much(p: Phrases, m: re.Match[str]) -> str:
    thing = p.phrase(m["thing"]) if m["thing"] else ""
    gains = _GAINS.match(m["rest"])
    if gains and _MEASURED.search(thing):
        return f"{p.phrase(gains['who'])}{thing}是多少"
    cost = re.fullmatch(r"(?P<what>.+?) cost(?P<whose> .+)?", m["rest"], re.IGNORECASE)
    if cost and not thing and m["auxiliary"].lower() in ("does", "do"):
        return f"{p.phrase(cost['what'] + (cost['whose'] or ''))}多少钱"
    done = p.phrase(m["rest"], acts=True)
    money = thing in ("", "钱") and _SPENDS.search(done)
    return f"{done}多少{'钱' if money else thing}"


def _much_is(p: Phrases, m: re.Match[str]) -> str:
    asked = p.phrase(m["rest"], acts=bool(m["paid"]))
    return f"{asked}是多少" if _MEASURED.search(asked) else f"{asked}多少钱"


def _asked_of_doing(word: str, alone: str = "") -> Build:
    """Asks ``word`` of what is done, ``alone`` of a thing that stands there by itself."""

    def build(p: Phrases, m: re.Match[str]) -> str:
        who, done = p.apart(_PLACED.sub("", m["rest"]))
        return f"{who}{word}{done}" if done and who else f"{done}{who}{alone or '是' + word}"

    return build


def _what_is(p: Phrases, m: re.Match[str]) -> str:
    asked = p.phrase(m["rest"])
    return f"{asked}是{'多少' if _MEASURED.search(asked) else '什么'}"


def _what_is_done(p: Phrases, m: re.Match[str]) -> str:
    return f"{p.phrase(m['rest'] + (m['where'] or ''))}做什么"


def _what_done(p: Phrases, m: re.Match[str]) -> str:
    words = p.words(m["rest"], acts=True)
    if not any(word.is_verb for word in words):
        raise UntranslatableError(m["rest"])
    return f"{''.join(word.text for word in words)}什么"


def _which_does(p: Phrases, m: re.Match[str]) -> str:
    thing = f"什么{p.phrase(m['thing'])}" if m["of"].lower() == "what" else p.which(m["thing"])
    return p.phrase(m["rest"], acts=True) + thing


def _which_did(p: Phrases, m: re.Match[str]) -> str:
    words = m["all"].split()
    at = next((i for i, word in enumerate(words) if i and p.lexicon.may_be_verb(word)), None)
    if at is None:
        raise UntranslatableError(m["all"])
    front, done = p.apart(" ".join(words[at:]))
    return f"{front}{p.which(' '.join(words[:at]))}{done}"


def _behind(asked: str, *, acts: bool = True) -> Build:
    return lambda p, m: f"{p.phrase(m['rest'], acts=acts)}{asked}"


_FORMS: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (r"(?P<asked>how (?:many|much) .+?),? (?:in total|in all|altogether)", _altogether),
        (r"(?P<asked>(?:how|what|when|who|where) .+?),? if (?P<condition>.+)", _if),
        (
            rf"who (?:took|shot|made) (?:the|this|that) {_PICTURE}(?: (?:of|with|showing) (?P<of>.+))?",
            lambda p, m: f"{p.phrase(m['of'])}的照片是谁拍的" if m["of"] else "照片是谁拍的",
        ),
        (
            r"who (?:wrote|is the (?:author|writer) of|was the (?:author|writer) of) (?:this|the) "
            r"(?:article|report|story|piece)",
            lambda p, m: "这篇文章是谁写的",
        ),
        (rf"how many (?P<thing>.+?) {_IS} there(?: (?P<rest>.+))?", _many_there),
        (rf"how many (?P<thing>.+?) {_IS} (?P<rest>.+)", _many_are),
        (rf"how many (?P<thing>.+?) {_DO} (?P<rest>.+)", _many_done),
        (r"how many (?P<all>.+)", _many_did),
        (
            rf"how much (?P<paid>(?:money |compensation )?){_IS} (?P<rest>.+)",
            _much_is,
        ),
        (rf"how much (?P<thing>.*?) ?\b(?P<auxiliary>{_DO}) (?P<rest>.+)", _much),
        (rf"how old {_IS} (?P<rest>.+)", _behind("多大岁数")),
        (rf"how long {_IS} (?P<rest>.+)", _behind("有多长")),
        (rf"how long {_DO} (?P<rest>.+?) (?:last|take)", _behind("要多长时间")),
        (rf"how (?:high|tall) {_IS} (?P<rest>.+)", _behind("有多高")),
        (rf"how (?:big|large) {_IS} (?P<rest>.+)", _behind("有多大")),
        (rf"how wide {_IS} (?P<rest>.+)", _behind("有多宽")),
        (rf"how deep {_IS} (?P<rest>.+)", _behind("有多深")),
        (rf"how heavy {_IS} (?P<rest>.+)", _behind("有多重")),
        (rf"how far {_IS} (?P<rest>.+)", _behind("有多远")),
        (rf"who {_IS} (?P<rest>.+)", _behind("是谁", acts=False)),
        (r"who (?P<rest>.+)", lambda p, m: "{}谁{}".format(*p.apart(m["rest"]))),
        (rf"at what age {_DO} (?P<rest>.+)", _asked_of_doing("多大岁数")),
        (rf"(?:at )?what time (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("几点")),
        (rf"(?:in )?(?:what|which) year (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("哪一年")),
        (rf"(?:in )?(?:what|which) month (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("哪个月")),
        (rf"(?:on )?(?:what|which) (?:day|date) (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("哪天")),
        (
            rf"(?:until|till|by|up to) (?:when|what (?:date|day|time)) (?:{_DO}|{_IS}) (?P<rest>.+)",
            _behind("到什么时候"),
        ),
        (rf"(?:since|from) when (?:{_DO}|{_IS}) (?P<rest>.+)", _behind("从什么时候开始")),
        (rf"when (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("什么时候")),
        (rf"where (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("在哪里", "在哪里")),
        (rf"why (?:{_DO}|{_IS}) (?P<rest>.+)", _asked_of_doing("为什么", "的原因是什么")),
        (
            rf"what (?:share|percentage|percent|proportion) of (?P<whole>.+?) {_IS} (?P<rest>.+)",
            lambda p, m: f"{p.phrase(m['whole'])}中{p.phrase(m['rest'])}占多少比例",
        ),
        (rf"what (?:share|percentage|percent|proportion) {_DO} (?P<rest>.+)", _behind("多少比例")),
        (rf"what {_IS} the names? of (?P<rest>.+)", _behind("叫什么名字", acts=False)),
        (rf"what {_IS} (?P<rest>.+)'s name", _behind("叫什么名字", acts=False)),
        (
            rf"(?:which|what) (?P<thing>[^,]+?) {_IS} (?:the )?(?P<rest>most \w+|\w+est)",
            lambda p, m: f"{p.which(m['thing'])}{p.phrase(m['rest'])}",
        ),
        (
            rf"(?:which|what) (?P<thing>[^,]+?) {_IS} (?P<rest>.+)",
            lambda p, m: f"{p.phrase(m['rest'])}是{p.which(m['thing'])}",
        ),
        (
            r"(?:which|what) (?P<thing>[^,]+?) (?:can|could|may|should) (?:people|one|you|we|i) (?P<rest>.+?)"
            r"(?: (?:at|in|from|with|to|on))?",
            lambda p, m: f"{p.which(m['thing'])}可以{p.phrase(m['rest'], acts=True)}",
        ),
        (
            rf"(?P<of>which|what) (?P<thing>[^,]+?) {_DO} (?P<rest>.+)",
            _which_does,
        ),
        (rf"what {_IS} (?P<rest>.+)", _what_is),
        (rf"what {_DO} (?P<rest>.+?) do(?P<where> .+)?", _what_is_done),
        (rf"what {_DO} (?P<rest>.+)", _what_done),
        (r"which (?P<all>.+)", _which_did),
    )
)
