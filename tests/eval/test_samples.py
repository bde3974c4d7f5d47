"""The sample articles and their questions: enough of both, of every kind, and each line stands in its article."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.cases import KINDS, Case, CaseError, load_cases, locate, locate_evidence
from rag.ingest import read_corpus
from rag.types import Article

FOLDER = Path(__file__).parents[2] / "eval" / "samples"
NAMES = sorted(path.stem for path in (FOLDER / "articles").glob("*.md"))
LEAST_QUESTIONS = 40
LEAST_HAN = 1500
LEAST_NEAR_MISSES = 7
_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(FOLDER / "questions.jsonl")


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.id: article for article in read_corpus(FOLDER / "articles").articles}


def of_article(cases: tuple[Case, ...], name: str) -> list[Case]:
    return [case for case in cases if case.article == name]


def test_ingestion_finds_no_fault(articles: dict[str, Article]) -> None:
    assert sorted(articles) == NAMES
    assert len(NAMES) >= 2
    assert not read_corpus(FOLDER / "articles").problems


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_a_sample_of_full_length(name: str, articles: dict[str, Article]) -> None:
    head = (FOLDER / "articles" / f"{name}.md").read_text(encoding="utf-8").split("---\n")[1]
    assert "sample: true" in head.splitlines(), f"{name} must say that it is made up"
    assert len(_HAN.findall(articles[name].text)) >= LEAST_HAN


def test_the_articles_are_of_different_years(articles: dict[str, Article]) -> None:
    years = [article.published.year for article in articles.values() if article.published]
    assert len(set(years)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_questions_of_every_kind(name: str, cases: tuple[Case, ...]) -> None:
    kinds = Counter(case.kind for case in of_article(cases, name))
    assert sum(kinds.values()) >= LEAST_QUESTIONS
    assert set(kinds) == set(KINDS) - {"mission"}, "every kind but the product's own promises"
    assert kinds["near_miss"] >= LEAST_NEAR_MISSES


def test_no_question_is_asked_twice(cases: tuple[Case, ...]) -> None:
    asked = Counter((case.article, case.question, case.history) for case in cases)
    assert [question for question, times in asked.items() if times > 1] == []


def test_evidence_stands_in_the_repaired_articles(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    places = locate_evidence(cases, articles)
    assert all(len(places[case.id]) == len(case.evidence) for case in cases)


def test_evidence_is_whole_sentences(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    for case in cases:
        text = articles[case.article].text
        for sentence in case.evidence:
            place = locate(sentence, text)
            assert place is not None
            before = text[: place.start].rstrip(" ")[-1:]
            assert before in ("", "\n", *"。！？；”"), f"{case.id}: evidence begins inside a sentence: {sentence!r}"
            after = text[place.end : place.end + 1]
            ends = sentence[-1] in "。！？；”" or after in ("", "\n")
            assert ends, f"{case.id}: evidence ends inside a sentence: {sentence!r}"


def test_an_evidence_sentence_stands_once(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    for case in cases:
        text = "".join(articles[case.article].text.split())
        for sentence in case.evidence:
            assert text.count("".join(sentence.split())) == 1, f"{case.id}: {sentence!r} does not name one place"


def test_an_extracted_answer_stands_in_its_evidence(cases: tuple[Case, ...]) -> None:
    for case in cases:
        if case.status == "answered":
            held = any(locate(answer, "".join(case.evidence)) is not None for answer in case.answers)
            assert held, f"{case.id}: none of {case.answers} stands in its evidence"


def test_a_computed_answer_stands_nowhere(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    for case in cases:
        if case.status == "computed":
            said = [answer for answer in case.answers if locate(answer, articles[case.article].text) is not None]
            assert not said, f"{case.id}: {said} need not be computed"


@pytest.mark.parametrize("name", NAMES)
def test_layout_that_cuts_a_sentence_is_mended(name: str, articles: dict[str, Article]) -> None:
    raw = (FOLDER / "articles" / f"{name}.md").read_text(encoding="utf-8")
    cuts = re.findall(r"([^\n]{6}，)\n\n", raw)
    assert cuts, f"{name} should hold a sentence that layout has cut"
    for cut in cuts:
        place = articles[name].text.index(cut) + len(cut)
        assert articles[name].text[place] != "\n", f"the cut after {cut!r} was not mended"


def test_evidence_of_another_article_does_not_stand(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    case = next(case for case in cases if case.evidence)
    other = next(article for name, article in articles.items() if name != case.article)
    with pytest.raises(CaseError, match="does not stand"):
        locate_evidence([case], {case.article: other})
