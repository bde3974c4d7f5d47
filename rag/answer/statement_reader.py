"""Answers what somebody said: the quotation or the clause, word for word, of the asked speaker on the asked topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.checks import event_time_fits
from rag.answer.coverage import found
from rag.answer.evidence import Sentence, read_sentence
from rag.answer.reading import Finding, Material, Reading, Support
from rag.answer.spans.typed_spans import people_in
from rag.answer.statements import Statement, find_statements
from rag.question.asked_statement import AskedStatement, asked_statement
from rag.question.surnames import looks_like_person
from rag.question.terms import Term, find_terms
from rag.text.dates import find_times
from rag.text.normalise import fold
from rag.text.sentences import split_sentences
from rag.text.tokens import tokenize
from rag.types import Article, Block, BlockKind, Span

SURE = 0.92
"""The words of a named speaker, on the topic where one is asked."""
_ON_TOPIC = 0.6
"""The share of a topic's words that must stand with a statement."""
_TOLD_AROUND = 0.8
_MOST_FINDINGS = 5
_LEANS = re.compile(r"^(?:这|那|此|该|它|其|他|她)")
_ADDRESSED = re.compile(r"(?:对|向|跟|同|与|和|给)[^,，]{1,12}$")
_OCCASION = re.compile(r"(?:在|于|就|对|从|针对|通过|接受).*$")
_HE = re.compile(r"(?:^|[,，])(?:[^,，]{0,4})(?:他|她)(?:们)?(?:还|也|又|则|接着|随后|笑着|补充)*$")
_OFFICE = re.compile(
    r"(?:长|员|师|主任|经理|书记|总监|教授|专家|者|总裁|主席|代表|人|人士|先生|女士|工|手|户|家|委|董|博士|院士)$"
)
_HONORIFIC = re.compile("先生|女士|老师|同志|本人|自己")
_REACH = 80
"""Characters back in which the one is named who 他 is."""
_GENERIC_TOPIC = re.compile(r"^(?:这|那|此)?(?:件?事|个问题|一点|次|些|种情况|个)?(?:情)?$")
_LOOKS_AHEAD = re.compile("预测|预计|预言|判断")
_AHEAD = re.compile("有望|预计|将会|未来|预料")


@dataclass(frozen=True, slots=True)
class _Candidate:
    statement: Statement
    article: Article
    block: Block
    share: float
    answer: Span
    same_verb: bool


def read_statements(material: Material) -> Reading | None:
    """What the asked speaker says in the passages of ``material``.

    None where the question asks for no statement, or where the passages tell of none by that speaker: then another
    reader may try. An empty reading where the speaker says nothing on the asked topic, occasion or day.
    """
    asked = asked_statement(material.question)
    if asked is None:
        return None
    spoken = [
        (statement, article, block)
        for article, block in _blocks(material)
        for statement in find_statements(article.text[block.start : block.end], block.start)
        if not asked.speaker or _speaks(asked.speaker, statement)
    ]
    if not spoken and asked.speaker:
        return None
    fitting = [told for told in spoken if not asked.speaker or _is_that_one(asked.speaker, told[0])]
    candidates = [one for one in (_candidate(asked, material, *told) for told in fitting) if one is not None]
    if not asked.speaker and len({one.statement.speaker for one in candidates}) > 1:
        candidates = []  # who 他 is, nobody can tell
    candidates.sort(key=lambda one: (-one.share, not one.same_verb, not one.statement.direct))
    findings = tuple(_finding(one) for one in candidates[:_MOST_FINDINGS])
    closest = tuple(
        dict.fromkeys(
            Support(article.id, _sentence_at(article, block, one.said.start)) for one, article, block in spoken
        )
    )
    return Reading(findings, closest[:2], "" if findings else "kind")


def _blocks(material: Material) -> Iterator[tuple[Article, Block]]:
    """The paragraphs that the passages touch, in the order of their articles."""
    seen: set[tuple[str, int]] = set()
    for passage in material.passages:
        article = material.articles[passage.article_id]
        for block in article.blocks:
            overlaps = block.start < passage.end and passage.start < block.end
            if block.kind is BlockKind.PARAGRAPH and overlaps:
                seen.add((article.id, block.start))
    for article in material.articles.values():
        yield from ((article, block) for block in article.blocks if (article.id, block.start) in seen)


def _speaks(speaker: str, statement: Statement) -> bool:
    """Whether ``speaker`` says it: the person named last before the verb, or, for no person, its subject."""
    name, told = _person(speaker), _told(speaker, statement)
    people = [told[span.start : span.end] for span in people_in(told, tokenize(told))]
    if name is not None:
        at = told.rfind(name)
        return at >= 0 and not any(told.rfind(one) > at and one not in name and name not in one for one in people)
    if people and not _OFFICE.search(speaker):
        return False
    words = fold(speaker).replace("的", "")
    clause = re.split("[,，]", told.strip(",， "))[-1].replace("的", "")
    at = clause.rfind(words)
    if at < 0:
        terms = find_terms(speaker)
        at = clause.rfind(terms[-1].text) if terms and all(found(term, clause) for term in terms) else -1
        words = terms[-1].text if terms else words
    behind = clause[at + len(words) :]
    for time in reversed(find_times(behind, None)):
        behind = behind[: time.start] + behind[time.end :]
    behind = _OCCASION.sub("", behind)
    return at >= 0 and not any(token.tag.startswith("n") and token.text not in people for token in tokenize(behind))


def _told(speaker: str, statement: Statement) -> str:
    """The words that name who says it, without whom it is said to; for 他 those before."""
    told = fold(statement.speaker)
    if _HE.search(told):
        return fold(statement.before)[-_REACH:]
    addressed = _ADDRESSED.search(told)
    # 向 and 和 begin names too.
    is_name = addressed is not None and (_person(speaker) or fold(speaker)) in addressed.group()
    return told if addressed is None or is_name else told[: addressed.start()]


def _is_that_one(speaker: str, statement: Statement) -> bool:
    """Whether the office that a question gives a person (校长某某) is told of the speaker."""
    name = _person(speaker)
    office = _HONORIFIC.sub("", fold(speaker).replace(name, "")) if name else ""
    told = fold(statement.before + statement.speaker)
    return not _OFFICE.search(office) or all(found(term, told) for term in find_terms(office) if len(term.text) > 1)


def _person(speaker: str) -> str | None:
    """The name of the person in the words for a speaker: 陶望舒 in 研究院副院长陶望舒."""
    folded = fold(speaker)
    if looks_like_person(folded) and not _OFFICE.search(folded):
        return folded
    people = [folded[span.start : span.end] for span in people_in(folded, tokenize(folded))]
    return people[-1] if people else None


def _candidate(
    asked: AskedStatement, material: Material, statement: Statement, article: Article, block: Block
) -> _Candidate | None:
    focus = material.focus
    sentence = _read_at(article, block, statement.at)
    said = article.text[statement.said.start : statement.said.end]
    of_topic = [time for time in focus.times if time.text in asked.topic]
    times = [time for time in focus.times if time not in of_topic]
    if times and not event_time_fits(times, sentence.time_at(statement.at - sentence.start), sentence):
        return None
    if any(fold(time.text) not in fold(said) for time in of_topic):
        return None
    paragraph = fold(article.text[block.start : block.end])
    if not all(found(term, paragraph) for term in find_terms(asked.where)):
        return None
    if _LOOKS_AHEAD.search(asked.verb) and not (_LOOKS_AHEAD.search(statement.verb) or _AHEAD.search(said)):
        return None
    same_verb = bool(asked.verb) and asked.verb in statement.verb
    topic = find_terms(asked.topic, find_times(asked.topic, None))
    if not topic or _GENERIC_TOPIC.fullmatch(asked.topic):
        return _Candidate(statement, article, block, 1.0, statement.said, same_verb)
    around = fold(
        statement.speaker + (statement.before if _LEANS.search(said) or _LEANS.search(statement.speaker) else "")
    )
    weights = [max(found(term, fold(said)), _TOLD_AROUND * found(term, around)) for term in topic]
    share = sum(weights) / len(weights)
    if share < _ON_TOPIC or any(term.is_name and not weight for term, weight in zip(topic, weights, strict=True)):
        return None
    answer = _on_topic(topic, article, statement.said)
    return _Candidate(statement, article, block, share, answer, same_verb)


def _on_topic(topic: Sequence[Term], article: Article, said: Span) -> Span:
    """The sentences of ``said`` that speak most of ``topic``; all of it where none speaks of it."""
    text = article.text[said.start : said.end]
    sentences = split_sentences(text, said.start)
    held = [sum(found(term, fold(article.text[one.start : one.end])) for term in topic) for one in sentences]
    most = max(held, default=0.0)
    if not most:
        return said
    best = [one for one, weight in zip(sentences, held, strict=True) if weight == most]
    chosen = article.text[best[0].start : best[-1].end].rstrip("。,，;；:： \n")
    return Span(best[0].start, best[0].start + len(chosen))


def _finding(one: _Candidate) -> Finding:
    article, block, answer = one.article, one.block, one.answer
    spans = [
        span
        for span in split_sentences(article.text[block.start : block.end], block.start)
        if span.start < answer.end and answer.start < span.end
    ]
    spans.append(_sentence_at(article, block, one.statement.at))
    support = tuple(dict.fromkeys(Support(article.id, _stripped(article, span)) for span in spans))
    return Finding(article.text[answer.start : answer.end], answer, support, SURE)


def _read_at(article: Article, block: Block, at: int) -> Sentence:
    span = _sentence_at(article, block, at)
    return read_sentence(article, span.start, span.end)


def _sentence_at(article: Article, block: Block, at: int) -> Span:
    spans = split_sentences(article.text[block.start : block.end], block.start)
    return next((span for span in spans if span.start <= at < span.end), Span(block.start, block.end))


def _stripped(article: Article, span: Span) -> Span:
    return Span(span.start, span.start + len(article.text[span.start : span.end].rstrip()))
