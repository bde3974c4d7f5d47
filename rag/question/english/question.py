"""English questions in Chinese, so that they are held to an article in its own words.

The forms of questions about facts are few: each is turned into the Chinese question of the same form, its words into
those of the article that mean the same. No translation is guessed at: where a word or a form is not known there is
none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.english.forms import chinese_form
from rag.question.english.lexicon import Lexicon, Spelt
from rag.question.english.phrases import Phrases
from rag.question.english.times import names_unresolved_time, take_times
from rag.question.english.words import UntranslatableError, join_phrases
from rag.question.language import is_english_sentence
from rag.text.spelt_names import spelt_in
from rag.types import Question

_MOST_WORDS = 40
_ASKED_POLITELY = re.compile(
    r"^(?:(?:excuse me|hello|hi|please|so|and|ok|okay|by the way)[, ]+|(?:(?:can|could|would) you (?:please )?tell me|"
    r"(?:please )?tell me|do you know|i (?:want|would like|'d like) to know)[,:]? )+",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(r",? \b(?:please|exactly|actually|approximately|roughly)\b", re.IGNORECASE)
_SHORT_IS = re.compile(r"^(what|who|when|where|how|why)'s\b", re.IGNORECASE)
_YEAR_IN_CHINESE = re.compile(r" ?\b(?:(?:in|of|for) )?((?:19|20)\d\d)年(?![\d\u3400-\u9fff]) ?")
"""As last year is resolved in a question that holds Chinese characters."""
_GLOSSED = re.compile(r"(?:[A-Z][\w-]*(?: [A-Z][\w-]*)* ?)?\((?P<name>[\u3400-\u9fff]+)\)")
"""A name in letters with its characters behind it: Wuhan (武汉)."""


def chinese_of(question: Question, texts: Sequence[str]) -> str:
    """`in_chinese` of a question asked in English, its words and names looked up in ``texts``; "" of any other."""
    if not is_english_sentence(question.standalone) or not re.search(r"[a-z] [a-z]", question.standalone):
        return ""
    return in_chinese(question.standalone, lambda letters: spelt_in(letters, texts), texts)


def in_chinese(question: str, spelt: Spelt, texts: Sequence[str] = ()) -> str:
    """The Chinese question that an English one asks, its relative time resolved; "" where a word or form is not known.

    Example:
        >>> in_chinese("How many bridges did Wuhan build in 2019?", lambda name: "武汉" if name == "wuhan" else "")
        '2019年武汉建成多少座桥?'
    """
    if len(question.split()) > _MOST_WORDS:
        return ""
    bare = " ".join(_GLOSSED.sub(r"\g<name>", question.replace("’", "'")).split()).strip(" ?.!")
    bare = _YEAR_IN_CHINESE.sub(r" in \1 ", bare)
    bare = _SHORT_IS.sub(r"\1 is", _SAYS_NOTHING.sub("", _ASKED_POLITELY.sub("", bare)))
    if "n't" in bare or names_unresolved_time(bare):
        return ""
    times, text = take_times(join_phrases(bare))
    lexicon = Lexicon.about(text, lambda letters: spelt(letters.lower()), texts)
    try:
        asked = chinese_form(text, Phrases(lexicon))
    except UntranslatableError:
        return ""
    return f"{''.join(times)}{asked}?" if asked else ""
