"""English phrases in the order of Chinese: what stands behind of, in or for goes in front."""

from __future__ import annotations

import re

from rag.question.english.lexicon import Lexicon
from rag.question.english.words import UntranslatableError, Word, lemma_of, words_of

_PREPOSITIONS = "in|at|on|from|by|with|during|across|near|inside|into|to|for"
_OF = re.compile(r"^(?P<head>.+?) of (?P<rest>.+)$", re.IGNORECASE)
_OWNED = re.compile(r"^(?P<rest>.+?)'s (?P<head>.+)$")
_HEADS = re.compile(
    r"(?:the |its )?(?P<deputy>deputy |vice )?(?:director|head|chief|president|mayor|magistrate)", re.IGNORECASE
)
_LED = re.compile(r"(?:[馆局所院处站厂校社队园台县市省镇乡村]|(?P<council>委员会|中心|办公?室|部门?)|(?<!委员)会)$")
"""What the word for its head is made of: 馆长 of a 博物馆, but 主任 of a 委员会."""
_AMOUNT = re.compile(r"(?:\d|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)")
_AT_THE_END = re.compile(rf"^(?P<head>.+) (?:{_PREPOSITIONS}) (?P<rest>.+?)$", re.IGNORECASE)
_PLACE_NAME = re.compile(r"(?:in|at) (?:the )?[A-Z]")
_IN_FRONT = re.compile(rf"^(?:{_PREPOSITIONS}) ", re.IGNORECASE)
_FROM_TO = re.compile(r"^(?P<head>.*?) ?\bfrom (?P<start>.+?) to (?P<end>.+)$", re.IGNORECASE)
_PER = re.compile(r"^(?P<head>.+) (?:per|for each|for every) (?P<one>.+)$", re.IGNORECASE)
_ALONG = re.compile(r"^(?P<head>.+) along (?P<rest>.+)$", re.IGNORECASE)
_EACH = re.compile(r"^(?:each|every) (?P<one>.+)$", re.IGNORECASE)
_AND = re.compile(r"^(?P<one>.+) and (?P<other>.+)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:the )?(?P<thing>[A-Za-z]+(?: [a-z]+)?) (?:no\.? ?|number )?(?P<number>\d{1,4})$", re.IGNORECASE
)
_NUMBERED_AS = {
    "line": "号线", "metro line": "号线", "bus": "路", "bus route": "路", "route": "路", "bus line": "路",
    "window": "号窗口", "building": "号楼", "gate": "号门", "warehouse": "号仓", "hall": "号馆", "room": "号房间",
}  # fmt: skip
_ANYBODY = re.compile(r"^(?:people|one|you|we|i|someone|anyone) (?=[a-z])", re.IGNORECASE)
_FOR_PEOPLE = {"人": "位", "名": "位", "人次": "位", "届": "个"}


class Phrases:
    """Puts the phrases of one question into Chinese by its ``lexicon``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def phrase(self, text: str, *, acts: bool = False) -> str:
        """A phrase in Chinese: what an article has behind of or in stands in front.

        Raises:
            UntranslatableError: a word of it is not known.
        """
        return "".join(word.text for word in self.words(text, acts=acts))

    def words(self, text: str, *, acts: bool = False) -> list[Word]:
        """The words of `phrase`.

        Raises:
            UntranslatableError: a word of it is not known.
        """
        text = _ANYBODY.sub("", text.strip()) if acts else text.strip()
        if way := _FROM_TO.match(text):
            front = [Word("从"), *self.words(way["start"]), Word("到"), *self.words(way["end"])]
            return [*front, *([Word("的")] if not acts and way["head"] else []), *self.words(way["head"], acts=acts)]
        if per := _PER.match(text):
            return [Word("每"), *self.words(per["one"]), *self.words(per["head"], acts=acts)]
        if along := _ALONG.match(text):
            return [Word("沿"), *self.words(along["rest"]), Word("的"), *self.words(along["head"], acts=acts)]
        text = _IN_FRONT.sub("", text)
        if place := _AT_THE_END.match(text):
            where, done = self._until_verb(place["rest"]) if acts else (place["rest"], "")
            head = self.words(place["head"], acts=acts)
            # In Germany the company is no German company.
            at = [Word("在")] if acts and _PLACE_NAME.match(text[len(place["head"]) + 1 :]) else []
            return [*at, *self.words(where), *head, *(self.words(done, acts=True) if done else [])]
        if (whole := _OF.match(text)) and _AMOUNT.match(whole["head"]):
            return [*self.words(whole["head"]), Word("的"), *self.words(whole["rest"])]
        if whole := _OF.match(text) or _OWNED.match(text):
            owner = self.words(whole["rest"])
            office = _office(whole["head"], owner)
            for word in office:
                self.lexicon.check(word)
            return [*owner, Word("的"), *(office or self.words(whole["head"], acts=acts))]
        if each := _EACH.match(text):
            return [Word("每"), *self.words(each["one"], acts=acts)]
        if (numbered := _NUMBERED.match(text)) and numbered["thing"].lower() in _NUMBERED_AS:
            return [Word(numbered["number"] + _NUMBERED_AS[numbered["thing"].lower()])]
        if both := _AND.match(text):
            return [*self.words(both["one"], acts=acts), Word("和"), *self.words(both["other"], acts=acts)]
        return self.lexicon.translate(words_of(text), acts=acts)

    def how_many(self, text: str) -> tuple[str, str]:
        """Where the counted thing is, and 多少, the measure word and the thing.

        Raises:
            UntranslatableError: a word is not known, or a verb stands where the thing should.
        """
        front, words = self._counted(text)
        thing = "".join(word.text for word in words)
        measure = words[-1].measure
        return front, f"多少{thing}" if thing.startswith(measure) else f"多少{measure}{thing}"

    def which(self, text: str) -> str:
        """哪, the measure word (哪些 of several) and the thing, where it is in front.

        Raises:
            UntranslatableError: a word is not known, or a verb stands where the thing should.
        """
        front, words = self._counted(text, asked=True)
        last = words_of(_AT_THE_END.sub(r"\g<head>", text))[-1].lower()
        several = last.endswith("s") and lemma_of(last) != last
        measure = "些" if several else _FOR_PEOPLE.get(words[-1].measure, words[-1].measure or "个")
        return f"{front}哪{measure}" + "".join(word.text for word in words)

    def apart(self, text: str) -> tuple[str, str]:
        """Who or what does it, with the place, and what is done: 老桥 and 建成 of the old bridge built.

        Raises:
            UntranslatableError: a word is not known.
        """
        text = _ANYBODY.sub("", text)
        if way := _FROM_TO.match(text):
            who, done = self.apart(way["head"])
            return f"从{self.phrase(way['start'])}到{self.phrase(way['end'])}{'' if done else '的'}{who}", done
        first, _, rest = text.partition(" ")
        if re.search(r" (?:of|along) ", rest) and self.lexicon.may_be_verb(first):
            return "", self.phrase(first, acts=True) + self.phrase(rest)
        *before, last = text.split()
        if len(before) > 1 and self.lexicon.is_verb(last):
            return self.phrase(" ".join(before)), self.phrase(last)
        place = _AT_THE_END.match(text)
        front = self.phrase(place["rest"]) if place else ""
        words = self.words(place["head"] if place else text, acts=True)
        at = next((i for i, word in enumerate(words) if word.is_verb), len(words))
        return front + "".join(word.text for word in words[:at]), "".join(word.text for word in words[at:])

    def _until_verb(self, text: str) -> tuple[str, str]:
        """A place and what is done behind it: Wuhan and open late of Wuhan open late; nothing done in Wuhan alone."""
        words = text.split()
        for at in range(1, len(words)):
            if self.lexicon.is_verb(words[at]) or self.lexicon.is_verb(" ".join(words[at:])):
                return " ".join(words[:at]), " ".join(words[at:])
        return text, ""

    def _counted(self, text: str, *, asked: bool = False) -> tuple[str, list[Word]]:
        front, head = "", text
        if (place := _AT_THE_END.match(text)) or (place := _OF.match(text)):
            front, head = self.phrase(place["rest"]), place["head"]
        words = self.lexicon.translate(words_of(head), asked=True) if asked else self.words(head)
        if not words or words[-1].is_verb:
            raise UntranslatableError(text)
        return front, words


def _office(head: str, owner: list[Word]) -> list[Word]:
    """Who leads ``owner``, by what it is; nobody where ``head`` is no such office."""
    title = _HEADS.fullmatch(head)
    led = _LED.search("".join(word.text for word in owner))
    if not title or not led:
        return []
    return [Word(("副" if title["deputy"] else "") + ("主任" if led["council"] else f"{led.group()}长"))]
