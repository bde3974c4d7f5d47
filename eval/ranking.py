"""How good a retrieval was, by the standard measures of TREC.

The measures are worked out by ``trec_eval`` itself, through ``pytrec_eval`` (Van Gysel and de Rijke, *Pytrec_eval: An
Extremely Fast Python Interface to trec_eval*, SIGIR 2018), so that they are the ones that papers report.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from eval.cases import CaseError
from eval.metrics import mean
from eval.outcomes import Outcome

MEASURES = {
    "recall_at_1": "recall_1",
    "recall_at_3": "recall_3",
    "recall_at_5": "recall_5",
    "reciprocal_rank": "recip_rank",
    "ndcg_at_5": "ndcg_cut_5",
}
"""Each figure, and what ``trec_eval`` calls the measure behind it."""


def ranking_figures(
    runs: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]
) -> dict[str, float | None]:
    """Recall at 1, 3 and 5, reciprocal rank and nDCG at 5, each 0–1, as the mean over the questions.

    ``runs`` holds, by question, the documents retrieved, best first (a document that stands there twice counts at its
    better rank), ``relevant`` those that should be. A question that retrieved nothing counts 0; one for which nothing
    is relevant is left out. None where no question is left.

    Raises:
        CaseError: ``pytrec_eval`` is not installed.

    Example:
        >>> ranking_figures({"q": ["a", "b", "c"]}, {"q": {"b", "x"}})["recall_at_3"]
        0.5
    """
    try:
        from pytrec_eval import RelevanceEvaluator
    except ModuleNotFoundError as error:
        raise CaseError("the evaluation needs trec_eval's measures; pip install pytrec-eval-terrier") from error
    judged = {question: dict.fromkeys(wanted, 1) for question, wanted in relevant.items() if wanted}
    ranked = {question: _scores(runs.get(question, ())) for question in judged}
    measured = RelevanceEvaluator(judged, set(MEASURES.values())).evaluate(ranked) if judged else {}
    return {figure: mean(values[measure] for values in measured.values()) for figure, measure in MEASURES.items()}


def judgements(outcomes: Sequence[Outcome]) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """What was retrieved for each case, and what is relevant, as `ranking_figures` takes them.

    A document is a passage, named by its rank. Relevant is the first passage that holds at least half of an evidence
    sentence, so a passage counts once however often overlapping chunks say the same; a sentence that no passage holds
    is a relevant document that was not retrieved. ``trec_eval`` knows no two documents at one rank: evidence sentences
    that a single passage shows first are one document.
    """
    runs, relevant = {}, {}
    for number, outcome in enumerate(outcomes):
        last = max((rank for rank in outcome.ranks if rank is not None), default=0)
        runs[str(number)] = [str(rank) for rank in range(1, last + 1)]
        relevant[str(number)] = {
            f"missed {place}" if rank is None else str(rank) for place, rank in enumerate(outcome.ranks)
        }
    return runs, relevant


def _scores(ranking: Sequence[str]) -> dict[str, float]:
    # trec_eval sorts by score and breaks ties by name, so no two may be equal.
    return {document: -float(place) for place, document in enumerate(dict.fromkeys(ranking))}
