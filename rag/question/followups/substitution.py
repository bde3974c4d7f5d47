"""Follow-ups that name only what differs: 那上海呢？ 2023年的呢？ 数字化车间呢？

Each phrase of such a fragment takes the place of the phrase of the same kind in the previous question: a time
that of the time, a place that of the place, and otherwise the one nearest in meaning or with the same head.
This is the "parallelism" reading of elliptical fragments (Dalrymple, Shieber and Pereira, "Ellipsis and
Higher-Order Unification", 1991), done over phrase kinds instead of logical forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rag.question.followups.placed_times import LEAD_IN, after_leading_times, place_time
from rag.question.names import side_of, whole_name
from rag.question.phrase_words import PLACE_ENDING
from rag.question.phrases import Phrase, PhraseKind, find_phrases, is_attribute
from rag.question.topic import MEASURE, asked_of, topic_of, without_question
from rag.question.words import question_words

Embed = Callable[[Sequence[str]], np.ndarray]

_FRAGMENT = re.compile(
    r"^(?P<core>[^。！？!?,，;；]{1,40}?)(?:(?:的话)?的?(?:呢|怎么样呢|如何呢|咧|哩)|的(?:是|有)?多少)[\s。！？!?.~～]*$"
)
_TIME_AND_HOW_MANY = re.compile(
    r"^(?P<core>[^。！？!?,，;；]{1,20}?)[又是有]*(?:多少|几[个人家天]?)(?:来着|呢|啊|呀)*[\s。！？!?]*$"
)
"""去年多少来着: a time, and the asking once more."""
_BARE = re.compile(r"^(?P<core>[^。！？!?,，;；]{1,40}?)(?P<owner>的)?[\s。！？!?.]*$")
_ASKS = re.compile(
    r"多少|几|谁|什么|怎么|怎样|如何|为何|何时|哪|多久|多大|多长|多高|多远|吗|是不是|有没有|是否|啥|干嘛"
)
_COUNTED = re.compile(rf"(?:多少|几)(?:{MEASURE}|人)?$")
_COUNTED_BY = re.compile(rf"(?P<ask>多少|几)(?!个)(?:{MEASURE})$")
_SUBJECT_OF_COUNT = re.compile(
    rf"(?:一共|总共|共)?(?:有|是|为|达到?|占)?了?(?:多少|几)[万亿]?(?:{MEASURE}|人|吨|亩|公斤|斤|元)?[?？。]*$"
)
_SEVERAL = re.compile("[和与及、]")
_ASKED_FOR = re.compile(r"(?:什么|哪个|哪家|哪位|哪一?[年天届座条])$")
_UNIT_AFTER = re.compile(r"(?P<ask>多少)(?P<unit>[^\s？?。，,、的]{1,5})(?=[？?。]|$)")
_ASKS_FOR_ALL = re.compile("总(?!是)")
"""Begins a measure of a whole, of which nothing is left out: 总产量."""

_FIT: Mapping[PhraseKind, Mapping[PhraseKind, float]] = {
    PhraseKind.PLACE: {PhraseKind.PLACE: 3.0, PhraseKind.ORGANISATION: 1.5, PhraseKind.NAME: 1.2},
    PhraseKind.ORGANISATION: {
        PhraseKind.ORGANISATION: 3.0,
        PhraseKind.NAME: 2.5,
        PhraseKind.PLACE: 1.5,
        PhraseKind.PERSON: 1.0,
    },
    PhraseKind.PERSON: {PhraseKind.PERSON: 3.0, PhraseKind.NAME: 2.5, PhraseKind.ORGANISATION: 1.0},
    PhraseKind.NAME: {
        PhraseKind.NAME: 3.0,
        PhraseKind.ORGANISATION: 2.7,
        PhraseKind.PERSON: 2.0,
        PhraseKind.THING: 1.6,
        PhraseKind.PLACE: 1.5,
    },
    PhraseKind.THING: {
        PhraseKind.THING: 3.0,
        PhraseKind.NAME: 1.5,
        PhraseKind.ATTRIBUTE: 1.2,
        PhraseKind.ORGANISATION: 1.0,
    },
    PhraseKind.ATTRIBUTE: {PhraseKind.ATTRIBUTE: 3.0, PhraseKind.THING: 1.0},
}
_GOOD_FIT = 2.5


def fragment_of(text: str) -> str | None:
    """What a fragment such as 那上海呢？ names (上海), or None where ``text`` is not such a fragment.

    A fragment without 呢 counts only where a lead-in (那) or its being a bare time shows it to be one.
    """
    lead = LEAD_IN.match(text)
    body = text[lead.end() :] if lead else text
    led = bool(lead and lead.group().strip())
    again = _TIME_AND_HOW_MANY.match(body)
    if again is not None and {phrase.kind for phrase in find_phrases(again["core"])} == {PhraseKind.TIME}:
        return again["core"] if is_nominal_fragment(again["core"]) else None
    for candidate, marked in dict.fromkeys(((body, led), (text, False))):
        if match := _FRAGMENT.match(candidate):
            core = match["core"]
            if is_nominal_fragment(core):
                return core
        elif match := _BARE.match(candidate):
            core = match["core"]
            phrases = find_phrases(core)
            kinds = {phrase.kind for phrase in phrases}
            bare = kinds <= {PhraseKind.TIME} or (kinds <= {PhraseKind.TIME, PhraseKind.ATTRIBUTE} and "?" in candidate)
            marked = marked or match["owner"] is not None or bare
            if marked and is_nominal_fragment(core):
                return core
    return None


def asks(text: str) -> bool:
    """Whether ``text`` holds an interrogative."""
    return _ASKS.search(text) is not None


def is_nominal_fragment(core: str) -> bool:
    """Whether nothing but phrases, 的 and conjunctions make up ``core``."""
    if asks(core):
        return False
    phrases = find_phrases(core)
    if not phrases:
        return False
    covered = bytearray(len(core))
    for phrase in phrases:
        covered[phrase.start : phrase.end] = b"\x01" * (phrase.end - phrase.start)
    rest = "".join(character for character, inside in zip(core, covered, strict=True) if not inside)
    return (
        re.fullmatch(r"(?:的|和|与|及|、|在|到|从|于|截至|跟|以及|对|这|那|该|同期|其中|个|家|\s)*", rest) is not None
    )


def substitute(fragment: str, frame: str, embed: Embed | None) -> str | None:
    """``frame``, the previous standalone question, with the phrases of ``fragment`` in their places.

    None where a phrase of the fragment has no place in the frame.

    Example:
        >>> substitute("成都", "2024年武汉的降水量是多少?", None)
        '2024年成都的降水量是多少?'
    """
    result = frame
    for phrase in find_phrases(fragment):
        placed = _place(phrase, fragment, result, embed)
        if placed is None:
            return None
        result = placed
    if result.count("分别") == 1 and not _SEVERAL.search(fragment):
        result = result.replace("分别", "")
    return result if result != frame else None


def fits_well(fragment: str, frame: str) -> bool:
    """Whether the frame has a phrase of the very kind of each phrase of the fragment, its times aside."""
    kinds = {phrase.kind for phrase in find_phrases(frame)}
    for phrase in find_phrases(fragment):
        fitting = {kind for kind, score in _FIT.get(phrase.kind, {}).items() if score >= _GOOD_FIT}
        if phrase.kind is not PhraseKind.TIME and phrase.kind is not PhraseKind.ATTRIBUTE and not fitting & kinds:
            return False
    return True


def _place(phrase: Phrase, fragment: str, frame: str, embed: Embed | None) -> str | None:
    if phrase.kind is PhraseKind.TIME:
        return place_time(phrase.text, frame, fragment[: phrase.start])
    text = phrase.text
    candidates = [one for one in find_phrases(frame) if one.kind is not PhraseKind.TIME]
    if phrase.kind is PhraseKind.ATTRIBUTE and is_attribute(text):
        return _place_attribute(text, frame, candidates)
    owner = text[: phrase.attribute - phrase.start].removesuffix("的")
    bare = next((one for one in candidates if one.kind is PhraseKind.ATTRIBUTE), None)
    if (
        phrase.attribute < phrase.end
        and bare is not None
        and any(owner in one.text for one in candidates if one is not bare)
    ):
        return _place_attribute(text[phrase.attribute - phrase.start :], frame, [bare])
    target = _best(phrase, frame, candidates, embed)
    if target is not None:
        side = side_of(phrase, whole_name(phrase, target, frame), lambda others: nearest(text, others, embed))
        return _replace(phrase, side, frame)
    if bare is not None:
        return frame[: bare.start] + text + frame[bare.start :]
    if phrase.kind is PhraseKind.PLACE and candidates:
        start = after_leading_times(frame)
        return frame[:start] + text + frame[start:]
    return None


def _place_attribute(text: str, frame: str, candidates: list[Phrase]) -> str | None:
    for candidate in reversed(candidates):
        if candidate.attribute < candidate.end:
            tail = frame[candidate.end :]
            if re.match("为什么|为何|为啥", tail):
                tail = asked_of(text) + "?"
            if not text.endswith(frame[candidate.attribute : candidate.end][-1]):
                tail = _UNIT_AFTER.sub(lambda match: match["ask"], tail, count=1)
            return frame[: candidate.attribute] + text + tail
    topic = topic_of(frame)
    return f"{topic}的{text}{asked_of(text)}?" if topic else None


def _best(phrase: Phrase, frame: str, candidates: list[Phrase], embed: Embed | None) -> Phrase | None:
    fit = _FIT[phrase.kind]
    scored = [(max(fit.get(one.kind, 0.0), _head_fit(phrase, one)), one) for one in candidates]
    # The phrase that names the measured thing gives its place to another thing, never its attribute alone.
    scored = [(score, one) for score, one in scored if score > 0 and one.attribute > one.start]
    if not scored:
        return None
    if len(scored) == 1:
        return scored[0][1]
    closeness = _closeness(phrase.text, [one.text for _, one in scored], embed)
    alike = any(_shared_head(phrase.text, one.text) > 1 for _, one in scored)
    totals = []
    for (score, one), near in zip(scored, closeness, strict=True):
        # 检修工呢？ after 公司有多少船员 counts others, and is seldom another owner of the crew.
        counted = (0.3 if alike else 1.2) if _COUNTED.search(frame[: one.start]) else 0.0
        measured = 0.2 if one.attribute < one.end else 0.0
        # 国家 in 哪个国家 is what is asked for, seldom what is replaced.
        asked = 1.5 if _ASKED_FOR.search(frame[: one.start]) else 0.0
        # What 有多少 counts is nearer at hand than what it is part of: 粳稻 in 秋粮收购里粳稻有多少.
        subject = 1.2 if _SUBJECT_OF_COUNT.match(frame[one.end :]) else 0.0
        totals.append(-asked + score + near + counted + measured + subject + 0.5 * _shared_head(phrase.text, one.text))
    best = max(range(len(totals)), key=totals.__getitem__)
    return scored[best][1]


def _head_fit(phrase: Phrase, other: Phrase) -> float:
    """How well two phrases fit of which one names a kind of the other: 电动自行车 and 自行车."""
    named = phrase.text[: phrase.attribute - phrase.start].removesuffix("的")
    whole = other.text[: other.attribute - other.start].removesuffix("的")
    kind_of_it = min(len(named), len(whole)) > 1 and (named.endswith(whole) or whole.endswith(named))
    # The tagger tells no place by its ending alone where it does not know the name: 青榆坡乡.
    places = PLACE_ENDING.search(named) and PLACE_ENDING.search(whole) and len(named) > 2
    return _GOOD_FIT + 0.5 if kind_of_it or places else 0.0


def nearest(text: str, others: list[str], embed: Embed | None) -> int:
    """The index of the phrase nearest in meaning to ``text``; the first without embeddings."""
    closeness = _closeness(text, others, embed)
    return max(range(len(others)), key=closeness.__getitem__)


def _closeness(text: str, others: list[str], embed: Embed | None) -> list[float]:
    if embed is None:
        return [0.0] * len(others)
    vectors = np.asarray(embed([text, *others]), dtype=np.float32)
    # Cosines of short texts crowd together; stretched over their range they can tell candidates apart.
    cosines = vectors[1:] @ vectors[0]
    spread = float(cosines.max() - cosines.min())
    return [float(one) for one in (cosines - cosines.min()) / spread] if spread > 1e-6 else [0.0] * len(others)


def _shared_head(one: str, other: str) -> int:
    shared = 0
    while shared < min(len(one), len(other), 4) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    return shared


def _replace(phrase: Phrase, target: Phrase, frame: str) -> str:
    text, start, end = phrase.text, target.start, target.end
    names_attribute = phrase.attribute < phrase.end
    if not names_attribute and target.attribute < target.end and phrase.kind is not PhraseKind.ATTRIBUTE:
        # 燃油车呢？ after 新能源车产量 asks for the same side of another thing.
        end = target.attribute
        if frame[end - 1] == "的" and end - 1 > start:
            end -= 1
    elif names_attribute and target.attribute == target.end:
        # 新能源车的产量呢？ after a count of factories is a new thing to measure, no longer a count.
        return f"{without_question(frame[:start])}{text}{asked_of(text)}?"
    first = question_words(text)[0].text
    shared = frame.find(first, start, end)
    asks_for_all = names_attribute and _ASKS_FOR_ALL.match(text[phrase.attribute - phrase.start :])
    if names_attribute and shared > start and not asks_for_all:
        kept = frame[:shared] + text + frame[end:]
        if kept != frame:
            return kept
    before = frame[:start]
    if not names_attribute and text[-1] != target.text[-1]:
        # 家 counts firms, and not the buyers that take their place.
        before = _COUNTED_BY.sub(lambda match: match["ask"], before)
    result = before + text + frame[end:]
    if names_attribute and target.attribute < target.end and text[-1] != frame[target.end - 1]:
        cut = start + len(text)
        result = result[:cut] + _UNIT_AFTER.sub(lambda match: match["ask"], result[cut:], count=1)
    if (
        target.kind is PhraseKind.PERSON
        and phrase.kind in (PhraseKind.ORGANISATION, PhraseKind.THING)
        and re.search(r"是谁[？?]?$", result)
    ):
        result = result.replace("是谁", "是什么")
    elif (
        target.kind is not PhraseKind.PERSON
        and phrase.kind is PhraseKind.PERSON
        and re.search(r"是什么[？?]?$", result)
    ):
        result = result.replace("是什么", "是谁")
    return result
