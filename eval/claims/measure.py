"""How many corrupted sentences the check of worded answers catches, and how many true ones it rejects."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from eval.cases import load_cases
from eval.claims.corruption import KINDS, corrupted, names_of
from eval.claims.true_claims import TrueClaim, true_claims
from eval.sets import QuestionSet
from rag.answer.worded.claim import read_claim
from rag.answer.worded.claim_check import check_claim
from rag.ingest import read_corpus
from rag.ingest.split import split_article
from rag.settings import Settings

PER_KIND = 60
LEAST_CAUGHT = {"figure": 1.0, "year": 1.0, "unit": 1.0, "name": 0.95, "negation": 0.95}
MOST_REJECTED = 0.02
_SEED = 20250908


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``asked`` sentences, those that did not pass; ``others`` are the ones on which the check was wrong."""

    asked: int
    stopped: int
    others: tuple[str, ...]

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing was asked."""
        return self.stopped / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """``caught`` by kind of corruption, and the true sentences that were ``rejected``, copied and reworded ones."""

    caught: dict[str, Share]
    copied: Share
    reworded: Share

    @property
    def rejected(self) -> float:
        """The share of all true sentences that were rejected."""
        return (self.copied.stopped + self.reworded.stopped) / max(1, self.copied.asked + self.reworded.asked)


def measure(chosen: QuestionSet, settings: Settings, per_kind: int = PER_KIND) -> Measured:
    """Make true sentences of a set, corrupt them, and check both.

    Raises:
        CaseError, ArticleError: the set cannot be read.
    """
    own = chosen.settings(settings)
    articles = {article.id: article for article in read_corpus(own.corpus_dir).articles}
    passages = [
        passage
        for article in articles.values()
        for passage in split_article(article, own.passage_min_chars, own.passage_max_chars)
    ]
    claims = true_claims(load_cases(chosen.questions), articles, passages)
    names = {article.id: names_of([article]) for article in articles.values()}
    chance = random.Random(_SEED)  # noqa: S311 - the same sentences every time
    caught = {}
    for kind in KINDS:
        shuffled = chance.sample(claims, len(claims))
        made = [(claim, corrupted(claim, kind, names[claim.article.id], chance)) for claim in shuffled]
        chosen_ones = [(claim, text) for claim, text in made if text is not None and text != claim.written][:per_kind]
        missed = tuple(text for claim, text in chosen_ones if passes(claim, text))
        caught[kind] = Share(len(chosen_ones), len(chosen_ones) - len(missed), missed)
    return Measured(
        caught,
        _rejected([claim for claim in claims if claim.copied]),
        _rejected([claim for claim in claims if not claim.copied]),
    )


def passes(claim: TrueClaim, written: str) -> bool:
    """Whether a sentence passes the check against the passages of ``claim``."""
    return check_claim(read_claim(written, claim.article.published), claim.passages, "zh").passed


def _rejected(claims: Sequence[TrueClaim]) -> Share:
    wrong = tuple(claim.written for claim in claims if not passes(claim, claim.written))
    return Share(len(claims), len(wrong), wrong)


def shortfalls(measured: Measured) -> list[str]:
    """What lies under its threshold, a line each."""
    lines = [
        f"{kind}: {share.share:.1%} caught, {LEAST_CAUGHT[kind]:.0%} wanted"
        for kind, share in measured.caught.items()
        if share.share < LEAST_CAUGHT[kind]
    ]
    if measured.rejected > MOST_REJECTED:
        lines.append(f"true sentences: {measured.rejected:.1%} rejected, at most {MOST_REJECTED:.0%} wanted")
    return lines
