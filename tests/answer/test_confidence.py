"""A probability from signals: between 0 and 1 whatever they are, higher where more speaks for the candidate."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.answer.confidence import ConfidenceModel, Signals

NAMES = [field.name for field in dataclasses.fields(Signals)]
SHIPPED = ConfidenceModel.load()
HALF = ConfidenceModel(0.0, dict.fromkeys(NAMES, 0.0), 0.5)

switches = st.sampled_from([0.0, 1.0])
logits = st.floats(-30, 30)
coefficients = st.floats(-5, 5)
signals = st.builds(Signals, logits, logits, logits, switches, switches, switches, switches)
models = st.builds(
    ConfidenceModel, coefficients, st.fixed_dictionaries(dict.fromkeys(NAMES, coefficients)), st.floats(0, 1)
)


@given(model=models)
def test_what_is_saved_is_loaded(model: ConfidenceModel, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("confidence") / "confidence.json"
    model.save(path)
    assert ConfidenceModel.load(path) == model


def test_without_weights_it_is_the_logistic_function_of_the_intercept() -> None:
    nothing = Signals(*[0.0] * len(NAMES))
    assert HALF.probability(nothing) == 0.5
    assert dataclasses.replace(HALF, intercept=math.log(4)).probability(nothing) == pytest.approx(0.8)


def test_each_signal_counts_by_its_own_weight() -> None:
    for name in NAMES:
        model = dataclasses.replace(HALF, weights={**HALF.weights, name: math.log(3)})
        assert model.probability(Signals(**{**dict.fromkeys(NAMES, 0.0), name: 1.0})) == pytest.approx(0.75)
        others = {other: 1.0 for other in NAMES if other != name}
        assert model.probability(Signals(**{**others, name: 0.0})) == 0.5


@given(model=models, one=signals, wider=logits)
def test_a_wider_margin_moves_it_the_way_of_its_weight(model: ConfidenceModel, one: Signals, wider: float) -> None:
    assume(wider > one.margin)
    before, after = model.probability(one), model.probability(dataclasses.replace(one, margin=wider))
    if model.weights["margin"] >= 0:
        assert after >= before
    else:
        assert after <= before


@given(one=signals, wider=logits)
def test_the_shipped_one_rises_with_the_margin(one: Signals, wider: float) -> None:
    assume(wider > one.margin)
    assert SHIPPED.probability(dataclasses.replace(one, margin=wider)) >= SHIPPED.probability(one)


@given(one=signals)
def test_the_shipped_one_trusts_what_is_agreed_and_distrusts_what_is_doubted(one: Signals) -> None:
    agreed = dataclasses.replace(one, agreed=1.0, contradicted=0.0, unanswered=0.0)
    contradicted = dataclasses.replace(one, agreed=0.0, contradicted=1.0, unanswered=0.0)
    assert SHIPPED.probability(agreed) >= SHIPPED.probability(contradicted)
    doubted, trusted = dataclasses.replace(one, doubted=1.0), dataclasses.replace(one, doubted=0.0)
    assert SHIPPED.probability(doubted) <= SHIPPED.probability(trusted)


@given(model=models, value=st.floats(allow_nan=False, allow_infinity=False), name=st.sampled_from(NAMES))
def test_no_signal_is_too_great(model: ConfidenceModel, value: float, name: str) -> None:
    assert 0 <= model.probability(Signals(**{**dict.fromkeys(NAMES, 0.0), name: value})) <= 1


def test_the_shipped_one_weighs_every_signal() -> None:
    assert set(SHIPPED.weights) == set(NAMES)
    assert 0 < SHIPPED.ruled_figure < 1


@pytest.mark.parametrize("missing", ["intercept", "ruled_figure", *NAMES])
def test_a_file_that_lacks_a_number_is_not_taken(missing: str, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    HALF.save(path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content.pop(missing, None)
    content["weights"].pop(missing, None)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KeyError, match=missing):
        ConfidenceModel.load(path)
