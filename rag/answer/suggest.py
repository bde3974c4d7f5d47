"""Example questions drawn from the articles, each asked once before it is shown, so that every one is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rag.answer.evidence import Sentence, gather
from rag.answer.figures import Figure, find_figures
from rag.errors import QuestionError
from rag.types import Answer, Article, BlockKind, Passage

_MOST_TRIALS = 24
_VERB_BEFORE_FIGURE = re.compile(r"(?:达到了?|达|为|是|共|共计|合计|超过?|突破|约|已|有|完成|实现|增至|升至)+$")
_SUBJECT = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9·“”]{4,22}$")
_NEVER_FIRST = re.compile(r"^(?:其中?|这|该|此|并|而|但|还|也|同比|环比|比|较|增长|以|将|把|就|在|从|每|让|使)")


def suggest_questions(
    articles: Mapping[str, Article],
    passages: Sequence[Passage],
    ask: Callable[[str], Answer],
    most: int = 5,
) -> tuple[str, ...]:
    """At most ``most`` questions that ``ask`` answers with the very figure they were made from.

    They are taken from different sections before a second is taken from one.
    """
    kept: list[str] = []
    used: dict[str, int] = {}
    candidates = list(_candidates(articles, passages))
    for _ in range(min(_MOST_TRIALS, len(candidates))):
        candidates.sort(key=lambda candidate: used.get(candidate[1].sentence.section, 0))
        question, figure = candidates.pop(0)
        section = figure.sentence.section
        used[section] = used.get(section, 0) + 1
        if question not in kept and _is_answered(question, figure, ask):
            kept.append(question)
        if len(kept) == most:
            break
    return tuple(kept)


def _candidates(articles: Mapping[str, Article], passages: Sequence[Passage]) -> Iterator[tuple[str, Figure]]:
    body = [passage for passage in passages if passage.kind is BlockKind.PARAGRAPH]
    for sentence in gather(body, articles):
        for figure in find_figures(sentence):
            question = _question(sentence, figure)
            if question:
                yield question, figure


def _question(sentence: Sentence, figure: Figure) -> str:
    """A question made of the words right before the figure, or "" where they make no subject."""
    quantity = figure.quantity
    if figure.parent or figure.is_rate or quantity.ordinal or not quantity.unit or not re.search(r"\d", quantity.text):
        return ""
    subject = sentence.text[figure.own.start : quantity.start].strip(" ,，、")
    subject = _VERB_BEFORE_FIGURE.sub("", subject)
    if not _SUBJECT.match(subject) or _NEVER_FIRST.match(subject) or subject.count("“") != subject.count("”"):
        return ""
    last = next((t for t in reversed(figure.own_tokens) if t.end <= figure.own.start + len(subject) + 2), None)
    if last is None or not any(t.tag.startswith("n") for t in figure.own_tokens if t.end <= quantity.start):
        return ""
    time = figure.time
    stated = time.period.label if time and time.period and time.text not in subject else ""
    return f"{stated}{subject}是多少？"


def _is_answered(question: str, figure: Figure, ask: Callable[[str], Answer]) -> bool:
    try:
        answer = ask(question)
    except QuestionError:
        return False
    return answer.status == "answered" and answer.short == figure.quantity.text
