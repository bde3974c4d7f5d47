"""What an English question's words are in the articles: by a list, by a dictionary, by their pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag.question.english.dictionary import ArticleWords, Sense, article_words, bare_meaning
from rag.question.english.words import (
    UntranslatableError,
    Word,
    forms_of,
    lemma_of,
    listed_senses,
    superlative_of,
    words_of,
)

Spelt = Callable[[str], str]
"""The Chinese characters that Latin letters spell in the articles; "" where there are none."""
_MOST_WORDS = 4
_SHORTEST_SMALL_NAME = 5
"""Letters that a name written small has at least: he and can are no names."""
_SILENT = frozenset("the a an this these be been being is are was were do does did there please".split())
_NOT_LOOKED_UP = frozenset(
    "of in on at by for from to with without into over under about between among through against within upon off out "
    "up down after before since until till than as if so then or nor not no none never neither either both only just "
    "also too even still yet already again ever else other another same such any some all every each most least more "
    "less fewer many much few little what which who whom whose when where why how that those it its i you we us they "
    "cannot he him she them their theirs my our your me "
    "himself herself itself can could will would shall should may might must ought "
    "let get got do make one ones first second third fourth fifth sixth seventh eighth ninth tenth "
    "yesterday today tomorrow but while because though except besides per via".split()
)
"""Words of grammar: the dictionary gives Chinese words for them, but not what they do in a question."""
_AS_IT_STANDS = re.compile(r"[\d.,%+-]*\d%?|[A-Z][A-Z0-9-]*[A-Z0-9]|[\u3400-\u9fff]+")
_NUMERALS = frozenset("two three four five six seven eight nine ten".split())
_ORDINAL = re.compile(r"第[一二三四五六七八九十]+$")
_COUNTED_THROUGH = ("届", "场", "次", "期", "批", "轮")
"""The measure words that an ordinal has behind it: 第一届博览会."""
_OF_MOST = re.compile(r"(?:ive|ous|ful|ble|ent|ant|ic|al|lar|ing)$")
"""How adjectives end that have most before them; a thing that most people have would have an s."""
_TOLD_WITHOUT = frozenset(
    "的 钱 电话 地址 网站 邮箱 名字 姓名 名称 价格 费用 票价 年龄 原因 比例 数量 长度 高度 深度 宽度 距离 重量 速度 "
    "面积 人口 作者 记者 摄影师 标题 副标题 主题 目前 现在 网上 线上 现场 当面 他的 她的 每天 每周 每月 每年 "
    "每人 开始 新 第一 第二 第三 二 三 四 五 六 七 八 九 十 最后 最好 最差 最新 最大".split()
)
"""What an article tells of without saying it: a number of telephone is known by its digits."""
_VISITS = "人次"
_SENTENCE_ENDS = re.compile(r"[。！？；!?;\n]+")
_SURE_PLACE = 2
"""The last place of a sense that is taken for a word of the list whose Chinese stands in no article."""
_SPELT_AS = {
    "river": ("he", "jiang"), "county": ("xian",), "town": ("zhen",), "township": ("xiang",), "village": ("cun",),
    "city": ("shi",), "district": ("qu",), "province": ("sheng",), "road": ("lu",), "street": ("jie",), "lake": ("hu",),
    "mountain": ("shan",), "bridge": ("qiao",), "island": ("dao",), "station": ("zhan",), "reservoir": ("shuiku",),
    "temple": ("si",), "lane": ("xiang",), "park": ("gongyuan",),
}  # fmt: skip
"""How the last part of a place's name is spelt that stands in English."""
_TITLES = {"mr": "xiansheng", "ms": "nvshi", "mrs": "nvshi", "miss": "xiaojie", "professor": "jiaoshou", "dr": "boshi"}


class Lexicon:
    """The words of one question; ``spelt`` finds names, ``articles`` holds what stands in the texts.

    ``near`` are the words that stand with most others of the question in one sentence: of several that a word may
    be, one of those is meant.
    """

    def __init__(self, spelt: Spelt, articles: Sequence[ArticleWords] = (), near: frozenset[str] = frozenset()) -> None:
        self._spelt = spelt
        self._articles = articles
        self._near = near

    @classmethod
    def about(cls, question: str, spelt: Spelt, texts: Sequence[str]) -> Lexicon:
        """The lexicon of ``question`` over the articles' ``texts``."""
        if not texts:
            return cls(spelt)
        articles = article_words(texts)
        plain = cls(spelt, articles)
        asked = [{sense.text for sense in senses} for senses in plain._looked_up(words_of(question))]
        best, near = 0, set[str]()
        for sentence in (part for article in articles for part in _SENTENCE_ENDS.split(article.text)):
            standing = [{word for word in words if word in sentence} for words in asked]
            count = sum(map(bool, standing))
            if count > best:
                best, near = count, set()
            if count == best:
                near.update(*standing)
        return cls(spelt, articles, frozenset(near) if best > 1 else frozenset())

    def is_verb(self, word: str) -> bool:
        """Whether a word, in any form, is a verb and nothing else."""
        senses = self.senses(word)
        return bool(senses) and all(sense.is_verb for sense in senses)

    def may_be_verb(self, word: str) -> bool:
        """Whether a word, in any form, is a verb, perhaps among other things."""
        return any(sense.is_verb for sense in self.senses(word))

    def is_past(self, word: str) -> bool:
        """Whether a word is the past form of a verb, which no noun has."""
        changed = lemma_of(word.lower()) != word.lower() and not re.search(r"(?:s|ing)$", word)
        return (changed or word.endswith("ed")) and self.may_be_verb(word)

    def translate(self, words: Sequence[str], *, acts: bool = False, asked: bool = False) -> list[Word]:
        """``words`` in Chinese, in their order, articles left out.

        ``acts`` says that a word behind the first, or a past form, is rather a verb where it may be one or a noun;
        ``asked`` that the last word is what is asked for: an article that tells cities need not call them so.

        Raises:
            UntranslatableError: a word is neither known nor the pinyin of anything in the articles, or it is that of
                a thing that no article names.
        """
        found: list[Word] = []
        at = 0
        while at < len(words):
            if words[at].lower() in _SILENT:
                at += 1
                continue
            if words[at].lower() in _NUMERALS and at + 1 == len(words):
                raise UntranslatableError(words[at])  # for four: four of what is not said
            rather = acts and (bool(found) or self.is_past(words[at]))
            word, at = self._next(words, at, acts=rather, behind=found[-1].text if found else "")
            if not (asked and at == len(words)):
                self.check(word)
            found.append(word)
        if found and found[-1].measure in _COUNTED_THROUGH:
            return [
                Word(_ordinal(word.text, found[-1].measure)) if _ORDINAL.match(word.text) else word for word in found
            ]
        return found

    def senses(self, phrase: str) -> tuple[Word, ...]:
        """What ``phrase`` may mean, the likeliest first."""
        listed = listed_senses(phrase)
        here = [word for word in listed if self._stands(word.text)]
        known = [*here, *(word for word in self._dictionary(phrase, sure=bool(listed)) if word not in here)]
        known.sort(key=lambda word: word.text not in self._near)
        rest = [word for word in listed if word not in known]
        rest.sort(key=lambda word: not any(article.may_hold(word.text) for article in self._articles))
        return (*known, *rest)

    def check(self, word: Word) -> None:
        """Nothing where ``word`` may be asked of the articles.

        Raises:
            UntranslatableError: it is a thing that none of them names; what they say of others is no answer.
        """
        if not self._articles or word.is_verb or word.text == word.measure or word.text in _TOLD_WITHOUT:
            return
        if word.measure == _VISITS and any(_VISITS in article.text for article in self._articles):
            return
        if not any(word.text in article.text for article in self._articles):
            raise UntranslatableError(word.text)

    def _stands(self, word: str) -> bool:
        return any(word in article.words for article in self._articles)

    def _joined(self, one: str, other: str) -> bool:
        """Whether two words stand side by side in the articles: of what may be meant by both it is that."""
        return bool(one) and any(one + other in article.text for article in self._articles)

    def _dictionary(self, phrase: str, *, sure: bool) -> list[Word]:
        """What the dictionary has for ``phrase``; ``sure``: only what means it first of all."""
        if phrase.lower() in _NOT_LOOKED_UP:
            return []
        found: list[Sense] = []
        for form in forms_of(phrase):
            for article in self._articles:
                found += article.senses.get(bare_meaning(form), ())
            if found:
                break
        found.sort(key=lambda sense: (sense.place, -sense.count))
        if sure:
            found = [sense for sense in found if sense.place <= _SURE_PLACE and len(sense.chinese) > 1]
        return [Word(text, "", is_verb) for text, is_verb in dict.fromkeys((s.chinese, s.is_verb) for s in found)]

    def _looked_up(self, words: Sequence[str]) -> Iterator[tuple[Word, ...]]:
        """What each word of a question may be, joined with its neighbours where those together are known."""
        at = 0
        while at < len(words):
            for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
                part = " ".join(words[at : at + length])
                senses = self.senses(part) if part.lower() not in _SILENT | _NOT_LOOKED_UP else ()
                if senses or length == 1:
                    yield senses
                    at += length
                    break

    def _next(self, words: Sequence[str], at: int, *, acts: bool, behind: str) -> tuple[Word, int]:
        """The word at ``at``, and where the next begins; ``behind`` is the Chinese word that it follows."""
        if words[at] == "'s":
            return Word("的"), at + 1
        longest = min(_MOST_WORDS, len(words) - at)
        for length in range(longest, 0, -1):
            part = words[at : at + length]
            name = self._name(part) if all(word[0].isupper() for word in part) else ""
            if name:
                return Word(name), at + length
            senses = self.senses(" ".join(part))
            if senses:
                fit = [sense for sense in senses if sense.is_verb is acts] or senses
                return next((sense for sense in fit if self._joined(behind, sense.text)), fit[0]), at + length
        word = words[at]
        if _AS_IT_STANDS.fullmatch(word):
            return Word(word), at + 1
        degree = superlative_of(word.lower())
        if degree and self.senses(degree):
            return Word(f"最{self.senses(degree)[0].text}"), at + 1
        if word.lower() == "most" and at + 1 < len(words) and _OF_MOST.search(words[at + 1]):
            of_most = self.senses(words[at + 1])
            if of_most:
                return Word(f"最{of_most[0].text}"), at + 2
        if "-" in word:
            parts = self.translate(word.split("-"), acts=acts)
            joined = parts[0] if len(parts) == 1 else Word("".join(part.text for part in parts), is_verb=True)
            return joined, at + 1
        for length in range(longest, 0, -1):
            letters = "".join(words[at : at + length])
            name = self._spelt(letters) if len(letters) >= _SHORTEST_SMALL_NAME else ""
            if name:
                return Word(name), at + length
        raise UntranslatableError(word)

    def _name(self, words: Sequence[str]) -> str:
        """The name that ``words`` spell, its last part or its title in English or not."""
        small = [word.lower().replace("-", "") for word in words]
        name = self._spelt("".join(small))
        if name or len(small) == 1:
            return name
        if small[0] in _TITLES:
            return self._spelt("".join(small[1:]) + _TITLES[small[0]]) or self._spelt("".join(small[1:]))
        for last in _SPELT_AS.get(small[-1], ()):
            name = self._spelt("".join(small[:-1]) + last)
            if name:
                return name
        return ""


def _ordinal(text: str, measure: str) -> str:
    """第三届 of 第三 and 届; the first of them is the 首届."""
    return f"{text}{measure}" if (text, measure) != ("第一", "届") else "首届"
