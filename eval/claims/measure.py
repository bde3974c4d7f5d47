"""How many corrupted sentences the check of worded answers catches, and how many true ones it rejects."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import load_cases
from eval.claims.corruption import KINDS, corrupted, names_of
from eval.claims.true_claims import WORDINGS, TrueClaim, Wording, true_claims
from eval.sets import QuestionSet
from rag.answer.worded.claim import read_claim
from rag.answer.worded.claim_check import check_claim
from rag.ingest import read_corpus
from rag.ingest.split import split_article
from rag.settings import Settings

PER_KIND = 60
LEAST_CAUGHT = {"figure": 1.0, "year": 1.0, "unit": 1.0, "swap": 1.0, "name": 0.95, "negation": 0.95}
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
    """The corrupted sentences that were ``caught``, by kind, and the ``true`` ones that were rejected, by wording."""

    caught: Mapping[str, Share]
    true: Mapping[Wording, Share]

    @property
    def rejected(self) -> float:
        """The share of all true sentences that were rejected."""
        return sum(share.stopped for share in self.true.values()) / max(1, self.asked)

    @property
    def asked(self) -> int:
        """How many true sentences there were."""
        return sum(share.asked for share in self.true.values())


def measure(chosen: QuestionSet, settings: Settings, per_kind: int = PER_KIND) -> Measured:
    """Make true sentences of a set, corrupt them, and check both.

    Raises:
        CaseError, ArticleError: the set cannot be read.
    """
    claims = _true_claims(chosen, chosen.settings(settings))
    missed: dict[str, list[str]] = {kind: [] for kind in KINDS}
    asked = dict.fromkeys(KINDS, 0)
    for kind, claim, text in _corrupt(claims, per_kind):
        asked[kind] += 1
        if passes(claim, text):
            missed[kind].append(text)
    caught = {kind: Share(asked[kind], asked[kind] - len(texts), tuple(texts)) for kind, texts in missed.items()}
    true = {wording: _rejected([claim for claim in claims if claim.wording == wording]) for wording in WORDINGS}
    return Measured(caught, true)


def corrupted_claims(
    chosen: QuestionSet, settings: Settings, per_kind: int = PER_KIND
) -> list[tuple[str, TrueClaim, str]]:
    """The corrupted sentences that `measure` checks: the kind, the true sentence, the corrupted one.

    Raises:
        CaseError, ArticleError: the set cannot be read.
    """
    return list(_corrupt(_true_claims(chosen, chosen.settings(settings)), per_kind))


def _true_claims(chosen: QuestionSet, settings: Settings) -> list[TrueClaim]:
    articles = {article.id: article for article in read_corpus(settings.corpus_dir).articles}
    passages = [
        passage
        for article in articles.values()
        for passage in split_article(article, settings.passage_min_chars, settings.passage_max_chars)
    ]
    return true_claims(load_cases(chosen.questions), articles, passages)


def _corrupt(claims: Sequence[TrueClaim], per_kind: int) -> Iterator[tuple[str, TrueClaim, str]]:
    articles = {claim.article.id: claim.article for claim in claims}
    names = {article.id: names_of([article]) for article in articles.values()}
    chance = random.Random(_SEED)  # noqa: S311 - the same sentences every time
    for kind in KINDS:
        made = 0
        for claim in chance.sample(claims, len(claims)):
            text = corrupted(claim, kind, names[claim.article.id], chance)
            if text is not None and text != claim.written and made < per_kind:
                made += 1
                yield kind, claim, text


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
