"""A question without the names that an article has introduced: what is left tells its passages from one another.

Of the passages of an article only the first few repeat its name, and they are seldom those that answer. Once the
article is known, its name in the question leads the search astray.
"""

from __future__ import annotations

from rag.question.full_names import full_names
from rag.question.granted_names import leave_out_granted
from rag.question.terms import find_terms
from rag.text.dates import TimeExpression, find_times
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities

_SHORTEST = 3


def without_known_names(question: str, introduced: str) -> str:
    """``question`` without its names that ``introduced`` holds; the question itself where too little would be left.

    Example:
        >>> without_known_names("锐澜光学的营收是多少", "锐澜光学发布年报")
        '营收是多少'
    """
    left = leave_out_granted(question, "", introduced, full_names(introduced))
    known, folded = fold(introduced), fold(left)
    stated: list[TimeExpression | Quantity] = [*find_times(left, None), *find_quantities(left)]
    for term in sorted(find_terms(left, stated, full_names(introduced)), key=lambda term: -term.start):
        end = term.start + len(term.text)
        if not term.is_name or term.text not in known or folded[term.start : end] != term.text:
            continue
        left = left[: term.start] + left[end:].removeprefix("的")
    return left if len(left) >= _SHORTEST else question
