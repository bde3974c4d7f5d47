"""Names that a passage takes for granted: the title or the first lines of its article have said whom it speaks of.

A visitor asks 锐澜光学去年营收多少; the article names the firm once and goes on with 公司, or with nothing at all. A
reader that has learnt to distrust a passage without the asked name refuses it. Whether another firm is spoken of is
checked afterwards, by rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.question.full_names import name_spans
from rag.question.phrase_words import ORGANISATION_ENDING, PLACE_ENDING
from rag.question.terms import is_measured
from rag.text.dates import find_times
from rag.text.normalise import fold
from rag.text.numbers import find_quantities
from rag.text.tokens import Token, is_in_dictionary, tokenize_apart

_NAME_TAGS = ("ns", "nt", "nz")
_NOUN_TAGS = ("n", "j", "s")
_GOES_ON = frozenset("到 至 和 与 跟 同 比 去 往 飞 及 或 以 、 - — · 》 」 ” 东 南 西 北".split())
"""What shows that a name in front is one of several, or an end of a way, and no topic."""
_MOST_WORDS = 4
_FACILITY = re.compile(
    r"..(?:公司|集团|大学|学院|医院|馆|站|中心|学校|小学|中学|幼儿园|协会|合作社|剧团|乐团|书店|酒店|客栈|公园|景区|寺)$"
)
"""How a name of common words ends that can be the subject of an article: 白鹭驿站, 向阳书店."""
_MAY_COME_BEFORE = frozenset("在 请问 的 , 年 月 日 为什么 为何 关于 对于 问".split())


def leave_out_granted(question: str, passage: str, introduced: str, people: Collection[str] = ()) -> str:
    """``question`` without the names that it begins with, where ``introduced`` holds them and ``passage`` does not.

    Its times may stand before them. A name is a place, an organisation, or a word that is in no dictionary with the
    noun behind it.

    Args:
        question: the standalone question.
        passage: the text to be read, with its title.
        introduced: what the article begins with, see `rag.index.introduction`.
        people: full names that the article has, of which none is left out.

    Example:
        >>> leave_out_granted("锐澜光学去年的营收是多少", "公司去年营收9亿元。", "锐澜光学发布年报")
        '去年的营收是多少'
    """
    of_people = {span.start for span in name_spans(question, people)}
    folded, before, here = fold(question), fold(introduced), fold(passage)
    stated = [(time.start, time.end) for time in find_times(question, None)]
    stated += [(quantity.start, quantity.end) for quantity in find_quantities(question)]
    tokens = [
        token
        for token in tokenize_apart(question, stated)
        if not any(first <= token.start and token.end <= last for first, last in stated)
    ]
    position = 0
    while position < len(tokens):
        if tokens[position].start in of_people:
            break
        end = _name_end(tokens, position, folded, before)
        if end == position:
            word = fold(tokens[position].text).strip()
            if word and word not in _MAY_COME_BEFORE:
                break
            position += 1
            continue
        first, last = tokens[position].start, tokens[end - 1].end
        goes_on = folded[last : last + 1] in _GOES_ON and not any(start == last for start, _ in stated)
        if folded[first:last] in here or goes_on or folded[:first].endswith("《"):
            break
        if question[last:].startswith("的"):
            last += 1
        return leave_out_granted(question[:first] + question[last:], passage, introduced, people)
    return question


def _name_end(tokens: Sequence[Token], first: int, folded: str, introduced: str) -> int:
    """Where the name that begins with the token ``first`` ends; ``first`` where none does."""
    start = tokens[first]
    is_new = not start.text.isascii() and not is_in_dictionary(start.text)
    if len(start.text) < 2:
        return first
    if not (is_new or start.tag in _NAME_TAGS):
        return _subject_end(tokens, first, folded, introduced)
    end = first + 1 if start.tag in _NAME_TAGS and start.text in introduced else first
    for position in range(first + 1, len(tokens)):
        token, name = tokens[position], folded[start.start : tokens[position].end]
        if name not in introduced or is_measured(token.text) or token.start != tokens[position - 1].end:
            break
        if not token.tag.startswith(_NOUN_TAGS):
            continue
        if (position == first + 1 and is_new) or ORGANISATION_ENDING.search(name) or PLACE_ENDING.search(name):
            end = position + 1
    return end


def _subject_end(tokens: Sequence[Token], first: int, folded: str, introduced: str) -> int:
    """Where a name of common words ends that a line of ``introduced`` begins with; ``first`` where none does."""
    for position in range(first + 1, min(len(tokens), first + _MOST_WORDS)):
        if tokens[position].start != tokens[position - 1].end:
            break
        name = folded[tokens[first].start : tokens[position].end]
        if _FACILITY.search(name) and re.search(rf"(?:^|\n){re.escape(name)}[(（,，是位在]", introduced):
            return position + 1
    return first
