"""The index with the real embedder: what is found, by which of its two searches, and what is said of it."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexStoreError
from rag.index import index as index_module
from rag.index.context import CONTEXT_WEIGHT
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.settings import Settings
from rag.text.tokens import keywords
from tests.index.sample_corpus import PARAGRAPHS, write_article

TEA = ("山里的茶园今年采了三千斤新茶，茶农说雨水好。", "村口的合作社把茶卖到了二十三个国家，去年出口额八百万元。")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("index")
    (folder / "corpus").mkdir()
    write_article(folder / "corpus", "harbour", PARAGRAPHS)
    write_article(folder / "corpus", "mountain", TEA)
    # Short passages, so that few sentences make many passages.
    return Settings(
        corpus_dir=folder / "corpus", index_dir=folder / "index", passage_min_chars=20, passage_max_chars=50
    )


@pytest.fixture(scope="module")
def index(shared: Settings, embedder: Embedder) -> Index:
    return Index.build_or_load(shared, embedder)


def best(index: Index, query: str) -> str:
    return index.retrieve(query, 1)[0].passage.text


def test_the_name_of_an_article_does_not_lead_away_from_what_is_asked(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = (
        "白石镇是一座老镇，白石镇的大人小孩都爱喝茶，白石镇的茶馆每天坐满了人。",
        "渡口早上六点开船，晚上七点收船，坐船两元，三岁以下免费，雨天停航。",
        "白石镇的桥有三座，白石镇的大人每天过桥，白石镇的人说都是清朝修的。",
    )
    (tmp_path / "corpus").mkdir()
    write_article(tmp_path / "corpus", "白石镇", town)
    write_article(tmp_path / "corpus", "mountain", TEA)
    settings = Settings(
        corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index", passage_min_chars=20, passage_max_chars=50
    )
    found = Index.build_or_load(settings, embedder)
    question = "白石镇坐船多少钱"
    assert "两元" in best(found, question)
    assert {scored.passage.article_id for scored in found.retrieve("茶农说雨水怎么样", 1)} == {"mountain"}
    monkeypatch.setattr(index_module, "OWN_WORDS_SHARE", 0.0)
    assert "白石镇" in best(found, question)


def test_passages_are_slices_of_their_articles(index: Index) -> None:
    assert set(index.articles) == {"harbour", "mountain"}
    assert len(index.passages) >= 6
    for passage in index.passages:
        assert index.articles[passage.article_id].text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("港口吞吐量是多少", "3.2亿吨"),
        ("没有司机的卡车有几辆", "无人集卡"),
        ("老周现在靠什么谋生", "观光船"),
        ("海水变成淡水要花多少钱", "4.8元"),
        ("茶叶出口到多少个国家", "二十三个国家"),
        ("Who is the head of the desalination plant?", "沈怀远"),
    ],
)
def test_the_passage_that_answers_is_among_the_first_two(index: Index, query: str, expected: str) -> None:
    assert any(expected in scored.passage.text for scored in index.retrieve(query, 2))


def test_results_are_distinct_and_best_first(index: Index) -> None:
    found = index.retrieve("港口的无人集卡", 100)
    assert len(found) == len(index.passages)
    assert len({scored.passage.id for scored in found}) == len(found)
    assert [scored.score for scored in found] == sorted((scored.score for scored in found), reverse=True)
    assert index.retrieve("港口的无人集卡", 3) == found[:3]


def test_either_search_can_be_asked_alone(index: Index) -> None:
    query = "automatic lorries without drivers"
    assert index.retrieve(query, 3, by="keywords") == []
    assert any("无人集卡" in scored.passage.text for scored in index.retrieve(query, 3, by="meaning"))
    terms = set(keywords("沈怀远"))
    by_words = index.retrieve("沈怀远", 5, by="keywords")
    assert by_words
    assert all(terms & set(keywords(scored.passage.text)) for scored in by_words)
    assert len(index.retrieve("沈怀远", 100, by="meaning")) == len(index.passages)


def test_a_passage_is_found_by_one_sentence_of_it(shared: Settings, embedder: Embedder, tmp_path: Path) -> None:
    fair = (
        "展厅里人来人往，孩子们围着机器人拍照，老人坐在长椅上听戏。门口卖糖人的摊子排着队，香味飘出很远。角落里摆着一台老织布机，"
        "是1962年造的。楼上的放映厅每周六放两场露天电影。傍晚，灯一盏盏亮了，广场上跳起了舞，一直跳到九点才散。"
    )
    mill = "纺织厂的旧厂房改成了仓库，机器早已卖掉，如今存放着各种年代的家具。"
    (tmp_path / "corpus").mkdir()
    write_article(tmp_path / "corpus", paragraphs=(*PARAGRAPHS, fair, mill))
    folders = {"corpus_dir": tmp_path / "corpus", "index_dir": tmp_path / "index"}
    index = Index.build_or_load(shared.model_copy(update={**folders, "passage_max_chars": 200}), embedder)
    found = [scored.passage for scored in index.retrieve("织布的机器哪年造的", 2, by="meaning")]
    assert [passage.text[:3] for passage in found] == ["展厅里", "纺织厂"]


def test_a_query_without_a_known_word_is_answered_by_meaning(index: Index) -> None:
    query = "automatic lorries without drivers"
    assert all(index.document_frequency(term) == 0 for term in keywords(query))
    assert any("无人集卡" in scored.passage.text for scored in index.retrieve(query, 3))


def test_a_query_of_no_words_at_all(index: Index) -> None:
    assert len(index.retrieve("？！", 4)) == 4


@pytest.mark.parametrize("k", [0, -1])
def test_a_bad_k_is_named(index: Index, k: int) -> None:
    with pytest.raises(ValueError, match=str(k)):
        index.retrieve("港口", k)
    with pytest.raises(ValueError, match=str(k)):
        index.retriever(k)


def test_document_frequency_counts_passages(index: Index) -> None:
    for term in ("茶", "茶园", "淡水", "集装箱", "航天"):
        assert index.document_frequency(term) == sum(term in keywords(passage.text) for passage in index.passages)


def test_the_retriever_gives_the_same_as_documents(index: Index) -> None:
    query = "淡水成本"
    documents = index.retriever(3).invoke(query)
    for document, scored in zip(documents, index.retrieve(query, 3), strict=True):
        passage = scored.passage
        assert (document.id, document.page_content) == (passage.id, passage.text)
        expected = {
            "article_id": passage.article_id,
            "title": passage.title,
            "section": passage.section,
            "start": passage.start,
            "end": passage.end,
            "kind": passage.kind.value,
            "score": scored.score,
        }
        assert expected.items() <= document.metadata.items()


async def test_the_retriever_is_a_runnable(index: Index) -> None:
    retriever = index.retriever(2)
    assert await retriever.ainvoke("新茶") == retriever.invoke("新茶")
    assert [len(documents) for documents in retriever.batch(["新茶", "渔船"])] == [2, 2]


def test_sentence_similarity_covers_each_sentence(index: Index, embedder: Embedder) -> None:
    passages = [scored.passage for scored in index.retrieve("海水淡化", 3)]
    found = index.sentence_similarity("海水淡化", passages)
    assert set(found) == {(each.article_id, span.start, span.end) for each in passages for span in each.sentences}
    assert all(-1.0001 <= cosine <= 1.0001 for cosine in found.values())


def test_sentence_similarity_tells_the_right_sentence(index: Index) -> None:
    found = index.sentence_similarity("厂长叫什么名字", index.passages)
    article_id, start, end = max(found, key=lambda key: found[key])
    assert "沈怀远" in index.articles[article_id].text[start:end]


def test_sentence_similarity_of_nothing_and_of_strangers(index: Index) -> None:
    assert index.sentence_similarity("港口", []) == {}
    stranger = dataclasses.replace(index.passages[0], article_id="stranger")
    with pytest.raises(ValueError, match="stranger"):
        index.sentence_similarity("港口", [stranger])


def test_loaded_it_answers_the_same(index: Index, shared: Settings, embedder: Embedder) -> None:
    loaded = Index.load(shared, embedder)
    for query in ("港口吞吐量", "茶农", "how much fresh water"):
        assert loaded.retrieve(query, 5) == index.retrieve(query, 5)
        assert loaded.sentence_similarity(query, index.passages) == index.sentence_similarity(query, index.passages)


def test_many_threads_ask_at_once(index: Index) -> None:
    queries = ["港口吞吐量", "茶农", "淡水成本", "无人集卡"]
    expected = {query: index.retrieve(query, 3) for query in queries}
    failures: list[str] = []

    def ask(query: str) -> None:
        failures.extend(query for _ in range(20) if index.retrieve(query, 3) != expected[query])

    threads = [threading.Thread(target=ask, args=(query,)) for query in queries * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_running_server_sees_a_newer_index(settings: Settings, embedder: Embedder) -> None:
    write_article(settings.corpus_dir, "harbour", PARAGRAPHS[:1])
    running = Index.build_or_load(settings, embedder)
    assert not running.newer_on_disk()
    write_article(settings.corpus_dir, "mountain", TEA)
    other = Index.build_or_load(settings, embedder)
    assert running.newer_on_disk()
    assert not other.newer_on_disk()
    # The old one goes on answering from memory, whatever has become of its files.
    assert "3.2亿吨" in best(running, "港口吞吐量")
    taken_up = Index.load(settings, embedder)
    assert not taken_up.newer_on_disk()
    assert taken_up.version == other.version
    assert "茶" in best(taken_up, "今年采了多少新茶")


def test_an_index_that_vanished_is_no_newer_one(settings: Settings, embedder: Embedder) -> None:
    write_article(settings.corpus_dir, "harbour", PARAGRAPHS[:1])
    index = Index.build_or_load(settings, embedder)
    (settings.index_dir / "current").unlink()
    assert not index.newer_on_disk()
    with pytest.raises(IndexStoreError, match="no index"):
        Index.load(settings, embedder)


def test_an_article_stays_itself_on_disk(settings: Settings, embedder: Embedder) -> None:
    path = write_article(settings.corpus_dir, "harbour", PARAGRAPHS[:1])
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace("title:", "subtitle: 副题\nauthors: [甲, 乙]\npublisher: 海州日报\ntitle:"), encoding="utf-8"
    )
    built = Index.build_or_load(settings, embedder)
    assert Index.load(settings, embedder).articles == built.articles


def test_sentence_vectors_are_the_embedders_own_in_their_context(index: Index, embedder: Embedder) -> None:
    (passage,) = [each for each in index.passages if "渔民老周" in each.text]
    text = index.articles[passage.article_id].text
    query = embedder.embed_queries(["渔民"])[0]
    context = embedder.embed_passages([f"{passage.title}\n{passage.section}".strip()])[0]
    for (_, start, end), cosine in index.sentence_similarity("渔民", [passage]).items():
        vector = embedder.embed_passages([text[start:end]])[0] + CONTEXT_WEIGHT * context
        assert cosine == pytest.approx(float(query @ vector / np.linalg.norm(vector)), abs=1e-4)


def test_index_dir_holds_nothing_of_the_corpus_path(shared: Settings, index: Index, tmp_path: Path) -> None:
    for path in shared.index_dir.rglob("*.json"):
        assert str(shared.corpus_dir) not in path.read_text(encoding="utf-8")
