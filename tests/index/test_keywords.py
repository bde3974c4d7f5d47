"""The keyword index: BM25's ranking, its edges, and its files."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import IndexStoreError
from rag.index.keywords import KeywordIndex

DOCUMENTS = [["智能", "工厂", "智能"], ["低空", "经济"], ["低空", "物流", "无人机"], []]
corpora = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=8)


@pytest.fixture
def index() -> KeywordIndex:
    return KeywordIndex.build(DOCUMENTS)


def test_rarer_terms_weigh_more(index: KeywordIndex) -> None:
    assert [position for position, _ in index.search(["低空", "物流"], k=9)] == [2, 1]


def test_documents_without_a_query_term_are_not_returned(index: KeywordIndex) -> None:
    assert [position for position, _ in index.search(["工厂"], k=9)] == [0]


@pytest.mark.parametrize("terms", [[], ["生猪"], [""]])
def test_unknown_terms_find_nothing(index: KeywordIndex, terms: list[str]) -> None:
    assert index.search(terms, k=9) == []


def test_unknown_terms_change_no_score(index: KeywordIndex) -> None:
    assert index.search(["低空", "生猪"], k=9) == index.search(["低空"], k=9)


def test_k_above_the_corpus_and_below(index: KeywordIndex) -> None:
    assert len(index.search(["低空"], k=1000)) == 2
    assert len(index.search(["低空"], k=1)) == 1
    with pytest.raises(ValueError, match="k is 0"):
        index.search(["低空"], k=0)


def test_document_frequency(index: KeywordIndex) -> None:
    assert [index.document_frequency(term) for term in ("低空", "智能", "生猪", "")] == [2, 1, 0, 0]


def test_nothing_to_index() -> None:
    with pytest.raises(ValueError, match="no documents"):
        KeywordIndex.build([])


def test_documents_of_punctuation_alone(tmp_path: Path) -> None:
    index = KeywordIndex.build([[], []])
    index.save(tmp_path)
    for each in (index, KeywordIndex.load(tmp_path)):
        assert each.size == 2
        assert each.search(["智能"], k=3) == []
        assert each.document_frequency("智能") == 0


def test_saved_and_loaded_it_answers_the_same(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "keywords")
    loaded = KeywordIndex.load(tmp_path / "keywords")
    assert loaded.size == index.size
    for terms in (["低空", "物流"], ["智能"], ["生猪"]):
        assert loaded.search(terms, k=9) == index.search(terms, k=9)
        assert loaded.document_frequency(terms[0]) == index.document_frequency(terms[0])


def test_no_file_is_a_pickle(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    for path in tmp_path.iterdir():
        assert path.suffix in {".npy", ".json"}
        if path.suffix == ".npy":
            assert np.load(path, allow_pickle=False).dtype != object


@pytest.mark.parametrize("name", ["data.csc.index.npy", "params.index.json", "vocab.index.json"])
@pytest.mark.parametrize("damage", ["missing", "garbage", "empty"])
def test_damaged_files_are_named(index: KeywordIndex, tmp_path: Path, name: str, damage: str) -> None:
    index.save(tmp_path)
    if damage == "missing":
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(b"{garbage" if damage == "garbage" else b"")
    with pytest.raises(IndexStoreError, match="index anew"):
        KeywordIndex.load(tmp_path)


@given(corpora, st.lists(st.sampled_from("abcdefxyz"), max_size=4, unique=True))
def test_the_formula(documents: list[list[str]], terms: list[str]) -> None:
    """Against BM25 as Lucene computes it, written out plainly: k1 = 1.5, b = 0.75."""
    mean_length = sum(map(len, documents)) / len(documents)
    expected = {}
    for position, document in enumerate(documents):
        score = 0.0
        for term in terms:
            count = document.count(term)
            if count:
                holding = sum(term in other for other in documents)
                rarity = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
                score += rarity * count / (count + 1.5 * (0.25 + 0.75 * len(document) / mean_length))
        if score:
            expected[position] = score
    found = KeywordIndex.build(documents).search(terms, k=len(documents))
    assert dict(found) == pytest.approx(expected, rel=1e-4)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@given(corpora)
def test_document_frequency_counts_documents(documents: list[list[str]]) -> None:
    index = KeywordIndex.build(documents)
    for term in "abcdef":
        assert index.document_frequency(term) == sum(term in document for document in documents)


def test_building_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    KeywordIndex.build(DOCUMENTS)
    assert caplog.records == []
