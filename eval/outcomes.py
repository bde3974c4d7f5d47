"""What came of one test question: the answer and the retrieval, scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval import metrics
from eval.cases import Case
from rag.types import Answer, Passage, Span

# Lists and quotations have no single right wording; from here on the answer says the same.
_SAME_ANSWER_F1 = 0.8
_FREELY_WORDED = frozenset({"list", "followup", "mission"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with the answer it got.

    ``ranks`` holds, for each evidence sentence, the rank of the first retrieved passage with it; ``passages`` are those
    passages. ``cited`` is the share of the evidence that the citations show (citation recall, 0.0 without an answer),
    ``citing`` the share of the citations that show evidence (citation precision, None without a citation). ``alone`` is
    1.0 where the answer says what is accepted and no other figure of that unit.
    """

    case: Case
    answer: Answer
    exact: float
    f1: float
    alone: float
    cited: float
    citing: float | None
    ranks: tuple[int | None, ...]
    passages: tuple[Passage, ...]
    figures: int
    ungrounded: tuple[str, ...]
    milliseconds: float

    @property
    def gave_answer(self) -> bool:
        """Whether something was claimed, rightly or not."""
        return self.answer.status in ("answered", "computed")

    @property
    def right(self) -> bool:
        """Whether a visitor got what the case asks for: an accepted answer, or the right refusal or small talk."""
        if not self.case.answerable:
            return self.answer.status == self.case.status
        if not self.gave_answer:
            return False
        return self.exact == 1.0 or (self.case.kind in _FREELY_WORDED and self._says_the_same)

    @property
    def _says_the_same(self) -> bool:
        if self.answer.short is None:
            return metrics.states(self.answer.text, self.case.answers)
        return self.f1 >= _SAME_ANSWER_F1


def score(
    case: Case, answer: Answer, evidence: Sequence[Span], passages: Sequence[Passage], milliseconds: float
) -> Outcome:
    """Scores one answer.

    ``evidence`` are the places of the case's evidence in its article, ``passages`` what retrieval returned, best
    first, ``milliseconds`` how long the whole answer took.
    """
    gave_answer = answer.status in ("answered", "computed")
    here = [Span(cited.start, cited.end) for cited in answer.citations if cited.article_id == case.article]
    holders = [[passage for passage in passages if _holds(passage, case.article, place)] for place in evidence]
    short = answer.short if gave_answer else None
    figures, ungrounded = _figures(answer) if gave_answer else (0, ())
    return Outcome(
        case=case,
        answer=answer,
        exact=metrics.exact_match(short, case.answers),
        f1=metrics.f1(short, case.answers),
        alone=float(gave_answer and metrics.says_only(short or answer.text, case.answers)),
        cited=metrics.share_held(evidence, here) if gave_answer else 0.0,
        citing=metrics.share_showing(here, evidence, len(answer.citations)) if gave_answer else None,
        ranks=tuple(metrics.first_ranks(holders, passages)),
        passages=tuple(passages),
        figures=figures,
        ungrounded=ungrounded,
        milliseconds=milliseconds,
    )


def _figures(answer: Answer) -> tuple[int, tuple[str, ...]]:
    # A computed answer states its result and, in a share's formula, the factor of 100%; its operands are quoted.
    results = (answer.short or "", "100%") if answer.status == "computed" else ()
    stated = f"{answer.short or ''}\n{answer.text}\n{answer.formula or ''}"
    count, loose = metrics.check_figures(stated, [cited.quote for cited in answer.citations], results)
    return count, tuple(loose)


def _holds(passage: Passage, article: str, place: Span) -> bool:
    return passage.article_id == article and metrics.share_held([place], [passage.span]) == 1.0
