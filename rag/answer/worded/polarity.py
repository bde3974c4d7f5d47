"""Whether a sentence says yes where its source says no, or up where that says down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from rag.text.normalise import fold
from rag.text.tokens import Token, tokenize

_NEGATIONS = frozenset(
    "不 没 没有 未 无 非 别 勿 莫 不是 并非 并不 并未 并没有 尚未 尚无 从未 从不 未能 未曾 不曾 不能 不会 不再 不得 "
    "不可 不用 不必 不需 无法 无须 无需 毫无 毫不 绝不 绝非 决不 not no never".split()
)
_OPENING = frozenset({"", "“", "「", "『", "《", "(", "（", '"'})
_WORDS_BETWEEN = frozenset("的 地 得 了 着 过 也 都 再 曾 能 会 可 被 把 对 在 向 与 和 完全 真正 直接 单独".split())


def changed_polarity(said: str, sources: Sequence[str]) -> str:
    """The word whose negation ``said`` adds, drops, or turns into its opposite; "" where it keeps all.

    Args:
        said: a sentence of an answer.
        sources: the sentences of the article that it rests on.

    Example:
        >>> changed_polarity("项目没有完成。", ["项目已经完成。"]), changed_polarity("产量增长。", ["产量下降。"])
        ('完成', '增长')
    """
    folded = fold(said)
    theirs = [fold(source) for source in sources]
    ours, source_words = list(_words(folded)), [word for source in theirs for word in _words(source)]
    for word, negated in ours:
        held = [other for text, other in source_words if _alike(word, text)]
        if negated and not any(held):
            return word
        if not negated and held and all(held):
            return word
    text = "\n".join(theirs)
    for word, opposites in antonyms().items():
        if word in folded and word not in text:
            for opposite in opposites:
                if opposite in text and opposite not in folded:
                    return word
    return ""


def _words(folded: str) -> Iterator[tuple[str, bool]]:
    """The content words of a sentence, each with whether it is negated."""
    negated = False
    for token in tokenize(folded):
        text = token.text.strip()
        if text in _NEGATIONS:
            negated = not negated
        elif text and text not in _WORDS_BETWEEN and not _is_mark(token):
            yield text, negated
            negated = False
        elif _is_mark(token) and text not in _OPENING:
            negated = False


def _is_mark(token: Token) -> bool:
    return not any(character.isalnum() for character in token.text)


def _alike(word: str, other: str) -> bool:
    return word == other or (len(word) > 1 and len(other) > 1 and (word in other or other in word))


@lru_cache(maxsize=1)
def antonyms() -> dict[str, tuple[str, ...]]:
    """For each word of ``antonyms.txt``, its opposites."""
    pairs: dict[str, list[str]] = {}
    for line in files("rag.answer.worded").joinpath("antonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, right = (side.split() for side in line.split("|"))
            for words, others in ((left, right), (right, left)):
                for word in words:
                    pairs.setdefault(word, []).extend(others)
    return {word: tuple(others) for word, others in pairs.items()}
