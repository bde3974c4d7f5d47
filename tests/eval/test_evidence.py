"""The evidence of the committed sets stands in the articles as ingestion reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import load_cases, locate, locate_evidence
from eval.sets import HERE, SETS
from rag.ingest import read_corpus

CORPUS = HERE.parent / "corpus"


@pytest.mark.parametrize("name", sorted(SETS))
def test_evidence_stands_in_the_repaired_articles(name: str) -> None:
    chosen = SETS[name]
    cases = load_cases(chosen.questions)
    articles = {article.id: article for article in read_corpus(chosen.corpus or CORPUS).articles}
    places = locate_evidence(cases, articles)
    for case in cases:
        text = articles[case.article].text
        for sentence, place in zip(case.evidence, places[case.id], strict=True):
            assert "".join(text[place.start : place.end].split()) == "".join(sentence.split())


@pytest.mark.parametrize("name", sorted(SETS))
def test_an_extracted_answer_stands_in_its_evidence(name: str) -> None:
    for case in load_cases(SETS[name].questions):
        if case.status == "answered":
            held = any(locate(answer, "".join(case.evidence)) is not None for answer in case.answers)
            assert held, f"{case.id}: none of {case.answers} stands in its evidence"


def test_the_development_articles_are_marked_as_samples() -> None:
    for path in sorted(Path(SETS["dev"].corpus or "").glob("*.md")):
        head = path.read_text(encoding="utf-8").split("---\n")[1]
        assert "sample: true" in head.splitlines(), f"{path.name} must say that it is made up"
