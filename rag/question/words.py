"""The words of a question, with the slips of the tagger mended that lead follow-ups astray."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.question.phrase_words import NEVER_NOMINAL, cities
from rag.question.surnames import looks_like_person
from rag.text.tokens import Token, tokenize

_FUSED_VERB = re.compile(r"(?<![只没还具拥所现共享但就都也这那不可于便总存正好自实])[是有在叫]$")
_FUSED_AFTER_NAME = re.compile(r"[是有在叫说称将为]$")
_FUSED_REST = re.compile(r"[^就都也还不正曾又常再只却则据听现没具]是|[^又还也常曾再都只却则据听]说")
_FUSED_ENDINGS = frozenset(place + "有" for place in "省市区县镇乡村州江河湖海岛馆站厂院队体")
_GRADED = re.compile(r"(?:[两二三四五六七八九十]大)?[十百千万亿]+元?级(?=[\u4e00-\u9fff])")
_OF_A_TIME = frozenset("未来 当代 现代 近代 古代".split())


@lru_cache(maxsize=1024)
def question_words(text: str) -> tuple[Token, ...]:
    """The words of a question: 莫言是 is a name and a verb, 崔 康熙 one name, 合肥 a place, 两大百亿级 one modifier.

    Example:
        >>> [(word.text, word.tag) for word in question_words("合肥呢")]
        [('合肥', 'ns'), ('呢', 'y')]
    """
    words: list[Token] = []
    for found in tokenize(text):
        token = Token(found.text, found.start, found.end, "ns") if found.text in cities() else found
        last = words[-1] if words else None
        if (
            last
            and last.end == token.start
            and len(last.text) == 1
            and last.tag.startswith("nr")
            and token.tag.startswith("nr")
        ):
            words[-1] = Token(last.text + token.text, last.start, token.end, "nr")
            continue
        if last and _is_parallel(last, token):
            words[-1] = Token(last.text + token.text, last.start, token.end, "n")
            continue
        if last and last.end == token.start and _FUSED_REST.fullmatch(token.text) and _is_short_name(last, token):
            cut = token.start + 1
            words[-1] = Token(last.text + token.text[0], last.start, cut, "nr")
            words.append(Token(token.text[1:], cut, token.end, "v"))
            continue
        if last and _ends_name(last, token, text):
            words[-1] = Token(last.text + token.text, last.start, token.end, "nr")
            continue
        fused = _FUSED_AFTER_NAME if token.tag.startswith("nr") else _FUSED_VERB
        if len(token.text) > 2 and token.tag.startswith(("n", "v")) and fused.search(token.text):
            cut = token.end - 1
            words.append(Token(token.text[:-1], token.start, cut, token.tag))
            words.append(Token(token.text[-1], cut, token.end, "v"))
        elif token.tag == "v" and last and token.text in _FUSED_ENDINGS:
            # 朝阳区有: the tagger knows 区有 as a verb.
            words.append(Token(token.text[0], token.start, token.start + 1, "n"))
            words.append(Token("有", token.start + 1, token.end, "v"))
        else:
            words.append(token)
    return tuple(_with_modifiers(text, _with_subject(words)))


def _with_modifiers(text: str, words: list[Token]) -> list[Token]:
    """``words`` with what tells a noun behind it apart as one modifier: 两大百亿级 产业, 未来 社区."""
    whole: list[Token] = []
    grades = [match.span() for match in _GRADED.finditer(text)]
    for word in words:
        inside = next(((start, end) for start, end in grades if start <= word.start and word.end <= end), None)
        last = whole[-1] if whole else None
        if inside is not None and last is not None and inside[0] <= last.start and last.end == word.start:
            whole[-1] = Token(last.text + word.text, last.start, word.end, "b")
        elif inside is not None:
            whole.append(Token(word.text, word.start, word.end, "b"))
        elif last is not None and last.text in _OF_A_TIME and last.end == word.start and word.tag.startswith("n"):
            whole[-1:] = [Token(last.text, last.start, last.end, "b"), word]
        else:
            whole.append(word)
    return whole


def _with_subject(words: list[Token]) -> list[Token]:
    """``words`` with a leading verb made a noun where only a subject can stand: 锐视 in 锐视去年卖出多少台."""
    content = [word for word in words if word.text.isalnum() and not word.tag.startswith("y")]
    for index, word in enumerate(words):
        if not word.text.isalnum() or word.tag == "t":
            continue
        if word.tag != "v" or len(word.text) < 2 or word.text in NEVER_NOMINAL:
            break
        after = words[index + 1] if index + 1 < len(words) else None
        bare = len(content) <= 2 and content[0] is word and all(one.tag.startswith(("v", "n")) for one in content)
        if bare or after is None or after.tag == "t" or after.text in ("的", "有", "是"):
            words[index] = Token(word.text, word.start, word.end, "vn")
        break
    return words


def _is_parallel(last: Token, token: Token) -> bool:
    """Whether two words make up a coined one of the form ABAC, cut in the middle: 统防 统治, 代耕 代收."""
    return (
        last.end == token.start
        and len(last.text) == len(token.text) == 2
        and last.text[0] == token.text[0]
        and last.text[1] != token.text[1]
        and all(one.tag.startswith(("n", "v")) and one.text not in NEVER_NOMINAL for one in (last, token))
    )


def _is_short_name(last: Token, token: Token) -> bool:
    return last.tag == "nr" and len(last.text) == 2 and looks_like_person(last.text + token.text[0])


def _ends_name(last: Token, token: Token, text: str) -> bool:
    """Whether a single character is the rest of the name before it: 王旭 东 是谁."""
    return (
        last.tag == "nr"
        and last.end == token.start
        and len(last.text) == 2
        and len(token.text) == 1
        and token.text not in NEVER_NOMINAL
        and not token.tag.startswith(("u", "y", "c", "p", "r", "x", "d", "m"))
        and looks_like_person(last.text + token.text)
        and re.match(r"[是在的和与、呢?？，,]|$", text[token.end :]) is not None
    )
