"""Who only says something about what was done: 馆长何远说,利润奖给设计团队 tells not who designed."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.question.focus import Focus
from rag.question.kinds import SPEECH_VERBS, AnswerKind

_SAYS = re.compile(rf"[^,，。;；、]{{0,6}}?(?:{SPEECH_VERBS}|认为|觉得|提醒|估计|预计)")
_OF_HIMSELF = re.compile("[我他她咱]|自己")
_ASKS_OF_WORDS = re.compile(
    rf"{SPEECH_VERBS}|[说讲提问劝骂夸嫌]|觉得|认为|提醒|估计|预计|主张|反对|赞[成同]|建议|担心|希望|要求|批评|评价|形容|抱怨|推测|判断|支持"
)
_DONE_BY = re.compile(r"是(?:谁|哪[一1]?位|哪个人)[^,，。?？]{1,8}的")
_HOLDS = re.compile("负责|主管|分管|领导|担任|主持|管|当|任")
"""What an office says of its holder without naming it."""


def only_speaks_of_it(focus: Focus, candidate: Candidate) -> bool:
    """Whether who did something is asked, and the person is only the one who says something, maybe of just that.

    What one says of oneself may answer, as may a name that words of the question stand before (编舞的何远说).
    """
    if focus.kind is not AnswerKind.PERSON or _ASKS_OF_WORDS.search(focus.wording):
        return False
    asks_of_deed = _DONE_BY.search(focus.wording) or any(term.tag.startswith("v") for term in focus.terms)
    if not asks_of_deed or _HOLDS.search(focus.wording):
        return False
    sentence, within = candidate.sentence, candidate.within
    says = _SAYS.match(sentence.folded, within.end)
    if says is None or _OF_HIMSELF.search(sentence.folded, says.end()):
        return False
    return not any(found(term, sentence.folded[: within.start]) for term in focus.terms if not term.is_name)
