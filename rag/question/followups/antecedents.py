"""What the words of a conversation can refer back to: the people, organisations, places and things named before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.question.language import is_english_sentence
from rag.question.phrases import Phrase, PhraseKind, find_phrases
from rag.question.surnames import looks_like_person
from rag.question.words import question_words

_MARK = re.compile(r"\s*[\[［【]\s*\d{1,3}\s*[\]］】]")
_LABEL = re.compile(r"^(?:简短)?(?:答案|回答|答|推算|Answer|A)\s*[:：]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[“「\"](?P<quote>.{1,1500})[”」\"]", re.DOTALL)
_REFUSAL = re.compile(
    r"^\s*(?:很?抱歉|对不起|不好意思|(?:这些|所给|已?收录的)?文章(?:中|里|内)?(?:并?没有?|未)|(?:我)?没有?找到"
    r"|未找到|无法(?:回答|确定)|暂无|不知道"
    r"|(?:i'?m |we(?:'re| are) )?(?:sorry|afraid)|the articles? (?:do|does)(?:n't| not)|(?:i )?(?:could"
    r"|can)(?:n't|not) (?:find|answer)|no answer)",
    re.IGNORECASE,
)
_ASKS_PERSON = re.compile(r"谁|哪位|什么人|何人|\bwho\b", re.IGNORECASE)
_ASKS_ORGANISATION = re.compile(
    r"哪一?家|哪个(?:公司|企业|机构|单位|集团|学校|大学|球队|俱乐部|部门)|什么(?:公司|企业|机构|单位)"
)
_ASKS_PLACE = re.compile(r"哪里|哪儿|什么地方|哪个(?:城市|国家|地方|省|市|区|县|地区)|何处|\bwhere\b", re.IGNORECASE)
_ASKS_TIME = re.compile(r"什么时候|何时|哪一?年|哪一?天|几月|\bwhen\b", re.IGNORECASE)
_ASKS_THING = re.compile(r"什么|哪个|哪些|哪一?[款项种届场]|\bwhat\b|\bwhich\b", re.IGNORECASE)
_ASKS_NAME = re.compile(r"叫什么|名字是什么|姓名是什么|什么名字")
_ENGLISH_NAME = re.compile(r"(?<=\w )[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
_ASKS_WHICH = re.compile(r"哪个|哪家|哪一?[款项种届场座条支]|\bwhich\b", re.IGNORECASE)
_TITLE_BEFORE = re.compile(
    r"(?:员|师|授|长|家|士|者|人|手|记|任|理|监|裁|导|练|博士|院士|先生|女士|老师|主席|书记|医生|主编|校友|冠军)$"
)
_TEAM_AFTER = re.compile(r"团队|小组|课题组|研究组|工作室|夫妇|父子|兄弟|姐妹|教授|院士|博士|先生|女士|老师|等")
_LONGEST_NAME = 40
_LONGEST_ANSWER = 4000  # what is read of an answer: enough for its first quotes, and bounded


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation as it was understood, and what was answered.

    ``short`` is the short answer ("" where there is none or the question was refused), ``quotes`` the text cited.
    """

    question: str
    short: str = ""
    quotes: str = ""
    refused: bool = False

    @classmethod
    def read(cls, question: str, answer: str) -> Exchange:
        """The exchange of a standalone ``question`` and the text of its answer, which begins with the short answer."""
        text = answer[:_LONGEST_ANSWER]
        if not text.strip() or _REFUSAL.match(text):
            return cls(question, refused=bool(text.strip()))
        lines = [line for line in (_MARK.sub("", line).strip() for line in text.splitlines()) if line]
        short = _LABEL.sub("", lines[0]).strip("*_ 。.!！") if lines else ""
        quotes = "\n".join(match["quote"] for match in _QUOTED.finditer(text)) or "\n".join(lines[1:])
        return cls(question, short if len(short) <= 200 else "", _MARK.sub("", quotes))

    @property
    def asked_kind(self) -> PhraseKind | None:
        """The kind of thing that the question asks for, where its interrogative tells."""
        for pattern, kind in (
            (_ASKS_PERSON, PhraseKind.PERSON),
            (_ASKS_ORGANISATION, PhraseKind.ORGANISATION),
            (_ASKS_PLACE, PhraseKind.PLACE),
            (_ASKS_TIME, PhraseKind.TIME),
            (_ASKS_THING, PhraseKind.THING),
        ):
            if (match := pattern.search(self.question)) and not (
                kind is PhraseKind.PERSON and self._asks_who_someone_is(match.start())
            ):
                is_person = (
                    kind is PhraseKind.THING and _ASKS_NAME.search(self.question) and looks_like_person(self.named)
                )
                return PhraseKind.PERSON if is_person else kind
        return None

    def _asks_who_someone_is(self, position: int) -> bool:
        """Whether the question has the form 王旭东是谁, whose answer is no name."""
        before = self.question[:position]
        named = (PhraseKind.PERSON, PhraseKind.NAME, PhraseKind.ORGANISATION)
        return before.endswith("是") and any(
            phrase.end == position - 1 and phrase.kind in named for phrase in find_phrases(before)
        )

    @property
    def asks_which(self) -> bool:
        """Whether the question asks which one of a kind (哪个国家), so that its answer is what one goes on with."""
        return _ASKS_WHICH.search(self.question) is not None

    @property
    def named(self) -> str:
        """The short answer where it is a name: short, and no sentence."""
        return (
            self.short if 0 < len(self.short) <= _LONGEST_NAME and not re.search(r"[。；;！？!?]", self.short) else ""
        )

    def mentions(self) -> Iterator[tuple[PhraseKind, str]]:
        """What the exchange names, the likeliest antecedent first: its answer, its question, then its quotes."""
        if self.named and self.asked_kind:
            if self.asked_kind is PhraseKind.PERSON and looks_like_person(self.named):
                yield self.asked_kind, self.named
                return
            inside = [one for one in find_phrases(self.named) if one.kind is self.asked_kind]
            if self.asked_kind is PhraseKind.PERSON and not inside:
                yield from ((PhraseKind.PERSON, name) for name in people_inside(self.named))
            if self.asked_kind in (PhraseKind.PERSON, PhraseKind.PLACE, PhraseKind.TIME) and inside:
                for one in inside:
                    yield one.kind, one.text
            elif (whole := find_phrases(self.named)) and whole[0].text == self.named:
                yield whole[0].kind if whole[0].kind is PhraseKind.ORGANISATION else self.asked_kind, self.named
            elif not re.match(r"^[\d.,约超近]+", self.named):
                yield self.asked_kind, self.named
            if self.asked_kind is not PhraseKind.PERSON:
                yield from ((PhraseKind.PERSON, name) for name in people_inside(self.named))
        elif self.named:
            yield from _kinds(find_phrases(self.named))
            yield from ((PhraseKind.PERSON, name) for name in people_inside(self.named))
        if is_english_sentence(self.question):
            yield from ((PhraseKind.NAME, name) for name in _ENGLISH_NAME.findall(self.question))
        else:
            yield from _kinds(find_phrases(self.question))

    def quoted(self) -> Iterator[tuple[PhraseKind, str]]:
        """What the first quoted sentences name."""
        yield from _kinds(find_phrases(self.quotes[:300]))


def _kinds(phrases: tuple[Phrase, ...]) -> Iterator[tuple[PhraseKind, str]]:
    for phrase in phrases:
        yield phrase.kind, phrase.text


def people_inside(text: str) -> list[str]:
    """The people whom a longer name holds, told by the title before them or the team behind them.

    Example:
        >>> people_inside("省农科院水稻研究所研究员陶令仪团队")
        ['陶令仪']
    """
    words = question_words(text)
    found = []
    for index, word in enumerate(words):
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        titled = _TITLE_BEFORE.search(before) or _TEAM_AFTER.match(after)
        if titled and word.tag.startswith("nr") and looks_like_person(word.text):
            found.append(word.text)
    return found
