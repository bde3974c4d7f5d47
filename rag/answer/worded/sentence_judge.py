"""What becomes of one sentence that a language model wrote: shown as it is, cited anew, repaired once, or dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.evidence import Sentence
from rag.answer.reading import Support
from rag.answer.worded.claim import Claim, has_mark, read_claim
from rag.answer.worded.claim_check import Fault, Verdict, check_claim
from rag.answer.worded.prompt import echoes_prompt
from rag.types import Language

Rewrite = Callable[[str, Verdict], str]
"""Writes a sentence anew, given what was wrong with it; "" where it cannot."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that passed, with the slices that carry it; ``repaired`` if it is not as it was first written."""

    claim: Claim
    support: tuple[Support, ...]
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class SentenceJudge:
    """Judges the sentences of one answer.

    ``passages`` are the sentences of the numbered passages that the model was given, ``published`` the date that
    relative time is read against, ``language`` that of the question.
    """

    passages: Mapping[int, Sequence[Sentence]]
    published: date | None
    language: Language

    def judge(self, written: str, rewrite: Rewrite | None = None) -> Judged | None:
        """The sentence as it may be shown; None where it may not be.

        A sentence that cites nothing, or the wrong passage, is kept if another passage carries all of it: then that
        one is cited. Whatever else is wrong, ``rewrite`` is asked once.
        """
        judged, verdict = self._check(written)
        if judged is not None or rewrite is None:
            return judged
        rewritten = rewrite(written, verdict)
        judged, _ = self._check(rewritten) if rewritten else (None, verdict)
        return None if judged is None else Judged(judged.claim, judged.support, repaired=True)

    def _check(self, written: str) -> tuple[Judged | None, Verdict]:
        claim = read_claim(written, self.published)
        if not claim.text or not any(character.isalnum() for character in claim.text):
            return None, Verdict(fault=Fault.WORDING)
        texts = [sentence.text for sentences in self.passages.values() for sentence in sentences]
        if echoes_prompt(claim.text, texts):
            return None, Verdict(fault=Fault.WORDING)
        verdict = check_claim(claim, self.passages, self.language)
        if verdict.passed:
            return Judged(claim, verdict.support), verdict
        for number in self.passages:
            elsewhere = read_claim(f"{claim.text}[{number}]", self.published)
            found = check_claim(elsewhere, self.passages, self.language)
            if found.passed:
                return Judged(elsewhere, found.support, repaired=has_mark(written)), found
        return None, verdict
