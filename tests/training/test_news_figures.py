"""The generator of paragraphs full of figures that look alike."""

from __future__ import annotations

from training.news.figures import generate


def test_the_same_seed_gives_the_same_examples() -> None:
    assert list(generate(60, 4)) == list(generate(60, 4))
    assert list(generate(60, 4)) != list(generate(60, 5))


def test_about_half_are_unanswerable() -> None:
    examples = list(generate(600, 1))
    assert 0.4 < sum(not example.answers for example in examples) / len(examples) < 0.6
