"""Where a time named by a follow-up goes in the question before: 2023年的呢？ 到2030年呢？ 上半年呢？"""

from __future__ import annotations

import re

from rag.question.phrases import PhraseKind, find_phrases

LEAD_IN = re.compile(
    r"^(?:(?:好的?|嗯+|哦+|谢谢(?:你|您|了)?|感谢|多谢|明白了?|知道了|懂了|了解了?|收到|ok|OK|请问一下"
    r"|请问|再问一下|再请问|我想问一下|我想问|想问|另外)[\s,，.。!！、]*)*"
    r"(?:(?:那么|那|而|然后|至于|换成|如果是|要是|还有|如果换成)[\s,，]*)?"
)
_UNTIL = re.compile(r"(?:截至|截止到?|到|至)$")
_AT = re.compile(r"(?:截至|截止到?|到|至|在)$")
_YEAR = re.compile(
    r"^(?:公元)?(?:(?:19|20|18|21)\d{2}年?|今年|去年|前年|大前年|明年|后年|本年|当年|上一?年)(?:度)?|^\d+年[前后]"
)
_THIS_TIME = re.compile(r"[这此本]次|这回|这一次|这一回")
_PART = re.compile(r"(?:上半年|下半年|第?[1-4一二三四]季度|前?\d{1,2}个?月(?:份)?.*|全年|年初|年底|年末)$")


def place_time(text: str, frame: str, before: str) -> str:
    """``frame`` with the time ``text`` in the place of its own; in front where it has none.

    ``before`` are the words of the follow-up before the time, which may say 截至 or 到.
    """
    named = _UNTIL.search(before)
    until = named.group() if named else ""
    times = [one for one in find_phrases(frame) if one.kind is PhraseKind.TIME]
    this_time = _THIS_TIME.search(frame)
    if not times and this_time is not None:
        # 那2019年呢 after 这次来了多少人 asks of another time than this.
        return frame[: this_time.start()] + until + text + frame[this_time.end() :].removeprefix("的")
    if not times:
        start = LEAD_IN.match(frame)
        at = start.end() if start else 0
        return frame[:at] + until + text + frame[at:]
    target = times[-1] if len(times) > 1 and not _YEAR.match(times[0].text) else times[0]
    new_year, old_year = _YEAR.match(text), _YEAR.match(target.text)
    if not new_year and old_year and _PART.match(text):
        # 上半年 after a question on 2024年 means the first half of that year.
        text = old_year.group() + text
    elif new_year and text.endswith("同期") and (part := _PART.search(target.text)):
        text = new_year.group() + part.group()
    kept = frame[: target.start]
    if until:
        kept = _AT.sub("", kept) + until
    return kept + text + frame[target.end :]


def after_leading_times(text: str) -> int:
    """Where the times that ``text`` begins with end; 0 without one."""
    at = 0
    for phrase in find_phrases(text):
        if phrase.kind is PhraseKind.TIME and text[at : phrase.start] in ("", "在", "，", ","):
            at = phrase.end
        else:
            break
    if text[at : at + 1] in ("，", ","):
        at += 1
    return at
