"""Whose figure or place it is where a relative of somebody is spoken of: the father's age is not the daughter's."""

from __future__ import annotations

import re

from rag.answer.evidence import Sentence, last_sentence
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.surnames import looks_like_person
from rag.text.tokens import tokenize

_SAME = (
    "父亲 爸爸 老爸 爸 爹 老爹",
    "母亲 妈妈 老妈 妈 娘",
    "爷爷 祖父",
    "奶奶 祖母",
    "外公 姥爷 外祖父",
    "外婆 姥姥 外祖母",
    "丈夫 老公 爱人 老伴",
    "妻子 老婆 媳妇 爱人 老伴 太太",
    "儿子 孩子 娃 小孩",
    "女儿 闺女 孩子 娃 小孩",
    "孩子 娃 小孩 儿子 女儿 闺女",
    "哥哥 大哥",
    "弟弟",
    "姐姐 大姐",
    "妹妹",
    "孙子 孙儿",
    "孙女",
    "外孙",
    "外孙女",
    "侄子 侄儿",
    "侄女",
    "外甥",
    "外甥女",
    "女婿",
    "儿媳 儿媳妇",
    "岳父 丈人",
    "岳母 丈母娘",
    "徒弟 学徒 弟子",
    "师父 师傅",
)
_CALLED = {words.split()[0]: tuple(words.split()) for words in _SAME}
_CALLED |= {word: words for words in _CALLED.values() for word in words if word not in _CALLED}
_RELATIVE = "|".join(sorted(_CALLED, key=len, reverse=True))
_ASKED = re.compile(
    rf"(?P<owner>[\u4e00-\u9fff·]{{0,4}}?)(?:的|他|她|[我你](?!们))(?P<relative>{_RELATIVE})(?![们节亲])"
)
_BEHIND_A_NAME = rf"(?P<owner>[\u4e00-\u9fff]{{%d}})(?P<relative>{_RELATIVE})(?![们节亲])"
_CALLED_SO = re.compile(rf"(?P<relative>{_RELATIVE})(?:是|叫|名叫)?[,，“]?$")
_ALSO_PLAIN = frozenset("孩子 娃 小孩 师傅 徒弟".split())
_ACTS = frozenset("种养吹教学做修打写画唱弹跳跑领得卖买开带管铸雕编织酿")
_AGES = re.compile(r"多大|多高|以[下上]|岁")
_NEAR = 12
_OF_ONE = (AnswerKind.QUANTITY, AnswerKind.DATE, AnswerKind.PLACE, AnswerKind.POSITION)
_RELATIVE_BEHIND = re.compile(rf"的(?:{_RELATIVE})(?![们节])")
_BEGINS_A_CLAUSE = re.compile(r"(?:^|[,，。;；!！?？:：“”\"\s])$")
_HIMSELF = re.compile("[他她自]")
_NEAR_BEHIND = re.compile("[^,，。;；、]{0,8}")
_SHORTEST_NAME = 2


def is_of_another_relative(focus: Focus, sentence: Sentence, start: int, end: int) -> bool:
    """Whether ``sentence`` tells what stands at ``start`` to ``end`` of another than is asked.

    That is the person where his relative is asked, or a relative where the person is. Asked for a relative, a text
    that speaks of none tells nothing.
    """
    if focus.kind is AnswerKind.PERSON:
        return _is_another_one(focus, sentence, start, end)
    if focus.kind not in _OF_ONE:
        return False
    asked = _asked_relative(focus.wording)
    if asked is not None and _is_plain(asked):
        return False
    before = f"{last_sentence(sentence)}\n{sentence.folded[:start]}"
    if asked is None:
        return _tells_of_relative(focus.wording, sentence, start)
    words = _CALLED[asked["relative"]]
    told = max(before.rfind(word) for word in words)
    if told < 0:
        near = _NEAR_BEHIND.match(sentence.folded, end)
        return near is None or not any(word in near.group() for word in words)
    owner = asked["owner"]
    names = [owner[at:] for at in range(len(owner) - _SHORTEST_NAME + 1)]
    return any(_begins_clause_alone(name, before, told) for name in names)


def _is_another_one(focus: Focus, sentence: Sentence, start: int, end: int) -> bool:
    """Whether somebody's mother is asked for and the name is that of his wife, or of nobody's mother at all."""
    asked = _asked_relative(focus.wording)
    if asked is None:
        return False
    words = _CALLED[asked["relative"]]
    if _is_plain(asked):
        told = f"{last_sentence(sentence)}\n{sentence.folded}"
        return asked["owner"][0] not in told
    called = _CALLED_SO.search(sentence.folded[:start])
    if called is not None:
        return called["relative"] not in words
    near = f"{last_sentence(sentence)}\n{sentence.folded[:end]}{sentence.folded[end : end + _NEAR]}"
    return not any(word in near for word in words)


def _asked_relative(wording: str) -> re.Match[str] | None:
    return _ASKED.search(wording) or _asked_of_a_name(wording)


def _is_plain(asked: re.Match[str]) -> bool:
    """Whether a child or a master is nobody's: one who does something or is of some age (种兰花的师傅)."""
    if asked["relative"] not in _ALSO_PLAIN or not asked["owner"]:
        return False
    if _AGES.search(asked["owner"]):
        return True
    first = tokenize(asked["owner"])[0]
    acts = first.tag.startswith("v") or first.text[0] in _ACTS
    return acts and not looks_like_person(asked["owner"]) and len(asked["owner"]) > 1


def _asked_of_a_name(wording: str) -> re.Match[str] | None:
    """A relative asked right behind a full name: 何远女儿多大."""
    matches = (match for length in (3, 2) for match in re.finditer(_BEHIND_A_NAME % length, wording))
    return next((match for match in matches if looks_like_person(match["owner"])), None)


def _begins_clause_alone(person: str, text: str, after: int) -> bool:
    """Whether a clause of ``text`` behind ``after`` begins with ``person``, and not with a relative of his."""
    return any(
        _BEGINS_A_CLAUSE.search(text[: match.start()]) and not _RELATIVE_BEHIND.match(text, match.end())
        for match in re.finditer(re.escape(person), text)
        if match.start() > after
    )


def _tells_of_relative(wording: str, sentence: Sentence, start: int) -> bool:
    """Whether the clause up to ``start`` tells of a relative of whom ``wording`` names, and comes to nobody else."""
    clause = next((span for span in sentence.clauses if span.start <= start < span.end), None)
    told = sentence.folded[clause.start : start] if clause else sentence.folded[:start]
    relative = next(iter(_RELATIVE_BEHIND.finditer(told)), None)
    if relative is None or _HIMSELF.search(told, relative.end()):
        return False
    owner = told[: relative.start()][-_SHORTEST_NAME:]
    return len(owner) == _SHORTEST_NAME and owner in wording
