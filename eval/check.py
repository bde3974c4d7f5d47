"""Checks a file of test questions against a corpus without asking anything, and tells all faults at once."""

from __future__ import annotations

from pathlib import Path

from eval.cases import Case, CaseError, case_lines, locate, locate_evidence, parse_case
from rag.ingest import read_corpus


def find_faults(questions: Path, corpus: Path) -> list[str]:
    """What is wrong with the questions, a line for each fault, which begins with the file and the number of the line.

    Besides what stops a run (a line that is no case, an id used twice, an article that is not there, evidence that
    does not stand in it) it names extracted answers that stand in none of their evidence: such a question can
    never be answered rightly with its citation.

    Raises:
        CaseError: the file of questions cannot be read.
        ArticleError: the corpus holds no article.
    """
    articles = {article.id: article for article in read_corpus(corpus).articles}
    faults: list[str] = []
    seen: set[str] = set()
    for place, line in case_lines(questions):
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
    return any(locate(answer, "".join(case.evidence)) is not None for answer in case.answers)
