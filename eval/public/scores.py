"""From what was said to figures, as the public benchmarks count them. All figures are shares, 0–1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics import mean, precision_recall
from eval.public.answerers import Said
from eval.public.cmrc import bare, exact_match, f1
from eval.public.rgb import NoisyQuestion, says_gold
from eval.public.squad import PublicQuestion


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """A question, its accepted answers (none: unanswerable), what was said (None: refused), and CMRC's scores of it.

    ``shown`` is whether a text that was looked at holds an accepted answer. Scores and ``shown`` are None for an
    unanswerable question.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    said: str | None
    exact: float | None
    f1: float | None
    shown: bool | None


@dataclass(frozen=True, slots=True)
class SquadScores:
    """Figures of one system over the questions of a SQuAD-style file; None where there is nothing to measure.

    ``exact_match`` and ``f1`` are CMRC's, over the answerable questions: a refusal of one scores 0. ``shown`` is the
    share of these for which the texts looked at held an accepted answer, ``answered`` the share of all questions that
    got an answer. Where there are unanswerable questions, ``answered_precision`` is the share of the answers given
    that went to answerable questions, ``answered_recall`` the share of the answerable that got one; ``refused_…`` say
    the same of refusals and unanswerable questions.
    """

    name: str
    questions: int
    answerable: int
    exact_match: float | None
    f1: float | None
    shown: float | None
    answered: float | None
    answered_precision: float | None
    answered_recall: float | None
    refused_precision: float | None
    refused_recall: float | None
    answers: tuple[ScoredAnswer, ...]


@dataclass(frozen=True, slots=True)
class NoisyAnswer:
    """A question with what was said over the mixed passages and over negative ones alone (None: refused)."""

    id: str
    question: str
    parts: tuple[tuple[str, ...], ...]
    said: str | None
    right: bool
    said_to_negatives: str | None


@dataclass(frozen=True, slots=True)
class RgbScores:
    """Figures of one system over RGB.

    ``accuracy`` is the share of questions whose short answer over the mixed passages holds the gold, ``refused`` the
    share refused there, ``rejection`` the share refused where all passages are negative.
    """

    name: str
    questions: int
    accuracy: float | None
    refused: float | None
    rejection: float | None
    answers: tuple[NoisyAnswer, ...]


def score_squad(name: str, questions: Sequence[PublicQuestion], said: Sequence[Said]) -> SquadScores:
    """The figures of the system ``name``, which said ``said`` to the questions.

    Raises:
        ValueError: there is not one reply for each question.
    """
    scored = tuple(_score(question, reply) for question, reply in zip(questions, said, strict=True))
    answerable = [bool(each.answers) for each in scored]
    given = [each.said is not None for each in scored]
    mixed = not all(answerable)
    answered = precision_recall(given, answerable) if mixed else (None, None)
    refused = precision_recall([not yes for yes in given], [not yes for yes in answerable]) if mixed else (None, None)
    return SquadScores(
        name=name,
        questions=len(scored),
        answerable=sum(answerable),
        exact_match=mean(each.exact for each in scored if each.exact is not None),
        f1=mean(each.f1 for each in scored if each.f1 is not None),
        shown=mean(float(each.shown) for each in scored if each.shown is not None),
        answered=mean(map(float, given)),
        answered_precision=answered[0],
        answered_recall=answered[1],
        refused_precision=refused[0],
        refused_recall=refused[1],
        answers=scored,
    )


def score_rgb(
    name: str, questions: Sequence[NoisyQuestion], mixed: Sequence[Said], negatives: Sequence[Said]
) -> RgbScores:
    """The figures of the system ``name`` from its replies over mixed passages and over negative ones.

    Raises:
        ValueError: there is not one reply of each kind for each question.
    """
    scored = tuple(
        NoisyAnswer(
            question.id,
            question.question,
            question.parts,
            over_mixed.short,
            over_mixed.short is not None and says_gold(over_mixed.short, question.parts),
            over_negatives.short,
        )
        for question, over_mixed, over_negatives in zip(questions, mixed, negatives, strict=True)
    )
    return RgbScores(
        name=name,
        questions=len(scored),
        accuracy=mean(float(each.right) for each in scored),
        refused=mean(float(each.said is None) for each in scored),
        rejection=mean(float(each.said_to_negatives is None) for each in scored),
        answers=scored,
    )


def _score(question: PublicQuestion, reply: Said) -> ScoredAnswer:
    answers, said = question.answers, reply.short
    if not answers:
        return ScoredAnswer(question.id, question.question, (), said, None, None, None)
    texts = [bare(text) for text in reply.shown]
    return ScoredAnswer(
        question.id,
        question.question,
        answers,
        said,
        exact_match(said, answers) if said is not None else 0.0,
        f1(said, answers) if said is not None else 0.0,
        any(bare(answer) in text for answer in answers for text in texts),
    )
