"""What something is done for: the purpose that a sentence states before its main clause (为…,) or behind it (旨在…)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.checks import event_time_fits, missing_names
from rag.answer.coverage import found
from rag.answer.evidence import Sentence, gather
from rag.answer.reading import Finding, Material, Reading, Support
from rag.question.focus import Focus
from rag.question.terms import Term, find_terms
from rag.text.normalise import fold
from rag.types import BlockKind, Span

SURE = 0.9
"""A purpose stated of all that the question names."""
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:请问)?(?P<what>.{2,60}?)(?:究竟|到底|主要|都|又)?(?:是为了?|为的是|为了)(?:什么|啥|何)(?:目的)?(?:的|呢)?[?？。]*$",
        r"^(?:请问)?(?P<what>.{2,60}?)的?(?:主要)?目的(?:是(?:什么|啥|为了什么)|何在|在于什么)(?:呢)?[?？。]*$",
        r"^(?:请问)?(?P<what>.{2,60}?)(?:有什么目的|(?:要|想)?达到什么目的|旨在什么|旨在做什么|意在什么)(?:呢)?[?？。]*$",
        r"^(?:请问)?(?P<who>[^,，]{0,30}?)(?:是)?(?:为了什么(?:目的)?|(?<!认)为什么(?!样)|为何|为啥)(?:才|又)?要?(?P<what>[^是有].{1,60}?)(?:呢)?[?？。]*$",
    )
)
_BEFORE = re.compile(
    r"(?:^|[,，;；])(?P<mark>为了|为着|为)(?P<purpose>[^,，。;；]{2,60}(?:[,，][^,，。;；]{2,40})*?)[,，]"
)
_BEHIND = re.compile(
    r"(?:旨在|意在|志在|以期|(?:其)?目的(?:就)?(?:是|在于)|(?:就)?是为了|为的(?:就)?是|以便)(?P<purpose>[^。;；]{2,100})"
)
_ENOUGH = 0.75
"""The share of the question's words that must stand in what is done for the purpose."""
_ENDS = re.compile("关闭|关停|关掉|拆除|取消|停办|停止|停用|撤销|废除|放弃|暂停|推迟|反对|拒绝|禁止")
_FOR_WHAT = re.compile("为了|为的|目的|旨在|意在")
_TRAILING = "。.!！?？…,，;； "
_OF_DOING = ("v", "d", "a")


def read_purposes(material: Material) -> Reading | None:
    """The purpose that a sentence of ``material`` states of what the question names.

    None where no sentence does; an empty reading where that is the end of something, which its beginning looks like.
    """
    what = asked_deed(material.question)
    terms = find_terms(what, material.focus.times) if what else ()
    if not terms:
        return None
    findings = [
        finding
        for sentence in gather(material.passages, material.articles)
        if sentence.kind is BlockKind.PARAGRAPH
        for finding in [_finding(material.focus, terms, sentence)]
        if finding is not None
    ]
    # What something is opened for is not what it is closed for, however near the words of the two questions are.
    return (
        Reading(tuple(findings[:1]), (), "" if findings else "kind") if findings or _ENDS.search(what or "") else None
    )


def asked_deed(question: str) -> str | None:
    """What a normalised question asks the purpose of; None where it asks for none.

    Example:
        >>> asked_deed("修建水渠是为了什么?"), asked_deed("水渠有多长?")
        ('修建水渠', None)
    """
    match = next((match for pattern in _ASKED if (match := pattern.match(question))), None)
    return (match.groupdict().get("who") or "") + match["what"] if match else None


def _finding(focus: Focus, terms: Sequence[Term], sentence: Sentence) -> Finding | None:
    purpose = _behind(terms, sentence) or _before(terms, sentence)
    if purpose is None or missing_names(focus, sentence):
        return None
    if not event_time_fits(focus.times, sentence.time_at(purpose.start), sentence):
        return None
    text = sentence.text[purpose.start : purpose.end].rstrip(_TRAILING)
    start = sentence.start + purpose.start
    span = Span(start, start + len(text))
    return Finding(text, span, (Support(sentence.article_id, sentence.span),), SURE) if len(text) > 1 else None


def _behind(terms: Sequence[Term], sentence: Sentence) -> Span | None:
    match = _BEHIND.search(sentence.text)
    if match is None or not _is_told(terms, sentence.text[: match.start()]):
        return None
    return Span(*match.span("purpose"))


def _before(terms: Sequence[Term], sentence: Sentence) -> Span | None:
    """The purpose before the clause that tells what is done; more clauses may state it than the first."""
    match = _BEFORE.search(sentence.text)
    if match is None or not _is_of_doing(sentence, match):
        return None
    for clause in sentence.clauses:
        if clause.start < match.end() - 1:
            continue
        words = fold(sentence.text[clause.start : clause.end])
        if any(found(term, words) for term in terms) and _is_told(terms, sentence.text[clause.start :]):
            return Span(match.start("purpose"), clause.start)
    return None


def _is_of_doing(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether 为 leads in something to be done (为解决…), not those that it is done for (为居民…)."""
    if match["mark"] != "为":
        return True
    first = next((token for token in sentence.tokens if token.end > match.start("purpose")), None)
    return first is not None and first.start == match.start("purpose") and first.tag.startswith(_OF_DOING)


def _is_told(terms: Sequence[Term], text: str) -> bool:
    folded = fold(text)
    return sum(found(term, folded) for term in terms) >= _ENOUGH * len(terms)
