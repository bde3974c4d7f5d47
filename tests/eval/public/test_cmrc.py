"""CMRC's metric against values worked out by hand, and against what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.public.cmrc import REMOVED, bare, exact_match, f1, segments
from training.measure.paragraph_given import score

TEXTS = st.text("青瓷窑厂12ab ，。《》-.,(\"'", max_size=12)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("青瓷", ["青", "瓷"]),
        ("《Windows 95》于1995年", ["windows", "95", "于", "1995", "年"]),
        ("KTV-AI店", ["ktvai", "店"]),
        ("14,520.5元(约)", ["14,520.5", "元", "(", "约", ")"]),
        ("U.S.A.的", ["u.s.a", ".", "的"]),
        ("tim's", ["tim", "'s"]),
        ("90%", ["90", "%"]),
        ("", []),
    ],
)
def test_segments_are_han_characters_and_whole_ascii_words(text: str, wanted: list[str]) -> None:
    assert segments(text) == wanted


@pytest.mark.parametrize(
    ("said", "answers", "wanted"),
    [
        ("踢爆", ["踢爆"], 1.0),
        ("“踢爆”。", ["踢爆"], 1.0),
        ("ABC", ["abc"], 1.0),
        ("(踢爆)", ["踢爆"], 0.0),  # the published script keeps ASCII brackets
        ("4分", ["4分钟"], 0.0),
        ("五天", ["四天", "五天"], 1.0),
        ("", ["四天"], 0.0),
    ],
)
def test_exact_match(said: str, answers: list[str], wanted: float) -> None:
    assert exact_match(said, answers) == wanted


@pytest.mark.parametrize(
    ("said", "answers", "wanted"),
    [
        ("4分钟", ["4分钟"], 1.0),
        ("约4分钟", ["4分钟"], 2 * (3 / 4) * 1 / (3 / 4 + 1)),
        # The longest common run is 分钟, of 3 and of 3: a bag of words would give 1.
        ("分钟4", ["4分钟"], 2 / 3),
        # 甲 and 丙丁 are shared, the run is 丙丁: precision 2/4, recall 2/4.
        ("甲乙丙丁", ["甲戊丙丁"], 0.5),
        ("甲，乙", ["甲乙"], 1.0),
        ("甲", ["乙"], 0.0),
        ("甲乙", ["丙", "甲"], 2 / 3),
        ("", ["甲"], 0.0),
    ],
)
def test_f1_over_the_longest_common_run(said: str, answers: list[str], wanted: float) -> None:
    assert f1(said, answers) == pytest.approx(wanted)


def test_means_are_over_all_questions_in_percent() -> None:
    measured = score(["青瓷", "约4分钟", ""], [["青瓷"], ["4分钟"], ["甲"]])
    assert measured.questions == 3
    assert measured.exact_match == pytest.approx(100 / 3)
    assert measured.f1 == pytest.approx(100 * (1 + 6 / 7) / 3)


def test_a_mean_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no questions"):
        score([], [])


@given(TEXTS, TEXTS)
def test_scores_lie_between_0_and_1_and_do_not_depend_on_the_side(said: str, wanted: str) -> None:
    assert 0.0 <= f1(said, [wanted]) <= 1.0
    assert f1(said, [wanted]) == pytest.approx(f1(wanted, [said]))
    assert exact_match(said, [wanted]) == exact_match(wanted, [said])


@given(TEXTS)
def test_a_text_matches_itself_and_loses_nothing_but_punctuation(text: str) -> None:
    assert exact_match(text, [text]) == 1.0
    assert f1(text, [text]) == float(bool(segments(text)))
    assert not REMOVED & set(bare(text))
    assert "".join(segments(text)) == "".join(bare(text).split())


@given(st.text("青瓷窑厂", min_size=1, max_size=6), st.text("青瓷窑厂", min_size=1, max_size=6))
def test_an_exact_match_has_the_full_f1(said: str, wanted: str) -> None:
    assert (f1(said, [wanted]) == 1.0) == (exact_match(said, [wanted]) == 1.0)
