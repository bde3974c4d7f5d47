"""Corrections of the question before: 我问的是玉米。 不是小麦，是玉米。 我是说去年的。

A correction is no question of its own: it names what the question before should have asked for, or was not understood
to ask for, and perhaps what it did not ask for. The named thing takes the place of its like, as in any fragment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.question.followups.substitution import Embed, asks, is_nominal_fragment, substitute
from rag.question.phrases import Phrase, PhraseKind, find_phrases

_REJECTION = (
    r"(?:(?:不对|不+(?=[\s,，。!！、])|不是(?:的|这个|这样的?|这个意思)?(?=[\s,，。!！、])|错了?|(?:你|您)(?:弄|搞|理解|听|看|答|说|讲|算)错了?"
    r"|(?:我|你|您)?没(?:有)?(?:问|说)?(?:这个|懂)|抱歉|不好意思|对不起)(?:了|吧|哦|啊|呀|哈)*[\s,，。!！、]*)*"
)
_I_ASK = (
    r"(?:(?:我|人家)(?:刚才|刚刚|其实|本来|主要|真正)*"
    r"(?:(?:想|要)?(?:问|说|指|知道|了解|打听|关心|查)的(?:其实|主要|应该|可)?是"
    r"|是(?:想|要|在)?(?:问|说|指|知道|了解)的?|想(?:问|说)的?是)"
    r"|我的(?:意思|问题)(?:其实)?是(?:说|问|指)?|(?:更正|纠正)(?:一下)?[,，:：]\s*(?:应该)?是?)[\s,，:：]*"
)
_OLD, _NEW = r"(?P<old>[^,，;；。?？!！]{1,24}?)的?", r"(?P<new>.{1,60}?)"
_END = r"(?:吧|呢|啊|呀|哦|哈|嘛)*[\s。.!！?？~]*$"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # 不是小麦,是玉米; 我问的不是小麦,是玉米; 我不是问小麦,我想知道玉米
        r"^(?!.*吗[?？。.!！ ]*$)"
        rf"{_REJECTION}(?:我|(?:我|人家)(?:想|要)?(?:问|说|指|知道)的)?(?:并)?(?:不是|没有?)(?:要|想|在)?(?:问|说|指)?(?:的是)?"
        rf"{_OLD}(?:[,，;；。\s]+(?:而)?(?:{_I_ASK}|是|我?(?:想|要)(?:问|知道|了解)(?:的是)?)|而?是){_NEW}{_END}",
        # 我问的是玉米,不是小麦; 是玉米,不是小麦; 玉米,不是小麦
        rf"^{_REJECTION}(?:{_I_ASK}|是)?(?P<new>[^,，;；。?？!！]{{1,30}}?)(?:[,，;；\s]+(?:而|并)?|而)不是{_OLD}{_END}",
        rf"^{_REJECTION}{_I_ASK}{_NEW}{_END}",
    )
)
_THE_WHOLE = re.compile(r"总(?:的|共|体|计|量|数|额|值)?|全部|所有|整体|一共|合计")
_TOTAL = "总"


@dataclass(frozen=True, slots=True)
class Correction:
    """What should have been asked for: ``new``; and ``old``, what was not asked for, "" where it is not said."""

    new: str
    old: str = ""

    @property
    def is_question(self) -> bool:
        """Whether ``new`` asks by itself (我问的是谁预测的), so that it is completed as any question is."""
        return asks(self.new)


def read_correction(text: str) -> Correction | None:
    """The correction that a normalised ``text`` is, or None where it is none.

    Example:
        >>> read_correction("不对,我问的是玉米。")
        Correction(new='玉米', old='')
        >>> read_correction("不是小麦的,是玉米的。")
        Correction(new='玉米的', old='小麦')
    """
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        old, new = groups.get("old") or "", groups["new"]
        if not asks(old):
            return Correction(new, old)
    return None


def correct(correction: Correction, frame: str, embed: Embed | None) -> str | None:
    """``frame``, the question before, as the correction says that it should have been; None where that is unclear.

    Args:
        correction: one that is no question by itself.
        frame: the previous standalone question.
        embed: as for `substitute`.

    Example:
        >>> correct(Correction("玉米", "小麦"), "2024年武汉的小麦产量是多少?", None)
        '2024年武汉的玉米产量是多少?'
    """
    core = correction.new.removesuffix("的")
    if not is_nominal_fragment(core):
        return None
    if _THE_WHOLE.fullmatch(correction.old):
        if narrowed := _narrowed(core, frame):
            return narrowed
    elif correction.old and correction.old in frame:
        at = frame.rindex(correction.old)
        return frame[:at] + core + frame[at + len(correction.old) :]
    return substitute(core, frame, embed)


def _narrowed(part: str, frame: str) -> str | None:
    """``frame`` with its measure asked of a ``part``: 武汉的总产量 is 武汉的水稻产量 for 水稻的."""
    measured = [one for one in find_phrases(frame) if one.kind is PhraseKind.ATTRIBUTE or one.attribute < one.end]
    if not measured:
        return None
    last = measured[-1]
    start = _measure_start(last)
    measure = frame[start : last.end].removeprefix(_TOTAL)
    return f"{frame[: last.start]}{part}{measure}{frame[last.end :]}"


def _measure_start(phrase: Phrase) -> int:
    return phrase.start if phrase.kind is PhraseKind.ATTRIBUTE else phrase.attribute
