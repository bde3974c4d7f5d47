"""The vector store: LangChain's own standard tests, then what they do not ask for."""

import threading
from pathlib import Path

import faiss
import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import VectorStore as LangChainVectorStore
from langchain_tests.integration_tests.vectorstores import EMBEDDING_SIZE, VectorStoreIntegrationTests

from rag.errors import IndexStoreError
from rag.index.vectors import DOCUMENTS_FILE, VECTORS_FILE, VectorStore


class TestLangChainStandard(VectorStoreIntegrationTests):
    @pytest.fixture
    def vectorstore(self) -> LangChainVectorStore:
        return VectorStore.empty(self.get_embeddings(), EMBEDDING_SIZE)


TEXTS = ["智能工厂", "数字化车间", "低空经济", "无人机物流"]


@pytest.fixture
def embedding() -> DeterministicFakeEmbedding:
    return DeterministicFakeEmbedding(size=16)


@pytest.fixture
def store(embedding: DeterministicFakeEmbedding) -> VectorStore:
    metadatas = [
        {"place": "工厂", "n": 1},
        {"place": "工厂", "n": 2},
        {"place": "天空", "n": 3},
        {"place": "天空", "n": 4},
    ]
    return VectorStore.from_texts(TEXTS, embedding, metadatas, ids=list("abcd"))


def test_scores_are_cosines_nearest_first(store: VectorStore, embedding: DeterministicFakeEmbedding) -> None:
    found = store.similarity_search_with_score("低空经济", k=4)
    assert found[0][0].id == "c"
    query = np.array(embedding.embed_query("低空经济"))
    for document, score in found:
        vector = np.array(embedding.embed_query(document.page_content))
        assert score == pytest.approx(query @ vector / np.linalg.norm(query) / np.linalg.norm(vector), abs=1e-5)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_search_by_vector_finds_the_same(store: VectorStore, embedding: DeterministicFakeEmbedding) -> None:
    assert store.similarity_search_by_vector(embedding.embed_query("问"), k=3) == store.similarity_search("问", k=3)


def test_the_cosine_with_documents_of_ones_choice(store: VectorStore, embedding: DeterministicFakeEmbedding) -> None:
    vector = embedding.embed_query("茶园")
    found = {str(document.id): score for document, score in store.search_vector(vector, 100)}
    chosen = sorted(found)[::-1][:2]
    assert store.cosines(vector, chosen) == pytest.approx([found[name] for name in chosen])
    assert store.cosines(vector, chosen[:1]) == store.cosines(vector, chosen)[:1]
    assert store.cosines(vector, []) == []
    with pytest.raises(KeyError, match="nowhere"):
        store.cosines(vector, ["nowhere"])


def test_more_documents_asked_for_than_there_are(store: VectorStore) -> None:
    assert len(store.similarity_search("问", k=100)) == len(TEXTS)


@pytest.mark.parametrize("chosen", [{"place": "天空"}, lambda document: document.metadata["n"] > 2])
def test_filter_is_exact_and_still_fills_k(store: VectorStore, chosen: object) -> None:
    assert {each.id for each in store.similarity_search("智能工厂", k=2, filter=chosen)} == {"c", "d"}


def test_filter_that_fits_nothing(store: VectorStore) -> None:
    assert store.similarity_search("智能工厂", filter={"place": "海"}) == []
    assert store.similarity_search("智能工厂", filter={"unknown": None}) == []


def test_filter_reaches_through_a_langchain_retriever(store: VectorStore) -> None:
    retriever = store.as_retriever(search_kwargs={"k": 4, "filter": {"place": "工厂"}})
    assert {each.id for each in retriever.invoke("无人机物流")} == {"a", "b"}


def test_max_marginal_relevance_through_a_langchain_retriever(store: VectorStore) -> None:
    retriever = store.as_retriever(search_type="mmr", search_kwargs={"k": 2})
    found = retriever.invoke("低空经济")
    assert len(found) == 2
    assert found[0].id == "c"


def test_relevance_is_between_0_and_1(store: VectorStore) -> None:
    found = store.similarity_search_with_relevance_scores("低空经济", k=4)
    assert found[0][1] == pytest.approx(1.0, abs=1e-6)
    assert all(0.0 <= score <= 1.0 for _, score in found)


def test_deleted_documents_are_not_found_and_others_keep_their_vectors(store: VectorStore) -> None:
    store.delete(["b", "unknown"])
    assert [each.id for each in store.documents] == ["a", "c", "d"]
    for text, name in (("智能工厂", "a"), ("低空经济", "c"), ("无人机物流", "d")):
        assert store.similarity_search(text, k=1)[0].id == name


def test_delete_without_ids_deletes_nothing(store: VectorStore) -> None:
    with pytest.raises(ValueError, match="name the documents"):
        store.delete()
    assert len(store.documents) == len(TEXTS)


def test_an_id_twice_in_one_call_keeps_the_last(store: VectorStore) -> None:
    assert store.add_texts(["一", "二"], ids=["x", "x"]) == ["x", "x"]
    assert [each.page_content for each in store.get_by_ids(["x"])] == ["二"]
    assert len(store.similarity_search("二", k=10)) == len(TEXTS) + 1


def test_some_documents_with_an_id_and_some_without(store: VectorStore) -> None:
    names = store.add_documents([Document(page_content="一", id="x"), Document(page_content="二")])
    assert names[0] == "x"
    assert names[1]
    assert [each.page_content for each in store.get_by_ids(names)] == ["一", "二"]


def test_vectors_are_in_the_order_of_documents(store: VectorStore) -> None:
    store.delete(["a"])
    store.add_texts(["五"], ids=["e"])
    assert store.vectors.shape == (4, 16)
    for document, vector in zip(store.documents, store.vectors, strict=True):
        assert store.search_vector(vector, 1)[0][0].id == document.id


@pytest.mark.parametrize("k", [0, -3])
def test_a_bad_k_is_named(store: VectorStore, k: int) -> None:
    with pytest.raises(ValueError, match=f"k is {k}"):
        store.similarity_search("问", k=k)


def test_bad_arguments_are_named(store: VectorStore, embedding: DeterministicFakeEmbedding) -> None:
    with pytest.raises(ValueError, match="2 ids for 1 texts"):
        store.add_texts(["一"], ids=["a", "b"])
    with pytest.raises(ValueError, match="0 metadatas for 1 texts"):
        store.add_texts(["一"], metadatas=[])
    with pytest.raises(ValueError, match=r"\(1, 3\)"):
        store.add_vectors([Document(page_content="一")], [[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="has 3 numbers"):
        store.search_vector([1.0, 2.0, 3.0], 1)
    with pytest.raises(ValueError, match=r"VectorStore\.empty"):
        VectorStore.from_texts([], embedding)
    with pytest.raises(ValueError, match="dimensions is 0"):
        VectorStore.empty(embedding, 0)


def test_saved_and_loaded_it_answers_the_same(
    store: VectorStore, embedding: DeterministicFakeEmbedding, tmp_path: Path
) -> None:
    store.delete(["b"])
    store.save(tmp_path)
    loaded = VectorStore.load(tmp_path, embedding)
    assert loaded.documents == store.documents
    assert loaded.similarity_search_with_score("问", k=9) == store.similarity_search_with_score("问", k=9)
    loaded.add_texts(["新"], ids=["new"])
    assert loaded.similarity_search("新", k=1)[0].id == "new"


def test_the_file_is_native_faiss_and_nothing_is_pickled(store: VectorStore, tmp_path: Path) -> None:
    store.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {VECTORS_FILE, DOCUMENTS_FILE}
    assert faiss.read_index(str(tmp_path / VECTORS_FILE)).ntotal == len(TEXTS)


@pytest.mark.parametrize("damage", ["missing", "garbage", "cut", "other documents", "no list"])
def test_damaged_files_are_named(
    store: VectorStore, embedding: DeterministicFakeEmbedding, tmp_path: Path, damage: str
) -> None:
    store.save(tmp_path)
    vectors, documents = tmp_path / VECTORS_FILE, tmp_path / DOCUMENTS_FILE
    match damage:
        case "missing":
            vectors.unlink()
        case "garbage":
            vectors.write_bytes(b"not an index at all")
        case "cut":
            vectors.write_bytes(vectors.read_bytes()[:-20])
        case "other documents":
            documents.write_text("[]", encoding="utf-8")
        case "no list":
            documents.write_text("[3]", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="index anew") as caught:
        VectorStore.load(tmp_path, embedding)
    assert "\n" not in str(caught.value)


def test_searches_while_documents_are_replaced(store: VectorStore) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert [each.id for each in store.similarity_search("低空经济", k=1)] == ["c"]
        except BaseException as error:  # noqa: BLE001  a failure of the thread is the test's failure
            failures.append(error)

    readers = [threading.Thread(target=search) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(200):
        store.add_texts([f"文{turn}"], ids=["a"])
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
