"""Answers to another question in the same words: how many for what share, when for how long, with it for without it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.question.kinds import IDENTIFIER, AnswerKind
from rag.question.units import CLOCK, MONEY, RATE_UNITS, is_of_another_kind
from rag.text.normalise import arabic_numerals, fold
from rag.text.numbers import find_quantities

_AMOUNT_IN_WORDS = re.compile(r"\d|[一二三四五六七八九十百千万亿两半几双]|全|零|没|无|免|不|翻|数|多|少|时|点")
_WHICH = re.compile(r"哪(?P<several>\d+[\u4e00-\u9fff]{1,8})")
_NAMED = (AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.ORGANISATION)
_ASKS_COUNTRY = re.compile(r"哪[一1]?(?:个)?国")
_NO_COUNTRY = re.compile(r"外国|国外|海外|各国|国内|境外|全球|世界")
_ASKS_LINE = re.compile(r"[哪几](?:[一1]?[路趟班](?:公交|车|地铁)|[一1]?条线路?|号线)")
_NAMES_LINE = re.compile(r"\d|[路线]|[一二三四五六七八九十]")
_SCHOOL_YEAR = re.compile(r"[初高大][一二三四]")
_ASKS_SHARE = re.compile(r"百分之(?:几|多少)|百分比|占比|几成|\bpercent")
_SHARES = RATE_UNITS | {"倍", "折", "‰", ""}
_ASKS_DURATION = re.compile(r"[几多少](?:个)?(?:小时|钟头)|多长时间|多久")
_ASKS_COUNT = re.compile(r"(?:多少|几)[个家名位份台辆条座件本张棵头只艘场次间所户栋项种套部支人](?![钱元])")
_BEHIND_EVERY = re.compile(r"^[一1]?(?:趟|班|次|列|场|轮)")
_EVERY = re.compile(r"每|天天|逐")
_ASKS_HOW_OFTEN = re.compile(r"[一1][趟班次列场轮回]|间隔|每隔|隔(?:多久|几|多长)|频率|频次|多久有")
_HOW_LONG_BETWEEN = re.compile(r"(?:多久|多长时间)[^,，。;；花用]{0,4}?[一1][次回趟班](?![的性])")
_BETWEEN = re.compile(r"(?:每|隔|间隔|周期)[^,，。;；]{0,4}$")
_ONCE_BEHIND = re.compile(r"[^,，。;；]{0,8}?[一1](?:趟|班|次|回|届|列|轮|遍|个|场)")
_WITHOUT = re.compile(
    r"(?<![是能会要可有来去对好多少大小高长一])[不未没](?!是|会|能|要|可|少|超|到|足|同|断|仅|如|过(?!夜)|得|了|有|止|等|在|准|想|用|知|管)"
    r"(?P<done>[\u4e00-\u9fff]{2})"
)
_NO_MORE = re.compile(r"[不没]|只[得好能]|难")
_SO = re.compile(r".{0,6}(?:因此|因而|所以|于是|从而|为此)")
_ASKS_OF_BEFORE = re.compile(r"以前|从前|之前|原来|过去|原先|曾经?")
_TELLS_OF_BEFORE = re.compile(r"曾|过|以前|从前|之前|原|退|前")
_FOR_WHAT = "咨询|联系|服务|预约|报名|订票|投诉|监督"
_OWNED_NUMBER = re.compile(
    rf"(?P<owner>(?!(?:{_FOR_WHAT}){IDENTIFIER})[\u4e00-\u9fff]{{2,8}}?)的?(?:{_FOR_WHAT})?{IDENTIFIER}(?:是|为)?:?\s*$"
)
_OURS = re.compile(r"[本我该]|拨打|致电|欢迎|如有")
_DIMENSION = re.compile(r"有?多(?P<word>[长高宽深重厚])")
_TOLD_DIMENSION = re.compile(r"(?<![延增加])(?P<word>[长高宽深厚])(?:度|达|约|近|为|是)*$")
_HOW_FAR = re.compile(r"(?:离|距离?)[^,，。;；\d]{1,10}$")
_UPRIGHT = frozenset("高深厚")
_NEAR = 3


def answers_another_question(focus: Focus, candidate: Candidate) -> bool:
    """Whether the form of ``candidate`` shows that it answers another question than the asked one."""
    return (
        _no_amount(focus, candidate)
        or _another_dimension_told(focus, candidate)
        or _in_another_measure(focus, candidate)
        or _an_echo(focus, candidate)
        or _an_amount_for_a_share(focus, candidate)
        or _with_for_without(focus, candidate)
        or _effect_for_reason(focus, candidate)
        or _post_of_today(focus, candidate)
        or _number_of_another(focus, candidate)
    )


def is_another_dimension(focus: Focus, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether one of ``others`` is 长62米 where 多长 is asked, and ``candidate`` 30米 of something else."""
    asked = _DIMENSION.search(focus.wording)
    if asked is None or focus.kind is not AnswerKind.QUANTITY or _is_called(candidate, asked["word"]):
        return False
    return any(_is_called(other, asked["word"]) for other in others)


def _another_dimension_told(focus: Focus, candidate: Candidate) -> bool:
    """Whether 多高 is asked and the figure is said to be a length: 渡槽长386米, or a distance."""
    asked = _DIMENSION.search(focus.wording)
    figure = candidate.figure
    if asked is None or figure is None or focus.kind is not AnswerKind.QUANTITY:
        return False
    before = figure.sentence.folded[: figure.quantity.start]
    if asked["word"] in _UPRIGHT and _HOW_FAR.search(before):
        return True
    told = _TOLD_DIMENSION.search(before)
    return told is not None and told["word"] != asked["word"]


def _is_called(candidate: Candidate, word: str) -> bool:
    figure = candidate.figure
    if figure is None:
        return False
    return word in figure.sentence.folded[max(0, figure.quantity.start - _NEAR) : figure.quantity.start]


def _no_amount(focus: Focus, candidate: Candidate) -> bool:
    """Whether a quantity in a unit is asked (多少人), and there is no number, nor a word for all, half or none."""
    if focus.kind is not AnswerKind.QUANTITY or not focus.units or candidate.figure is not None:
        return False
    if _ASKS_DURATION.search(focus.wording) and _ASKS_HOW_OFTEN.search(focus.wording) and _EVERY.search(candidate.text):
        return False
    return not _AMOUNT_IN_WORDS.search(_SCHOOL_YEAR.sub("", candidate.text)) and not find_quantities(candidate.text)


def _in_another_measure(focus: Focus, candidate: Candidate) -> bool:
    """Whether 多少钱 or 几公里 is asked and a share, a weight or the like is given."""
    figure = candidate.figure
    if figure is None or focus.kind is not AnswerKind.QUANTITY:
        return False
    return is_of_another_kind(figure.quantity.unit, focus.wording, focus.units)


def _an_echo(focus: Focus, candidate: Candidate) -> bool:
    """Whether the candidate only says again what is asked for: 三个村 for 哪三个村; or is one character of a name."""
    words = arabic_numerals(fold(candidate.text.strip()))
    if _ASKS_COUNTRY.search(focus.wording) and _NO_COUNTRY.fullmatch(words):
        return True
    if _ASKS_LINE.search(focus.wording) and not _NAMES_LINE.search(words):
        return True
    if focus.kind in _NAMED and len(words) == 1 and not words.isdigit():
        return True
    which = _WHICH.search(arabic_numerals(focus.wording))
    return which is not None and bool(words) and which["several"].startswith(words)


def _an_amount_for_a_share(focus: Focus, candidate: Candidate) -> bool:
    figure = candidate.figure
    if figure is None or focus.kind is not AnswerKind.QUANTITY:
        return False
    if _ASKS_SHARE.search(focus.wording):
        return figure.quantity.unit not in _SHARES
    if _ASKS_COUNT.search(focus.wording) and figure.quantity.unit in MONEY:
        return True
    if not _ASKS_DURATION.search(focus.wording):
        return False
    if figure.quantity.unit in CLOCK:
        return True
    if _HOW_LONG_BETWEEN.search(focus.wording):
        return not _tells_interval(figure)
    return _tells_how_often(figure) and not _ASKS_HOW_OFTEN.search(focus.wording)


def _tells_how_often(figure: Figure) -> bool:
    """Whether a figure is the time from one to the next: 20分钟一趟, 每隔20分钟."""
    folded, quantity = figure.sentence.folded, figure.quantity
    return bool(_BEHIND_EVERY.match(folded[quantity.end :])) or folded[: quantity.start].endswith(("每", "每隔"))


def _tells_interval(figure: Figure) -> bool:
    """Whether a figure tells how long it is from one time to the next, and not how long something lasts."""
    folded, quantity = figure.sentence.folded, figure.quantity
    return bool(_BETWEEN.search(folded[: quantity.start]) or _ONCE_BEHIND.match(folded[quantity.end :]))


def _with_for_without(focus: Focus, candidate: Candidate) -> bool:
    """Whether the question says 不过夜 and the clause of the candidate 过夜.

    A reason tells first what was done, then that it is no more: 撑船时遇上大浪就掉头 for 为什么不撑船.
    """
    sentence, at = candidate.sentence, candidate.within.start
    clause = next((span for span in sentence.clauses if span.start <= at < span.end), None)
    told = sentence.folded[clause.start : clause.end] if clause else sentence.folded
    for match in _WITHOUT.finditer(focus.wording):
        done = match["done"]
        if focus.kind is AnswerKind.REASON and _NO_MORE.search(told):
            continue
        if done in told and not re.search(f"[不未没非无]{done}", told):
            return True
    return False


def _effect_for_reason(focus: Focus, candidate: Candidate) -> bool:
    return focus.kind is AnswerKind.REASON and bool(_SO.match(candidate.text))


def _post_of_today(focus: Focus, candidate: Candidate) -> bool:
    """Whether the post that stands before a name is given where it is asked what one did before."""
    if focus.kind is not AnswerKind.POSITION or not _ASKS_OF_BEFORE.search(focus.wording):
        return False
    behind = candidate.sentence.folded[candidate.within.end :][:3]
    is_before_a_name = len(behind) > 1 and any(behind.startswith(focus.wording[at : at + 2]) for at in range(2))
    return is_before_a_name and not _TELLS_OF_BEFORE.search(candidate.text)


def _number_of_another(focus: Focus, candidate: Candidate) -> bool:
    """Whether a telephone number or the like is told of 总馆, and the question asks for that of something else."""
    asked = re.search(IDENTIFIER, focus.wording)
    if asked is None:
        return False
    told = _OWNED_NUMBER.search(candidate.sentence.folded[: candidate.within.start])
    if told is None or _OURS.search(told["owner"]) or told["owner"] in focus.wording:
        return False
    owners = [term for term in focus.terms if term.start < asked.start() and term.is_noun]
    owners = [term for term in owners if not re.fullmatch(rf"(?:{_FOR_WHAT})?(?:{IDENTIFIER})?", term.text)]
    known = f"{told['owner']}\n{candidate.sentence.heading}"
    return bool(owners) and not any(found(term, known) for term in owners)
