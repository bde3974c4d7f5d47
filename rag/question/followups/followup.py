"""Follow-up questions made standalone from the conversation, by rules and without a language model.

The state of a conversation lives in its history alone: the standalone form of each earlier question is rebuilt
from the turns, so that a chain (去年呢？ 上海呢？ 增长了多少？) may go on for as long as the history does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.question.chitchat import chitchat_kind
from rag.question.english.followup import complete_english, has_content
from rag.question.followups.adverbs import complete_adverb, sets_against
from rag.question.followups.amounts import complete_amount, complete_span
from rag.question.followups.antecedents import Exchange
from rag.question.followups.conversation_sums import complete_sum
from rag.question.followups.correction import Correction, correct, read_correction
from rag.question.followups.ellipsis import complete_set_phrase, complete_subjectless
from rag.question.followups.members import Nearest, complete_member
from rag.question.followups.placed_times import LEAD_IN
from rag.question.followups.pronouns import refers_back, resolve_pronouns
from rag.question.followups.substitution import Embed, fits_well, fragment_of, nearest, substitute
from rag.question.followups.superlatives import complete_superlative
from rag.question.language import is_english_sentence, normal_form
from rag.question.phrases import PhraseKind, find_phrases
from rag.types import Turn

LONGEST_TURN = 1000
"""Longer turns of the visitor in the history are passed over: no follow-up leans on an essay."""
LONGEST_FOLLOWUP = 150
"""Longer questions bring their own subject and are left as they stand."""
LONGEST_REWRITE = 300
_UNASKED = re.compile(r"^(?!.*(?:多少|几|谁|什么|怎么|如何|哪|吗)).*呢[?!. ]*$")
_TIMELESS = re.compile(r"为(?:了)?什么|为何|目的|原因|是谁[?]?$")
_FRAMES = 3  # earlier questions that a fragment is tried on


def complete_followup(text: str, history: Sequence[Turn], embed: Embed | None = None) -> str:
    """``text`` as a standalone question; unchanged where it stands on its own or its completion is unclear.

    Args:
        text: a normalised question.
        history: the conversation before it, oldest turn first.
        embed: embeds phrases (n strings to an n×d array of unit vectors), to choose by meaning which phrase a
            fragment replaces; None to choose by form alone.

    Example:
        >>> complete_followup("那成都呢？", [Turn("user", "2024年武汉的降水量是多少？")])
        '2024年成都的降水量是多少?'
    """
    exchanges = read_exchanges(history, embed)
    return _complete(text, exchanges, embed) if exchanges else text


def read_exchanges(history: Sequence[Turn], embed: Embed | None = None) -> list[Exchange]:
    """The questions of a conversation, each made standalone by those before it, with their answers.

    Small talk, empty and overlong turns, and fragments that stayed unclear, are passed over.
    """
    exchanges: list[Exchange] = []
    for question, answer in _pairs(history):
        standalone = _complete(question, exchanges, embed) if exchanges else question
        if _is_frame(standalone):
            exchanges.append(Exchange.read(standalone, answer))
    return exchanges


def _is_frame(question: str) -> bool:
    """Whether a question has content for others to lean on; 第二个呢？ that could not be completed has none."""
    if is_english_sentence(question):
        return has_content(question)
    if fragment_of(question) is not None or _UNASKED.search(question) or read_correction(question) is not None:
        return False
    return bool(find_phrases(question))


def _pairs(history: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    question = ""
    for turn in history:
        content = turn.content if isinstance(turn.content, str) else ""
        if turn.role == "user":
            if question:
                yield question, ""
            question = _question_of(content)
        elif turn.role == "assistant" and question:
            yield question, content
            question = ""
    if question:
        yield question, ""


def _question_of(content: str) -> str:
    if not content.strip() or len(content) > LONGEST_TURN:
        return ""
    text = normal_form(content)
    return "" if not any(character.isalnum() for character in text) or chitchat_kind(text) else text


def _complete(text: str, exchanges: Sequence[Exchange], embed: Embed | None) -> str:
    """One rewriting, kept only where the result stands on its own."""
    if len(text) > LONGEST_FOLLOWUP:
        return text
    result = _rewrite(text, exchanges, embed)
    if result == text:
        return text
    again = _rewrite(result, exchanges, embed)
    if again != result and _rewrite(again, exchanges, embed) != again:
        return text
    return again if 0 < len(again) <= LONGEST_REWRITE else text


def _rewrite(text: str, exchanges: Sequence[Exchange], embed: Embed | None) -> str:
    if is_english_sentence(text):
        completed = complete_english(text, exchanges, embed)
    else:
        completed = _rewrite_chinese(text, exchanges, embed)
    return normal_form(completed) if completed else text


def _rewrite_chinese(text: str, exchanges: Sequence[Exchange], embed: Embed | None) -> str | None:
    last = exchanges[-1]
    if is_english_sentence(last.question):
        return resolve_pronouns(text, exchanges)
    if (correction := read_correction(text)) is not None:
        return _correct(correction, exchanges, embed)
    lead = LEAD_IN.match(text)
    if completed := complete_superlative(text[lead.end() :] if lead else text, last.question):
        return completed
    if completed := complete_sum(text, exchanges):
        return completed
    if completed := complete_set_phrase(text, last.question, [one.short for one in reversed(exchanges[-_FRAMES:])]):
        return completed
    if completed := complete_amount(text, last.question) or complete_span(text, last.question):
        return completed
    body = text[lead.end() :] if lead else text
    if completed := complete_member(body, last.question, _nearest(embed)):
        return completed
    if completed := complete_adverb(body, last.question):
        return completed
    if sets_against(body, last.question):
        return None
    if (fragment := fragment_of(text)) is not None:
        for exchange in _frames(fragment, exchanges):
            if completed := substitute(fragment, exchange.question, embed):
                return completed
        return None
    if refers_back(text):
        return resolve_pronouns(text, exchanges)
    return complete_subjectless(text, last.question)


def _nearest(embed: Embed | None) -> Nearest | None:
    return None if embed is None else lambda word, others: nearest(word, others, embed)


def _correct(correction: Correction, exchanges: Sequence[Exchange], embed: Embed | None) -> str | None:
    if correction.is_question:
        asked = f"{correction.new}?"
        return _rewrite_chinese(asked, exchanges, embed) or asked
    return correct(correction, exchanges[-1].question, embed)


def _frames(fragment: str, exchanges: Sequence[Exchange]) -> list[Exchange]:
    """The questions a fragment may take after, the latest first.

    A question with phrases of the very kinds that the fragment names comes before one without. A fragment that
    names a mere thing takes after an answered question before a refused one: 数字化车间呢？ asked after a refused
    question on the weather goes on with the factories before it. A mere time takes after no question of why or who:
    到2030年呢？ goes on with how many, not with what it is for.
    """
    recent = [one for one in reversed(exchanges[-_FRAMES:]) if not is_english_sentence(one.question)]
    things = (PhraseKind.THING, PhraseKind.ATTRIBUTE)
    kinds = {phrase.kind for phrase in find_phrases(fragment)}
    names_thing = any(kind in things for kind in kinds)
    return sorted(
        recent,
        key=lambda exchange: (
            names_thing and exchange.refused,
            kinds == {PhraseKind.TIME} and _TIMELESS.search(exchange.question) is not None,
            not fits_well(fragment, exchange.question),
        ),
    )
