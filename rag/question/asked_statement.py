"""Questions that ask what somebody said: 他说了什么？ 馆长怎么看修缮？ 专家对票价有什么看法？"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text.dates import find_times

_SAY = (
    "说|讲|谈|表示|指出|认为|预测|预计|预言|强调|坦言|透露|回忆|感慨|感叹|解释|回应|回答|答复|介绍|提到|谈到|"
    "评价|点评|评论|形容|描述|总结|呼吁|承诺|告诉|致辞|发言"
)
_VIEW = "看法|观点|评价|评论|说法|见解|意见|态度|回应|表态|判断|预测|感受|解释|表述|论断"
_WHAT = "(?:些|一些|的|的是)?(?:什么|啥|哪些(?:话|内容|观点)?|哪(?:几|一)?句话)(?:话|内容|观点|看法|意见)?"
_HOW = "怎么|怎样|如何|咋"
_END = r"(?:的|来着|呢|呀|啊)*[\s?？。]*$"
_LEAD = r"^(?:请问|那么?|而且?)?[,，]?"
_ABOUT = r"(?:谈到|说到|谈及|说起|谈起|对于|关于|针对|就)(?P<topic>[^,，?？]{1,30}?)(?:(?:时|的时候)[,，]?|[,，])"
_AUDIENCE = "本报记者|记者们?|我们|大家|嘉宾|观众|媒体|[\u4e00-\u9fff]{2,3}"
_SPEAKER = r"(?P<speaker>[^?？]{1,40}?)"
_FORMS = tuple(
    re.compile(_LEAD + pattern + _END)
    for pattern in (
        # 谈到票价时馆长说了什么; 馆长谈到票价时说了什么; 馆长对票价说了什么
        rf"{_ABOUT}{_SPEAKER}(?:是)?(?:{_HOW})?(?P<verb>{_SAY})(?:了|过)?(?:{_WHAT})?",
        rf"{_SPEAKER}(?:在|是)?(?:谈到|说到|谈及|说起|谈起|对于|关于|针对|就|对)(?P<topic>[^,，?？]{{1,30}}?)"
        rf"(?:时|的时候)?[,，]?(?:都|是|又|曾)?(?:(?P<verb>{_SAY})(?:了|过)?{_WHAT}|(?:{_HOW})(?:{_SAY}|看待?|想|评价))",
        rf"{_SPEAKER}(?:对于?|关于|针对|就)(?P<topic>[^,，?？]{{1,30}}?)"
        rf"(?:(?:有|持|是|作出了?|做出了?|给出了?)(?:什么|怎样的?|何种|何|啥)(?:样的?)?(?:{_VIEW})|的?(?:{_VIEW})(?:是什么|如何|是怎样的))",
        # 馆长怎么看修缮; 馆长怎么评价这次展览
        rf"{_SPEAKER}(?:是|又|曾)?(?:{_HOW})(?P<verb>{_SAY}|看待?|想)(?:了|过)?(?:一下)?(?P<topic>[^,，?？]{{0,40}}?)",
        # 馆长说了什么; 馆长在开幕式上预测了什么
        rf"{_SPEAKER}(?:都|还|又|曾|是)?(?P<verb>{_SAY})(?:了|过)?{_WHAT}",
        rf"{_SPEAKER}告诉了?(?:{_AUDIENCE})(?:了|过)?{_WHAT}",
        rf"[Ww]hat (?:did|does|has) {_SPEAKER} (?P<verb>say|said|predict|think)"
        r"(?: (?:about|of) (?P<topic>[^?]*[\u4e00-\u9fff][^?]*?))?",
        rf"{_SPEAKER}的(?P<verb>原话|{_VIEW})是(?:什么|怎样|怎么说)(?:的|样的)?",
    )
)
_WHERE = re.compile(
    r"(?:在|于)(?P<where>[^,，?？在]{1,30}?)(?:上|里面?|中|期间|时|之际|现场)[,，]?(?:的(?:讲话|发言|致辞|采访|信)[里中])?$"
    r"|(?:在|于)(?P<event>[^,，?？在]{1,20})$"
)
_ASKING = re.compile("什么|谁|哪|多少|几|怎|如何|吗")
_PRONOUN = re.compile(r"^(?:他|她|它|谁|我|你|大家|人|文章|作者|记者|本文|文中|报道)们?(?:自己)?$")


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """A question for what ``speaker`` said.

    ``topic`` is what about, ``where`` on what occasion, ``verb`` the word for saying; each "" where it is not said.
    The speaker is "" where the question says 他 of somebody who has not been named.
    """

    speaker: str
    topic: str = ""
    where: str = ""
    verb: str = ""


def asked_statement(question: str) -> AskedStatement | None:
    """Whose statement a standalone, normalised question asks for; None where it asks for none.

    Example:
        >>> asked_statement("馆长在开幕式上怎么评价这次修缮?")
        AskedStatement(speaker='馆长', topic='这次修缮', where='开幕式', verb='评价')
        >>> asked_statement("展览展出了什么?") is None
        True
    """
    for form in _FORMS:
        match = form.match(question)
        if match is None:
            continue
        groups = match.groupdict()
        speaker, where = _without_occasion(groups["speaker"])
        topic = (groups.get("topic") or "").strip("的 ")
        topic = "" if re.fullmatch(_AUDIENCE.rpartition("|")[0], topic) else topic
        if not speaker or _ASKING.search(speaker + topic):
            return None
        if _PRONOUN.match(speaker):
            return AskedStatement("", topic, where, groups.get("verb") or "") if topic and speaker in "他她" else None
        return AskedStatement(speaker, topic, where, groups.get("verb") or "")
    return None


def _without_occasion(speaker: str) -> tuple[str, str]:
    for time in reversed(find_times(speaker, None)):
        speaker = speaker[: time.start] + speaker[time.end :]
    match = _WHERE.search(speaker)
    if match is None or not match.start():
        return speaker.strip(",， "), ""
    return speaker[: match.start()].strip(",， "), match["where"] or match["event"] or ""
