"""Follow-ups without a subject: 增长了多少？ 为什么？ 谁预测的？ 还有哪些？ 第二个呢？

Each is a question about the topic of the previous question: the previous question less its interrogative part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.followups.placed_times import LEAD_IN
from rag.question.phrases import PhraseKind, find_phrases, is_attribute
from rag.question.topic import asked_of, topic_of
from rag.question.words import question_words

_LONGEST = 20  # a question without a subject is short; a longer one brings its own
_LONGEST_ANSWER = 24
_END = r"(?:呢|呀|啊|吗|的)*[\s？?。！!.~]*$"
_SUBJECT_OPEN = (
    r"(?:[比较与跟和][^?？,，]{1,12}?(?:相比)?(?=又|增|减|下|上|提|涨|跌|降|回|翻))?(?:同比|环比|相比|又|都|大概|大约|总共|一共|分别|具体|到底|究竟|是"
    r"|主要|最后|后来|当时)*"
)
_CHANGE = re.compile(
    rf"^{_SUBJECT_OPEN}(?P<verb>增长|增加|减少|下降|上升|提高|提升|涨|跌|降|回升|翻)(?:了|率|幅度?)?(?:是)?"
    rf"(?:多少|几倍|几成|多大|多快|百分之几|几个百分点|几番)?(?:个百分点|倍|%)?{_END}"
)
_COMPARED = re.compile(rf"^(?P<word>同比|环比)(?:(?:情况|数据)?(?:是|怎么样|如何|多少)*){_END}")
_RATE = re.compile(
    rf"^(?P<rate>(?:同比|环比)?(?:增幅|增速|涨幅|降幅|增长率|增长幅度|增长速度))(?:是)?(?:多少|多大)?{_END}"
)
_TIMES = re.compile(rf"^(?:是|相当于|约为)[^?？,，]{{1,12}}的(?:几倍|多少倍|几分之几|百分之几){_END}")
_SHARE = re.compile(
    rf"^(?:占|占比|比例|比重|份额|占了|占全国|占全市|占全省|占全球|占总数)(?:的)?(?:比例|比重|比)?(?:是"
    rf"|有|为)?(?:多少|几成|多大|百分之几)?{_END}"
)
_REASON = re.compile(rf"^(?:这是)?(?:又|都)?(?:为什么|为何|为啥|什么原因|原因(?:是什么|何在)?|怎么回事|凭什么){_END}")
_DETAIL = re.compile(
    r"^(?:能|可以|请|麻烦)?(?:再)?(?:具体|详细|仔细|展开)(?:一?点|一些|些)?(?:来说|地|的)?(?:说说|说一下"
    r"|说|讲讲|讲一下|讲|介绍一下|介绍|情况|内容|是什么|是怎样的|有什么|解释一下)?"
    rf"(?:一下|看)?(?:好吗|可以吗)?{_END}"
)
_MORE = re.compile(
    r"^(?:还有(?:呢|吗|其他的?(?:呢|吗)?|别的(?:呢|吗)?|哪些|什么|谁|哪几个|没有)?|其他的?|其它的?|别的"
    r"|另外(?:的|几个)?|剩下的?|其余的?)(?:还有)?(?:有哪些|是什么|是哪些|哪些|是谁)?"
    rf"{_END}"
)
_NTH = re.compile(
    r"^(?:第(?P<number>\d+|[一二三四五六七八九十])(?P<measure>(?![呢呀啊吗的是有在叫能可怎如])[\u4e00-\u9fff])?|(?P<last>最后一?个?))(?:(?P<rest>(?:是"
    r"|有|在|叫|能|可以|怎么|如何)[^?]{1,12})[?。 ]*|" + _END[:-1] + ")$"
)
_WHO_DID = re.compile(
    r"^(?:这话?|这个|那)?(?:是|都是|又是)?(?P<who>谁|哪家公司|哪家企业|哪家|哪个公司|哪个机构|哪位|哪个部门|什么人)(?P<verb>[\u4e00-\u9fff]{1,4}?)的?[\s？?。！!]*$"
)
_ORDINAL = re.compile(r"第(?:\d+|[一二三四五六七八九十])|(?:首|头一)(?=[届个次批位家任])")
_RANKS = ("", "名", "位")
_AFTER_RANK = re.compile(r"[的是为？?,，]|$")
_SUPERLATIVE = re.compile(r"[\u4e00-\u9fff]{0,6}?最[\u4e00-\u9fff]{1,3}的[\u4e00-\u9fff]{2}")
_QUESTION_SLOT = re.compile(r"多少|几(?=[个家年])|谁|哪里|哪儿|什么时候|什么|哪些|哪家公司|哪家")
_INTERROGATIVE = re.compile(r"多少|几|谁|什么|怎么|怎样|如何|为何|何时|哪|多久|多大|多长|多高|多远")
_ITEM_SEPARATOR = re.compile(r"[、，,；;]|和|以及|及")
_ASKS_OF_A_DEED = re.compile(r"什么时候|何时|哪一?[年天月]|[在到于]哪|怎么|怎样|如何|为什么|为何|[由被]谁")
_SIZE = re.compile("(?:占地|建筑)?面积|长度|高度|宽度|深度|体积|重量|容量")
_OF_A_CLASS = re.compile(r"[特一二三四五六七八九十甲乙丙丁\d]+等?[班组座席舱票]")
"""A member of a series, which the tagger takes for a number: 一等座, 甲组."""
_NUMERALS = {numeral: index for index, numeral in enumerate("一二三四五六七八九十", 1)}


def complete_set_phrase(text: str, frame: str, answers: Sequence[str]) -> str | None:
    """The standalone question behind a set phrase (为什么？ 同比呢？ 还有哪些？ 谁预测的？), or None where it is none.

    Args:
        text: a normalised question.
        frame: the previous standalone question.
        answers: the short answers of the conversation, the latest (that of ``frame``) first, "" where there is none.

    Example:
        >>> complete_set_phrase("增长了多少?", "2024年武汉的降水量是多少?", [""])
        '2024年武汉的降水量增长了多少?'
    """
    topic = topic_of(frame)
    if not topic:
        return None
    short = answers[0] if answers and len(answers[0]) <= _LONGEST_ANSWER else ""
    # 还有 is both a lead-in and a question of its own, so the whole is tried first.
    for candidate in dict.fromkeys((text.strip(), _body(text))):
        if not 0 < len(candidate) <= _LONGEST:
            continue
        if match := _NTH.match(candidate):
            return _nth(match, frame, answers)
        if completed := _by_pattern(candidate, frame, topic, short):
            return completed
    return None


def complete_subjectless(text: str, frame: str) -> str | None:
    """The standalone form of a question without a subject (什么时候开幕？ 产量是多少？), or None where it has one.

    Example:
        >>> complete_subjectless("什么时候开幕?", "武汉马拉松有多少人参加?")
        '武汉马拉松什么时候开幕?'
    """
    body, topic = _body(text), topic_of(frame)
    if not topic or not 0 < len(body) <= _LONGEST or not _INTERROGATIVE.search(body) or _has_subject(body):
        return None
    if _SUPERLATIVE.match(body):
        return None
    return _attach(body, frame, topic)


def _body(text: str) -> str:
    lead = LEAD_IN.match(text)
    return (text[lead.end() :] if lead else text).strip()


def _by_pattern(text: str, frame: str, topic: str, short: str) -> str | None:
    if _MORE.match(text):
        return f"除了{short}，{frame}" if short and not frame.startswith("除了") else f"{topic}还有哪些?"
    if _COMPARED.match(text):
        return f"{_stem(topic)}{text[:2]}增长多少?"
    if match := _CHANGE.match(text):
        core = re.sub(_END, "", text)
        return f"{_stem(topic)}{core}?" if _INTERROGATIVE.search(core) else f"{_stem(topic)}{core}了多少?"
    if match := _RATE.match(text):
        return f"{_stem(topic)}的{match['rate']}是多少?"
    if _TIMES.match(text):
        return f"{_stem(topic)}{text}"
    if _SHARE.match(text):
        core = re.sub(r"[呢\s？?。！!]+$", "", text)
        return f"{_stem(topic)}{core}?" if _INTERROGATIVE.search(core) else f"{_stem(topic)}{core}是多少?"
    if _REASON.match(text):
        slot = _QUESTION_SLOT.search(frame)
        if short and slot:
            return (
                f"为什么{frame[: slot.start()]}{short}?"
                if frame[slot.end() :].strip("？?。 ") in ("", *"个家辆项座")
                else f"{topic}的原因是什么?"
            )
        return f"{topic}的原因是什么?"
    if _DETAIL.match(text) and len(text) > 1:
        return f"{topic}的具体情况是什么?"
    if (match := _WHO_DID.match(text)) and not find_phrases(match["verb"]) and match["verb"] not in ("是", "有"):
        verb = match["verb"].removesuffix("了").removeprefix("是")
        told = re.sub(r"^[\u4e00-\u9fff]{1,3}了", "", topic) if frame.startswith(("谁", "哪")) else topic
        told = told.removesuffix(verb)
        return f"{match['who']}{verb}了{told}?" if verb and told else None
    return None


def _nth(match: re.Match[str], frame: str, answers: Sequence[str]) -> str | None:
    ordinal = _ORDINAL.search(frame)
    measure = match["measure"] or ""
    if match["number"] and ordinal and measure in _RANKS and _AFTER_RANK.match(frame[ordinal.end() :]):
        # 第三名 after 销量第一的是谁 is a rank that the question before states without 名.
        return f"{frame[: ordinal.start()]}第{match['number']}{frame[ordinal.end() :]}"
    if (
        match["number"]
        and ordinal
        and (not measure or frame[ordinal.end() : ordinal.end() + 1] in (measure, "") or measure == "个")
    ):
        return f"{frame[: ordinal.start()]}第{match['number']}{frame[ordinal.end() :]}"
    lists = ([item.strip() for item in _ITEM_SEPARATOR.split(answer) if item.strip()] for answer in answers)
    items = next((items for items in lists if len(items) > 1), [])
    number = len(items) if match["last"] else _NUMERALS.get(match["number"]) or int(match["number"])
    if not 1 <= number <= len(items):
        return None
    rest = (match["rest"] or "").rstrip("?。 ")
    return f"{items[number - 1]}{rest or '是什么'}?"


def _has_subject(text: str) -> bool:
    """Whether ``text`` names anything beyond verbs, question words and bare attributes (产量是多少 names nothing)."""
    if _OF_A_CLASS.match(text):
        return True
    for word in question_words(text):
        if (
            word.tag.startswith(("v", "r", "u", "y", "d", "p", "x", "m", "q", "c", "f", "z", "a"))
            and not word.text.isascii()
        ):
            continue
        if word.text.isspace() or not any(character.isalnum() for character in word.text):
            continue
        if not is_attribute(word.text) and word.text not in (
            "时候",
            "地方",
            "人",
            "钱",
            "原因",
            "方式",
            "办法",
            "样子",
            "时间",
        ):
            return True
    return any(phrase.kind not in (PhraseKind.ATTRIBUTE, PhraseKind.THING) for phrase in find_phrases(text))


def _stem(topic: str) -> str:
    """The topic less a closing statement of growth, so that 增长了多少 isn't said twice."""
    return re.sub(r"(?:比[^,，]{1,12}?)?(?:同比|环比)?(?:增长|增加|下降|减少|上升)(?:了|率)?$", "", topic)


def _attach(body: str, frame: str, topic: str) -> str | None:
    core = re.sub(r"[呢呀啊\s？?。！!]+$", "", body)
    words = [word for word in question_words(core) if word.text.strip()]
    if not words:
        return None
    if (
        all(word.tag.startswith(("r", "y", "x", "c", "u")) or word.text in ("是", "有") for word in words)
        and len(core) <= 2
    ):
        return None
    phrases = find_phrases(core)
    if phrases and phrases[0].start == 0 and phrases[0].kind is PhraseKind.ATTRIBUTE:
        attributes = [one for one in find_phrases(frame) if one.attribute < one.end]
        if attributes:
            last = attributes[-1]
            owner = frame[: last.attribute].removesuffix("的")
            return f"{owner}的{core}?" if owner and not owner.endswith(("有", "是")) else f"{core}?"
        return f"{topic}的{core}?"
    verbs = [word.text for word in words if word.tag.startswith("v") and word.text not in ("是", "有")]
    if re.match("怎么|如何|怎样", core):
        return None
    subject = _nominal_topic(frame) if verbs else topic
    return f"{subject or topic}{core}?"


def _nominal_topic(frame: str) -> str:
    """Places and noun phrases of the frame without its predicate, so that a new predicate can follow.

    What has a size or a theme is what something is done to, not its size or its theme: 展厅 for 展厅面积. What stands
    behind 什么时候 and the like is the predicate, whatever the tagger takes it for: 动工 in 码头什么时候动工的.
    """
    found = [phrase for phrase in find_phrases(frame) if phrase.kind is not PhraseKind.TIME and len(phrase.text) > 1]
    adverb = _ASKS_OF_A_DEED.search(frame)
    phrases = [phrase for phrase in found if adverb is None or phrase.end <= adverb.start()] or found
    owners = [phrase.text[: phrase.attribute - phrase.start] for phrase in phrases]
    sides = [phrase.text[len(owner) :] for phrase, owner in zip(phrases, owners, strict=True)]
    named = [
        owner.removesuffix("的") if _SIZE.fullmatch(side) or asked_of(side) != "是多少" else phrase.text
        for phrase, owner, side in zip(phrases, owners, sides, strict=True)
    ]
    return "".join(named) or "".join(phrase.text for phrase in phrases)
