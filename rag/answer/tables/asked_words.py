"""The words of a question as a table takes them, one after another, and those left that it says nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.answer.coverage import found
from rag.question.terms import Term, is_function_word, same_words
from rag.text.tokens import is_in_dictionary, tokenize
from rag.types import Span

_SAYS_NOTHING = ("x", "w", "u", "y", "e", "o", "p", "c", "r", "q")
_ASKS = re.compile(
    r"哪[一1]?[个条种类家所座款支位项只些样趟班年天]|哪[里儿]|[那这该][一1]?[个条种类家所座款支位项只些样趟班]|几点钟?|什么时候|什么地方|多少|几(?![号线])|第几|什么|啥|谁|怎么样|多[大高长重远久]"
)
_ONE_OF = re.compile(r"哪[一1]?[个种类款样](?P<thing>[\u4e00-\u9fff])")
_MODIFIES = frozenset("东南西北前后新老旧大小上下左右中外内总分副")
_DEGREE = re.compile("最.{1,2}")
_WANTS = re.compile(r"^[能可会要得该需应]+(?:以|够)?")
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "票价 车票 票 票钱",
        "首班 首班车 头班 头班车 早班车",
        "末班 末班车 尾班车",
        "终点 终点站 开往",
        "起点 起点站 始发 始发站 发车 出发 上车",
        "发车 开车 出发 开 发",
        "全程 里程 路程",
        "雨量 降雨 降雨量 降水 降水量 雨",
        "收入 卖 销售额 销售收入 营收 营业收入",
        "销量 销售量 卖",
        "成交量 成交 交易量",
        "积分 积 分",
        "胜 赢",
        "负 输",
        "客流 客流量 客运量 乘客",
        "教练 主教练 主帅",
        "负责人 主管",
        "面积 大小",
        "时长 时间",
        "联系电话 电话 号码",
        "本期 今年",
        "主讲人 主讲 讲",
        "地点 地方 场地",
        "价格 价 价钱 单价 售价",
        "品名 品种 品类 种类",
    )
)
"""Words in which a question and the head of a column mean the same."""


class AskedWords:
    """A folded question whose words are taken by the parts of a table that they speak of.

    Nothing is changed but what `take` marks; `copy` gives another to try with.
    """

    def __init__(self, text: str, taken: Iterable[bool] = ()) -> None:
        self.text = text
        self._taken = list(taken) or [False] * len(text)

    def copy(self) -> AskedWords:
        """The same words, as far as they are taken."""
        return AskedWords(self.text, self._taken)

    def take(self, span: Span) -> None:
        """Mark the characters of ``span``."""
        for at in range(span.start, span.end):
            self._taken[at] = True

    def take_matches(self, pattern: re.Pattern[str]) -> bool:
        """Mark whatever ``pattern`` finds among what is left; whether it finds anything."""
        matches = [match for match in pattern.finditer(self.text) if match.group() and self._is_free(*match.span())]
        for match in matches:
            self.take(Span(*match.span()))
        return bool(matches)

    def take_head(self, measure: str) -> int:
        """Mark what is left of the words of a column's ``measure``; how many of its characters the question says."""
        said: set[int] = set()
        for word, at in _words_of(measure):
            for form in sorted({word, *_alike(word)}, key=lambda form: (-len(form), form)):
                place = self._find(form)
                if place >= 0:
                    self.take(Span(place, place + len(form)))
                    said.update(range(at, at + len(word)))
                    break
        return len(said)

    @property
    def rest(self) -> str:
        """What is left, with a space for what is taken."""
        return "".join(" " if taken else one for one, taken in zip(self.text, self._taken, strict=True))

    def unsaid(self, near: Sequence[str], around: Sequence[str], title: str, allowed: frozenset[str]) -> list[str]:
        """The words left that nothing accounts for.

        Args:
            near: the texts of the head, the label and the row: any word of theirs will do.
            around: the lines over the table: words of two characters will do, and verbs.
            title: where the article begins; only names may be taken from it.
            allowed: words that go without saying with a figure of this unit.
        """
        left = AskedWords(self.text, self._taken)
        for match in _ONE_OF.finditer(self.text):
            alone = tokenize(self.text[match.start("thing") :])[0].text == match["thing"]
            if alone and any(match["thing"] in text for text in around):
                left.take(Span(*match.span("thing")))
        left.take_matches(_ASKS)
        return [
            word
            for word, tag in left._words()
            if not (
                tag.startswith(_SAYS_NOTHING)
                or is_function_word(word)
                or word in allowed
                or _accounts(word, tag, near, around, title)
                or _is_run_together(word, near[:2], allowed)
            )
        ]

    def is_modified(self, span: Span) -> bool:
        """Whether a character that tells it apart stands right before ``span``, untaken: 南白沙 is not 白沙."""
        at = span.start - 1
        return at >= 0 and not self._taken[at] and self.text[at] in _MODIFIES

    def _words(self) -> Iterable[tuple[str, str]]:
        for chunk in self.rest.split():
            for token in tokenize(chunk):
                word = _WANTS.sub("", token.text)
                if word and word.isalnum():
                    # 能报 is no noun, whatever the tagger takes it for.
                    yield word, token.tag if word == token.text else "v"

    def _is_free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])

    def _find(self, word: str) -> int:
        at = self.text.find(word)
        while at >= 0 and not self._is_free(at, at + len(word)):
            at = self.text.find(word, at + 1)
        return at


def _words_of(measure: str) -> list[tuple[str, int]]:
    """The words of a head, longest first, with where they stand: all of it, then its runs of tokens."""
    tokens = [token for token in tokenize(measure) if token.text.strip()]
    runs = {
        (measure[first.start : last.end], first.start)
        for place, first in enumerate(tokens)
        for last in tokens[place:]
        if (len(measure[first.start : last.end]) > 1 or len(measure) == 1)
        and not _DEGREE.fullmatch(measure[first.start : last.end])
    }
    return sorted(runs, key=lambda run: -len(run[0]))


def _alike(word: str) -> tuple[str, ...]:
    others = {other for group in _ALIKE if word in group for other in group}
    others.update(other for other in same_words(word) if len(other) > 1)
    return tuple(sorted(others - {word}, key=len, reverse=True))


def _is_run_together(word: str, heads: Sequence[str], allowed: frozenset[str]) -> bool:
    """Whether the tagger has made one word of two characters that each go without saying: 线去 in 哪条线去."""
    if len(word) != 2 or is_in_dictionary(word):
        return False
    return all(is_function_word(one) or one in allowed or any(one in head for head in heads) for one in word)


def _accounts(word: str, tag: str, near: Sequence[str], around: Sequence[str], title: str) -> bool:
    others = same_words(word) if tag.startswith("n") else ()
    term = Term(tuple(dict.fromkeys((word, *_alike(word), *others))), tag, 0, is_name=False)
    if len(word) == 1:
        return any(word in text for text in near) or (tag.startswith("v") and any(word in text for text in around))
    if any(found(term, text) for text in (*near, *around)):
        return True
    is_name = tag.startswith(("nr", "ns", "nt", "nz")) or not is_in_dictionary(word)
    return is_name and word in title
