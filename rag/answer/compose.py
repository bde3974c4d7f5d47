"""From a finding to the `Answer` that is shown, once every figure in it has been checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.answer.citations import cite
from rag.answer.grounding import check_grounding
from rag.answer.reading import Finding, Reading, Support
from rag.answer.wording import marks, quoted, say
from rag.text.folding import fold
from rag.types import Answer, Article, Question, Status

_MOST_TOPICS = 4
_BARE_FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,%])")


def compose(question: Question, finding: Finding, articles: Mapping[str, Article], public_url: str) -> Answer | None:
    """The answer in words, or None where a figure in it does not stand in what it cites.

    The first line is the short answer with its marks; the sentence that holds it follows.
    """
    citations = cite(finding.support, articles, public_url, finding.confidence)
    numbers = marks([citation.number for citation in citations])
    notes = list(question.notes)
    if finding.period:
        notes.append(say("period", question.language, period=finding.period))
    if finding.as_of:
        notes.append(say("as_of", question.language, year=finding.as_of))
    if finding.dated:
        notes.append(say("dated", question.language, told=finding.dated[0], date=finding.dated[1]))
    status: Status = "answered"
    if finding.formula is not None:
        status = "computed"
        text = f"{finding.short}{numbers}\n{say('computed', question.language, formula=finding.formula)}"
        # The result, and the 1 of (1 + 25%), are the only figures of a formula that no article need hold.
        computed: Sequence[str] = (finding.short or "", finding.formula.rpartition(" ")[2], "1")
    else:
        computed = ()
        head = finding.short or ""
        if finding.note in ("confirmed", "contradicted"):
            head = say(finding.note, question.language, short=head)
        sentence = quoted(citations[0].quote)
        text = f"{head}{numbers}\n{sentence}" if head else f"{sentence}{numbers}"
    # The minus sign of 1 − 20% joins no range.
    # The year of the article is known from its head, where no sentence need say it.
    told = [citation.quote for citation in citations] + ([finding.as_of] if finding.as_of else [])
    if finding.unit and any(finding.unit in fold(quote) for quote in told[1:]):
        # 8.4 under 亿元 is 8.4亿元.
        told += [f"{bare}{finding.unit}" for bare in _BARE_FIGURE.findall(told[0])]
    report = check_grounding(text.replace("−", "÷"), told, computed)
    if not report.passed:
        return None
    return Answer(
        text=text,
        short=finding.short,
        status=status,
        citations=citations,
        question=question.standalone,
        notes=tuple(notes),
        confidence=round(finding.confidence, 4),
        formula=finding.formula,
    )


def refuse(
    question: Question,
    reading: Reading,
    articles: Mapping[str, Article],
    public_url: str,
    *,
    reason: str | None = None,
) -> Answer:
    """A polite refusal: what is missing, what the articles do cover, and the closest sentences set apart."""
    language = question.language
    key = reason or ("refused_time" if reading.obstacle == "time" else "refused")
    lines = [say(key, language)]
    topics = _topics(reading.closest, articles)
    if topics:
        lines.append(say("covers", language, topics="；".join(topics) if language == "zh" else "; ".join(topics)))
    return Answer(
        text="\n".join(lines),
        short=None,
        status="refused",
        citations=(),
        question=question.standalone,
        notes=question.notes,
        related=cite(reading.closest, articles, public_url, 0.0),
    )


def _topics(closest: Sequence[Support], articles: Mapping[str, Article]) -> list[str]:
    """The section headings of the closest article, or of all where none is close."""
    chosen = [articles[support.article_id] for support in closest[:1]] or list(articles.values())[:1]
    headings = [block.section for article in chosen for block in article.blocks if block.section]
    return list(dict.fromkeys(headings))[:_MOST_TOPICS] or [article.title for article in chosen]
