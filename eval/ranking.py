"""How good a retrieval was, by the standard measures of TREC.

The measures are worked out by ``trec_eval`` itself, through ``pytrec_eval`` (Van Gysel and de Rijke, *Pytrec_eval: An
Extremely Fast Python Interface to trec_eval*, SIGIR 2018), so that they are the ones that papers report.

What is to be found are evidence sentences, what is ranked are passages, and one passage may hold several sentences.
Were the passages judged, the number of relevant ones would depend on how a system splits its articles. So each sentence
is a query of its own with a single relevant document, the first passage that holds it; a case is the mean of its
sentences, and a figure the mean of its cases. What a figure is divided by is thus the same for every system.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.cases import CaseError
from eval.metrics import mean

MEASURES = {
    "recall_at_1": "recall_1",
    "recall_at_3": "recall_3",
    "recall_at_5": "recall_5",
    "reciprocal_rank": "recip_rank",
    "ndcg_at_5": "ndcg_cut_5",
}
"""Each figure, and what ``trec_eval`` calls the measure behind it."""
_OF_THE_FIRST_SENTENCE = "reciprocal_rank"


def ranking_figures(cases: Sequence[Sequence[int | None]]) -> dict[str, float | None]:
    """Recall at 1, 3 and 5, reciprocal rank and nDCG at 5, each 0–1, as the mean over the cases.

    A case is given by its evidence sentences: for each the rank, from 1, of the first passage retrieved that holds it,
    None where none does. Recall at k is the share of the case's sentences that stand in the first k passages; nDCG at 5
    is the mean over them of 1 / log₂(rank + 1), 0 beyond the fifth passage; the reciprocal rank is that of the sentence
    found first. A case without evidence is left out; None where no case is left.

    Raises:
        CaseError: ``pytrec_eval`` is not installed.
        ValueError: a rank is below 1.

    Example:
        >>> figures = ranking_figures([[1, 2, None]])
        >>> figures["recall_at_1"], figures["recall_at_5"], figures["reciprocal_rank"]
        (0.3333333333333333, 0.6666666666666666, 1.0)
    """
    measured = [_measured(ranks) for ranks in cases if ranks]
    return {
        figure: mean(
            max(values[name] for values in sentences)
            if figure == _OF_THE_FIRST_SENTENCE
            else sum(values[name] for values in sentences) / len(sentences)
            for sentences in measured
        )
        for figure, name in MEASURES.items()
    }


def _measured(ranks: Sequence[int | None]) -> list[dict[str, float]]:
    """What ``trec_eval`` says of each sentence."""
    try:
        from pytrec_eval import RelevanceEvaluator
    except ModuleNotFoundError as error:
        raise CaseError("the evaluation needs trec_eval's measures; pip install pytrec-eval-terrier") from error
    wrong = [rank for rank in ranks if rank is not None and rank < 1]
    if wrong:
        raise ValueError(f"a rank is {wrong[0]}; ranks are counted from 1")
    judged = {str(number): {"holds it": 1} for number in range(len(ranks))}
    run = {str(number): _passages(rank) for number, rank in enumerate(ranks)}
    values = RelevanceEvaluator(judged, set(MEASURES.values())).evaluate(run)
    return [values[query] for query in judged]


def _passages(rank: int | None) -> dict[str, float]:
    # trec_eval sorts by score; of what stands after the passage that is sought it need not know.
    if rank is None:
        return {"passage 1": -1.0}
    return {f"passage {place}": -float(place) for place in range(1, rank)} | {"holds it": -float(rank)}
