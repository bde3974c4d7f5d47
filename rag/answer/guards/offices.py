"""Whether a person holds the asked office: 局长 in 教育局局长是谁, and of the asked body."""

from __future__ import annotations

import re

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.question.focus import Focus
from rag.text.tokens import tokenize
from rag.types import Span

_OFFICE = re.compile(r"长|主任|经理|书记|总监|主席|总裁|教练|负责人")
_OFFICE_ASKED = re.compile(
    rf"((?:常务)?副?\w{{0,2}}(?:{_OFFICE.pattern}))(?:现在|目前|那时|当时)?(?:是|叫)(?:谁|什么(?:名字)?|啥|哪)|"
    rf"(?:谁|哪[一1]?位)是\w{{0,10}}?((?:常务)?副?\w{{0,2}}(?:{_OFFICE.pattern}))[?？]?$"
)
_HEAD_ASKED = re.compile(r"[一1]把手|当家的|掌门人|(?<!副)负责人")
_DEPUTY = re.compile(r"副\w{0,2}(?:长|主任|经理|书记|总监|主席|总裁|教练)$")
_SAYS = r"(?:不是[^,，。;；、]{1,12}[,，]而)?(?:是|叫)(?:[^,，。;；、]{0,20}|[^,，。;；、]{1,10}[,，]名?叫)$"
_IS = re.compile(rf"(?<=长|员){_SAYS}|(?<=主任|经理|书记|总监|主席|总裁|教练){_SAYS}")
_ALSO = re.compile(r"、[^、,，。;；]{0,10}$")
_NO_LONGER = re.compile(r"(?:副|代|前任|前|原)\w{0,5}$")
_OFFICE_HELD = re.compile(r"(?:[正副总主常务第一]{0,3})(?:\w长|主任|经理|书记|总监|主席|总裁|教练|负责人)$")
_NOMINAL = ("n", "j", "x", "s", "vn", "b", "zg")
_TITLES_ONLY = re.compile(r"[党组委支]+|[一二两三四五六七八九十\d]+")


def holds_office(focus: Focus, sentence: Sentence, answer: Span) -> bool:
    """Whether the asked office (局长 in 教育局局长是谁) stands right before the name, or is taken up after it.

    Between the two there may be what else the person is (局长、诗人何远), but no second office. 副局长 is no 局长, and
    who was it before is not who is.
    """
    match = _OFFICE_ASKED.search(focus.wording)
    if match is None:
        return not (_HEAD_ASKED.search(focus.wording) and _DEPUTY.search(sentence.folded[: answer.start]))
    office = (match.group(1) or match.group(2)).lstrip("的")
    before, behind = _up_to_office(sentence.folded[: answer.start]), sentence.folded[answer.end : answer.end + 24]
    takes_up = rf"[^,，。;；]{{0,12}}(?:任|当选|出任|担任|就任|当|是|为)[^,，。;；]{{0,8}}{re.escape(office)}"
    if re.match(takes_up, behind):
        return True
    forms = [office[office.find("副") :]] if "副" in office else [office[i:] for i in range(len(office) - 1)]
    also = _ALSO.search(before)
    places = [before] if also is None or _OFFICE.search(also.group()) else [before, before[: also.start()]]
    return any(
        place.endswith(form) and not _NO_LONGER.search(place[: -len(form)]) for place in places for form in forms
    )


def of_another_body(focus: Focus, sentence: Sentence, answer: Span) -> bool:
    """Whether the asked office stands before ``answer`` as that of another body: 石板乡队主教练 for 白鹭镇队主教练.

    Nothing is said where no body stands before the office, or the question names none.
    """
    match = _OFFICE_ASKED.search(focus.wording)
    if match is None:
        return False
    group = 1 if match.group(1) else 2
    begins = match.start(group) + len(match.group(group)) - len(match.group(group).lstrip("的"))
    asked = [term for term in focus.terms if term.is_noun and len(term.text) > 1 and term.start < begins]
    before = _up_to_office(sentence.folded[: answer.start])
    held = _OFFICE_HELD.search(before)
    body = _nominal_end(before[: held.start()].removesuffix("的")) if held else ""
    return bool(asked) and len(body) > 1 and not any(found(term, body) or body in term.text for term in asked)


def _up_to_office(before: str) -> str:
    """``before``, or what of it stands up to an office that it says the one behind it to hold: 校长是个大嗓门,叫.

    What he is else may stand between, but no other office.
    """
    says = _IS.search(before)
    return before[: says.start()] if says and not _OFFICE.search(says.group()) else before


def _nominal_end(text: str) -> str:
    """The nouns that ``text`` ends with, as one run."""
    start = len(text)
    for token in reversed(tokenize(text[-24:])):
        if not token.tag.startswith(_NOMINAL) or not token.text.strip() or not token.text[0].isalnum():
            break
        start -= len(token.text)
    run = text[start:]
    return "" if _TITLES_ONLY.fullmatch(run) else run
