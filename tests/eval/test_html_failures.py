"""Why a question went wrong, and where the evidence stands in what was found."""

from __future__ import annotations

import dataclasses
import itertools

from hypothesis import given
from hypothesis import strategies as st

from eval.evaluation import Evaluation
from eval.html_failures import CAUSES, FLAWS, cause, flaws, pieces
from eval.html_report import render
from eval.outcomes import score
from rag.types import Passage
from tests.eval.test_html_report import claimed, read
from tests.eval.test_report import EVIDENCE, answer, case, passage, refused_rightly, refused_wrongly, right, wrong


def test_causes_and_flaws() -> None:
    assert [cause(one) for one in (wrong(), refused_wrongly(), claimed())] == ["elsewhere", "not_found", "claimed"]
    found = [passage(1, 10, 24)]
    silent = score(case(), answer("refused", None, "没有提到。"), [EVIDENCE], found, 1.0)
    misread = score(case(), answer("answered", "二百", "二百[1]", EVIDENCE), [EVIDENCE], found, 1.0)
    small_talk = score(refused_rightly().case, answer("chitchat", None, "你好"), [], [], 1.0)
    assert [cause(one) for one in (silent, misread, small_talk)] == ["held_back", "misread", "mixed_up"]
    assert flaws(right()) == ()
    assert flaws(refused_rightly()) == ()
    careless = dataclasses.replace(right(), cited=0.5, citing=0.5, ungrounded=("3吨",), alone=0.0)
    assert flaws(careless) == tuple(FLAWS)
    page = render([Evaluation("dev", [careless])], {})
    told = next(read(page).all("details", "flawed"))
    assert next(told.all("details", "question")).attributes["data-tags"].split() == list(FLAWS)
    assert all(f'[data-tags~="{tag}"]' in page for tag in (*CAUSES, *FLAWS))


@given(st.text("甲乙丙丁。 \n", max_size=40), st.lists(st.text("甲乙丙丁。 ", max_size=10), max_size=3))
def test_pieces_are_the_text(text: str, evidence: list[str]) -> None:
    cut = pieces(text, evidence)
    assert "".join(piece.text for piece in cut) == text
    assert all(one.evidence != other.evidence for one, other in itertools.pairwise(cut))
    if any("".join(quote.split()) and quote in text for quote in evidence):
        assert any(piece.evidence for piece in cut)


def test_evidence_that_a_passage_cuts_is_marked_as_far_as_it_goes() -> None:
    assert [piece.text for piece in pieces("前文在此。其中胡杨林62", ["其中胡杨林62万株。"]) if piece.evidence] == [
        "其中胡杨林62"
    ]
    assert not any(piece.evidence for piece in pieces("今年更多。", ["其中胡杨林62万株。"]))
    elsewhere = Passage("1", "b", "", "", passage(1, 0, 10).kind, "其中胡杨林62万株。", 0, 10, ())
    outcome = dataclasses.replace(refused_wrongly(), passages=(elsewhere,))
    assert "<mark>" not in render([Evaluation("dev", [outcome])], {})
