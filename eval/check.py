"""Checks a file of test questions against a corpus without asking anything, and tells all faults at once."""

from __future__ import annotations

from pathlib import Path

from eval.cases import Case, CaseError, case_lines, locate, locate_evidence, parse_case
from eval.metrics import sole_figure
from rag.ingest import read_corpus
from rag.text.normalise import normalise_question
from rag.text.numbers import find_quantities, same_quantity


def find_faults(questions: Path, corpus: Path) -> list[str]:
    """What is wrong with the questions, a line for each fault, which begins with the file and the number of the line.

    Besides what stops a run (a file without a case, a line that is none, an id used twice, an article that is not
    there, evidence that does not stand in it) it names extracted answers that stand in none of their evidence, figures
    by value: such a question can never be answered rightly with its citation.

    Raises:
        CaseError: the file of questions cannot be read.
        ArticleError: the corpus holds no article.
    """
    articles = {article.id: article for article in read_corpus(corpus).articles}
    faults: list[str] = []
    seen: set[str] = set()
    lines = case_lines(questions)
    if not lines:
        return [f"{questions}: holds no case; write one JSON object a line"]
    for place, line in lines:
        try:
            case = parse_case(line, place)
        except CaseError as error:
            faults.append(str(error))
            continue
        if case.id in seen:
            faults.append(f"{place}: id {case.id!r} is used twice; give each case its own")
        seen.add(case.id)
        try:
            locate_evidence([case], articles)
        except CaseError as error:
            faults.append(f"{place}: {error}")
            continue
        if case.status == "answered" and not _stands(case):
            faults.append(f"{place}: none of the answers {list(case.answers)} stands in the evidence; quote it in full")
    return faults


def _stands(case: Case) -> bool:
    evidence = "".join(case.evidence)
    there = find_quantities(normalise_question(evidence))
    figures = [figure for answer in case.answers if (figure := sole_figure(answer)) is not None]
    return any(locate(answer, evidence) is not None for answer in case.answers) or any(
        same_quantity(one, figure) for one in there for figure in figures
    )
