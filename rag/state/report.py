"""What a publisher learns from what readers asked: how much, what most, what the articles lack, what was disliked."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from rag.state.database import Database
from rag.state.question_groups import QuestionGroup, alike_questions, frequent_words, same_questions
from rag.state.tables import Exchange, Feedback

_AT_ONCE: Final = 2000
_MOST_WORDS: Final = 12
_MOST_COMPARED: Final = 1000
_MOST_COMMENTS: Final = 5
_GIVEN: Final = ("answered", "computed")


@dataclass(frozen=True, slots=True)
class Dislike:
    """An answer that was voted down: how often, what was said of it, and the links of its citations."""

    question: str
    answer: str
    votes: int
    comments: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked since a moment. Days are those of this machine's time zone.

    ``days`` counts the questions of each day by channel, ``statuses`` all of them by the status of their answer.
    ``refused`` are groups of questions that the articles do not answer, ``refused_words`` the words that these have
    in common. ``confidence`` is the median of the answers that were given, None where there was none.
    """

    since: datetime
    days: dict[date, dict[str, int]]
    statuses: dict[str, int]
    confidence: float | None
    asked: tuple[QuestionGroup, ...]
    refused: tuple[QuestionGroup, ...]
    refused_words: dict[str, int]
    liked: int
    disliked: tuple[Dislike, ...]

    @property
    def questions(self) -> int:
        """How many questions there were."""
        return sum(self.statuses.values())


def make_report(database: Database, since: datetime, most: int = 10) -> Report:
    """Look through what is kept since a moment.

    A question counts in the form in which it was understood, so that a follow-up stands for itself.

    Args:
        database: where conversations and feedback are kept.
        since: when the report begins.
        most: how many questions each list has at most.

    Raises:
        DatabaseError: the database fails.
    """
    seen = _Seen()
    wanted = select(
        Exchange.channel,
        Exchange.asked,
        Exchange.status,
        Exchange.question,
        Exchange.answer["question_understood"].as_string(),
        Exchange.answer["confidence"].as_float(),
    ).where(Exchange.asked >= since)
    with database.reading() as session:
        for channel, asked, status, question, understood, confidence in session.execute(
            wanted, execution_options={"yield_per": _AT_ONCE}
        ):
            seen.add(channel, asked, status, understood or question, confidence)
        votes = [
            _Vote(*row)
            for row in session.execute(
                select(Feedback.vote, Feedback.question, Feedback.answer, Feedback.comment, Feedback.sources)
                .where(Feedback.given >= since)
                .order_by(Feedback.id)
            )
        ]
    refused = alike_questions(seen.refused)
    return Report(
        since=since,
        days={day: dict(channels) for day, channels in sorted(seen.days.items())},
        statuses=dict(seen.statuses.most_common()),
        confidence=statistics.median(seen.confidences) if seen.confidences else None,
        asked=tuple(same_questions(seen.asked)[:most]),
        refused=tuple(refused[:most]),
        refused_words=frequent_words(refused[:_MOST_COMPARED], _MOST_WORDS),
        liked=sum(vote.vote == "up" for vote in votes),
        disliked=tuple(_dislikes(votes)[:most]),
    )


@dataclass(slots=True)
class _Seen:
    days: defaultdict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    statuses: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    confidences: list[float] = field(default_factory=list)

    def add(self, channel: str, asked: datetime, status: str, question: str, confidence: float | None) -> None:
        self.days[asked.astimezone().date()][channel] += 1
        self.statuses[status] += 1
        if status == "chitchat":
            return
        self.asked[question] += 1
        if status == "refused":
            self.refused[question] += 1
        elif status in _GIVEN and confidence is not None:
            self.confidences.append(confidence)


@dataclass(frozen=True, slots=True)
class _Vote:
    vote: str
    question: str
    answer: str
    comment: str
    sources: list[str]


def _dislikes(votes: Iterable[_Vote]) -> list[Dislike]:
    groups: dict[tuple[str, str], list[_Vote]] = defaultdict(list)
    for vote in votes:
        if vote.vote == "down":
            groups[vote.question, vote.answer].append(vote)
    made = []
    for (question, answer), group in groups.items():
        comments = [vote.comment for vote in group if vote.comment]
        sources = dict.fromkeys(source for vote in group for source in vote.sources)
        # The page sends the vote at once, and again with the comment.
        number = max(len(comments), len(group) - len(comments))
        made.append(Dislike(question, answer, number, tuple(comments[-_MOST_COMMENTS:]), tuple(sources)))
    return sorted(made, key=lambda dislike: -dislike.votes)
