"""Words of Chinese text, with exact offsets and parts of speech, and the keywords for BM25 (rjieba)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import rjieba

from rag.text.common_words import corrected_tag
from rag.text.folding import fold
from rag.text.guessed_names import joined
from rag.text.normalise import arabic_numerals

FUNCTION_WORDS = frozenset(
    """
    的 地 得 了 着 过 在 是 和 与 及 或 而 且 则 但 又 也 都 就 才 还 更 最 很 把 被 让 将 对 向 从 由 到 于 以 为
    之 其 此 这 那 该 各 每 某 吗 呢 吧 啊 呀 么 嘛 哦 哪 谁 几 何 啥 有 没 不 所 等 等等 以及 并 并且 并非 因为
    所以 如果 但是 而且 或者 还是 不是 就是 也是 都是 这个 那个 这些 那些 这样 那样 这里 那里 这次 什么 多少 怎么
    怎样 如何 为什么 为何 哪些 哪个 哪里 哪儿 哪家 几个 多大 多高 多长 多久 是否 有没有 是不是 能否 请问 告诉 一下
    我 你 您 他 她 它 我们 你们 他们 它们 咱们 一个 一种 一些 已 已经 曾 正 正在 会 能 可 可以 的话 关于 对于 根据
    按照 通过 其中 同时 以来 之间 左右 a an the of in on at to for and or is are was were be by with what which who
    how
    """.split()
)
"""Words that say nothing about what a text is about; question words among them."""

_VERBS_BEHIND = frozenset("交招出得来涨跌到死花卖买给报退补领拿住赔罚捐挣赚掏搬挖订能藏")
_VERBS_BEFORE = frozenset("能要会想没再已换敲拆擦挖搬骂")
"""Single verbs that the tagger guesses to be part of a word that it does not know: 班|招, 人|交, 营收|涨, 要|发."""
_LONGEST_GUESS = 3
_SEEN_BEHIND = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: ``text[start:end]`` of the text it was cut from, as it stands there.

    ``tag`` is rjieba's part of speech: n, nr (person), ns (place), nt (organisation), nz, v, vn, m (number),
    q (measure word), t (time), eng, x (punctuation and the rest), ...
    """

    text: str
    start: int
    end: int
    tag: str


def tokenize(text: str, behind: str = "") -> list[Token]:
    """Cut ``text`` into words that tile it, white space and punctuation included.

    The cut is made on the folded text, so 產業 and 产业 are cut alike. ``behind`` is what follows ``text``.

    >>> [(token.text, token.tag) for token in tokenize("重庆举办博览会")]
    [('重庆', 'ns'), ('举办', 'v'), ('博览会', 'n')]
    """
    tokens: list[Token] = []
    start = 0
    folded = fold(text)
    whole = folded + fold(behind)
    for word, tag in rjieba.tag(folded):
        end = start + len(word)
        guessed = _guessed_apart(word, tag)
        if guessed:
            edge = start + guessed
            tokens.append(Token(text[start:edge], start, edge, rjieba.tag(word[:guessed])[0][1]))
            tokens.append(Token(text[edge:end], edge, end, rjieba.tag(word[guessed:])[0][1]))
            start = end
            continue
        before, after = joined(word, tag, folded[:start], whole[end : end + _SEEN_BEHIND])
        tokens += _cut(text, start, end, before, after, corrected_tag(word[before : len(word) - after], tag))
        start = end
    return tokens


def _cut(text: str, start: int, end: int, before: int, after: int, tag: str) -> Iterator[Token]:
    """``text[start:end]`` as a name with ``tag`` and the ``before`` and ``after`` characters around it."""
    edges = [start, start + before, end - after, end]
    for place, (first, last) in enumerate(pairwise(edges)):
        if first == last:
            continue
        inside = place == 1
        word = fold(text[first:last])
        if inside and len(word) > 1:
            left = tag == "ns" and last - first < end - start and is_in_dictionary(word)
            yield Token(text[first:last], first, last, corrected_tag(word, _tag_alone(word)) if left else tag)
        else:
            yield Token(text[first:last], first, last, "v" if place == len(edges) - 2 else _tag_alone(word))


def _tag_alone(word: str) -> str:
    return str(rjieba.tag(word)[0][1])


def _guessed_apart(word: str, tag: str) -> int:
    """Where to cut a ``word`` that the tagger only guessed from a noun and a verb beside it; 0 for any other."""
    if not 1 < len(word) <= _LONGEST_GUESS or tag.startswith("nr"):
        return 0
    at = len(word) - 1 if word[-1] in _VERBS_BEHIND else 1 if word[0] in _VERBS_BEFORE else 0
    parts = (word[:at], word[at:]) if len(word) < _LONGEST_GUESS else ()
    return at if at and not is_in_dictionary(word) and all(map(is_in_dictionary, parts)) else 0


def tokenize_apart(text: str, stretches: Sequence[tuple[int, int]]) -> list[Token]:
    """Cut ``text`` into words, no word across the ends of ``stretches``, its dates and figures, say.

    Left to itself the tagger runs words together across them: 谁代|建, 2025年智|博会.
    """
    edges = sorted({0, len(text), *(edge for stretch in stretches for edge in stretch)})
    return [
        Token(token.text, token.start + start, token.end + start, token.tag)
        for start, end in pairwise(edges)
        for token in tokenize(text[start:end], text[end : end + _SEEN_BEHIND])
    ]


@lru_cache(maxsize=4096)
def is_in_dictionary(word: str) -> bool:
    """Whether the tagger's dictionary has ``word``; the others it only guesses.

    >>> is_in_dictionary("重庆"), is_in_dictionary("锐澜")
    (True, False)
    """
    return len(rjieba.cut(word, False)) == 1


def keywords(text: str) -> list[str]:
    """The words of ``text`` to index or to search by, in order, repeated as often as they stand there.

    Folded, in rjieba's search mode (long words are given whole and in parts), without punctuation and function words.
    Counted Chinese numerals are given in Arabic digits, so that 第四 and 第4, 两批 and 2批 meet.

    >>> keywords("重庆的AI产业规模是多少?")
    ['重庆', 'ai', '产业', '规模']
    """
    return [
        word
        for word in rjieba.cut_for_search(arabic_numerals(fold(text)))
        if word not in FUNCTION_WORDS and any(character.isalnum() for character in word)
    ]
