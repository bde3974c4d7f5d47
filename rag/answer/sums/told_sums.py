"""All sums whose operands an article tells side by side, each with the rule for a figure that is only an operand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.answer.evidence import Sentence
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.change_ends import compute_change, is_an_end
from rag.answer.sums.compared_value import compute_compared, is_beside_the_asked
from rag.answer.sums.days_held import compute_days_held
from rag.answer.sums.earlier_value import is_of_the_whole_year
from rag.answer.sums.elapsed import compute_elapsed, is_no_span
from rag.answer.sums.gain import is_no_gain
from rag.answer.sums.per_unit import compute_per_unit, is_no_average
from rag.answer.sums.progress import compute_progress, is_not_left
from rag.answer.sums.whole_and_parts import compute_rest, is_no_rest
from rag.answer.sums.without_part import is_left_out
from rag.question.focus import Focus

_SUMS: tuple[Callable[[str, Focus, Sequence[Sentence]], Finding | None], ...] = (
    compute_per_unit,
    compute_progress,
    compute_rest,
    compute_change,
    lambda question, focus, sentences: compute_compared(focus, sentences),
    lambda question, focus, sentences: compute_days_held(question, sentences),
    compute_elapsed,
)


def compute_told(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """The first of these sums that the question asks for and the sentences tell of; None where there is none."""
    found = (compute(question, focus, sentences) for compute in _SUMS)
    return next((finding for finding in found if finding is not None), None)


def is_only_an_operand(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is but one side of what would have to be worked out, and so is no answer itself."""
    return (
        is_left_out(focus, figure)
        or is_no_average(question, focus, figure)
        or is_not_left(question, focus, figure)
        or is_no_rest(question, focus, figure)
        or is_an_end(question, focus, figure)
        or is_beside_the_asked(focus, figure)
        or is_no_span(question, figure)
        or is_no_gain(question, focus, figure)
        or is_of_the_whole_year(focus, figure)
    )
