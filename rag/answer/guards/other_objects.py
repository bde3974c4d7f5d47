"""Who did it to another thing: 书签由高明设计 tells not who designed the poster."""

from __future__ import annotations

import re

from rag.answer.candidates import Candidate
from rag.answer.coverage import found
from rag.answer.evidence import last_sentence
from rag.question.focus import PLAIN_VERBS, Focus
from rag.question.terms import Term
from rag.text.tokens import Token, is_in_dictionary

_BETWEEN = re.compile(r"[了过着的]{0,2}")
_WHO = re.compile(r"(?:都|到底|究竟)?[是由被归]?(?:谁|哪[一1]?[位个名家](?:[\u4e00-\u9fff]{1,2}[员家师者手人])?)")
_DONE_BY = re.compile(r"[由被归是]")
_SKIPPED_TAGS = ("u", "m", "q", "a", "r", "d", "f", "s", "x", "ns", "t")
_BREAKS = re.compile(r"[,，。;；:：、]")
_ANY = frozenset("地方 东西 事情 时候 情况 问题 地点 位置 部分 内容".split())
_SHORTEST = 2
_LONGEST_VERB = 2


def done_to_another(focus: Focus, candidate: Candidate) -> bool:
    """Whether what the question does to one thing is told, where the candidate stands, of another thing alone."""
    sentence, within = candidate.sentence, candidate.within
    deed = _asked_deed(focus)
    if deed is None:
        return False
    verb, things = deed
    told = f"{sentence.heading}\n{last_sentence(sentence)}\n{sentence.folded}"
    if any(found(thing, told) for thing in things):
        return False
    clause = next((span for span in sentence.clauses if span.start <= within.start < span.end), None)
    if clause is None:
        return False
    own = [t for t in sentence.tokens if clause.start <= t.start and t.end <= clause.end]
    other = _object_told(verb.text, own)
    if other is None or within.start <= other.start < within.end:
        return False
    return other.text not in focus.wording and not any(set(other.text) & set(thing.text) for thing in things)


def _asked_deed(focus: Focus) -> tuple[Term, list[Term]] | None:
    """The verb of the question and the words of what it is done to."""
    for place, term in enumerate(focus.terms):
        asking = [match for match in _WHO.finditer(focus.wording, 0, term.start) if match.end() >= term.start - 1]
        is_done = term.tag.startswith("v") and (asking or term.tag != "vn") and term.text not in PLAIN_VERBS
        if not is_done or len(term.text) > _LONGEST_VERB:
            continue
        behind = _run(focus, term.start + len(term.text), focus.terms[place + 1 :])
        things = behind or (_run_before(asking[-1].start(), focus.terms[:place]) if asking else [])
        if things:
            return term, things
    return None


def _run_before(end: int, terms: tuple[Term, ...]) -> list[Term]:
    run: list[Term] = []
    for one in reversed(terms):
        if one.start + len(one.text) != end or not one.is_noun or one.is_name:
            break
        run.append(one)
        end = one.start
    return run


def _run(focus: Focus, at: int, terms: tuple[Term, ...]) -> list[Term]:
    run: list[Term] = []
    for one in terms:
        if (
            not _BETWEEN.fullmatch(focus.wording[at : one.start])
            or not one.is_noun
            or one.is_name
            or one.is_measure
            or one.text in _ANY
        ):
            break
        run.append(one)
        at = one.start + len(one.text)
    return run


def _object_told(verb: str, tokens: list[Token]) -> Token | None:
    """The thing that ``tokens``, of one clause, say ``verb`` is done to, or None."""
    place = next((n for n, token in enumerate(tokens) if token.text == verb), None)
    if place is None:
        return None
    for token in tokens[place + 1 :]:
        if _is_thing(token):
            return token
        if not token.tag.startswith(_SKIPPED_TAGS):
            break
    by = next((n for n, token in enumerate(tokens[:place]) if _DONE_BY.fullmatch(token.text)), None)
    if by is None:
        return None
    # What stands before 由 is a thing, though the tagger takes an unknown one (烘房) for a verb.
    return next((one for one in reversed(tokens[:by]) if _is_thing(one) or _is_unknown(one)), None)


def _is_thing(token: Token) -> bool:
    return len(token.text) >= _SHORTEST and token.tag in ("n", "nz", "vn", "j", "l")


def _is_unknown(token: Token) -> bool:
    return len(token.text) >= _SHORTEST and token.tag == "v" and not is_in_dictionary(token.text)
