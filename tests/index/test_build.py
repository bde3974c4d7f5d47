"""When an index is made, what it takes over from the one before, and what it says about it."""

import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ArticleError, IndexStoreError
from rag.index.index import Index
from rag.settings import Settings
from tests.index.counting_encoder import CountingEncoder
from tests.index.sample_corpus import PARAGRAPHS, write_article


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def built(settings: Settings, encoder: CountingEncoder) -> Index:
    write_article(settings.corpus_dir)
    index = Index.build_or_load(settings, encoder)
    encoder.embedded.clear()
    return index


def index_folders(settings: Settings) -> list[Path]:
    return [path for path in settings.index_dir.iterdir() if path.is_dir()]


def test_every_passage_and_sentence_is_embedded_once(settings: Settings, encoder: CountingEncoder) -> None:
    write_article(settings.corpus_dir)
    index = Index.build_or_load(settings, encoder)
    assert len(encoder.embedded) == len(set(encoder.embedded))
    for passage in index.passages:
        assert any(passage.text in text for text in encoder.embedded)
    assert index.rebuilt_because == ""


def test_a_second_start_embeds_nothing_and_writes_nothing(
    settings: Settings, encoder: CountingEncoder, built: Index
) -> None:
    before = {path: path.stat().st_mtime_ns for path in settings.index_dir.rglob("*")}
    again = Index.build_or_load(settings, encoder)
    assert encoder.embedded == []
    assert {path: path.stat().st_mtime_ns for path in settings.index_dir.rglob("*")} == before
    assert (again.version, again.passages, again.articles) == (built.version, built.passages, built.articles)
    assert again.rebuilt_because == ""


def test_a_new_article_embeds_only_itself(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    write_article(settings.corpus_dir, "mountain", ("山里的茶园今年采了三千斤新茶。茶农说，雨水好。",))
    index = Index.build_or_load(settings, encoder)
    assert encoder.embedded
    assert all("茶" in text or "mountain" in text for text in encoder.embedded)
    assert set(index.articles) == {*built.articles, "mountain"}
    assert "1 new (mountain)" in index.rebuilt_because


def test_a_changed_article_embeds_only_its_changed_parts(
    settings: Settings, encoder: CountingEncoder, built: Index
) -> None:
    changed = (*PARAGRAPHS[:3], PARAGRAPHS[3].replace("4.8元", "3.9元"))
    write_article(settings.corpus_dir, paragraphs=changed)
    index = Index.build_or_load(settings, encoder)
    assert encoder.embedded
    assert all("3.9元" in text for text in encoder.embedded)
    assert "1 changed (harbour)" in index.rebuilt_because


def test_a_new_title_embeds_only_the_title(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    path = settings.corpus_dir / "harbour.md"
    path.write_text(path.read_text(encoding="utf-8").replace("港口新潮", "潮起海州"), encoding="utf-8")
    index = Index.build_or_load(settings, encoder)
    assert encoder.embedded
    assert all("潮起海州" in text for text in encoder.embedded)
    assert {passage.title for passage in index.passages} == {"潮起海州 harbour"}
    assert index.version != built.version


def test_an_index_being_read_is_not_removed(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    (folder,) = index_folders(settings)
    reader = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(reader, fcntl.LOCK_SH)
        write_article(settings.corpus_dir, paragraphs=PARAGRAPHS[:2])
        Index.build_or_load(settings, encoder)
        assert folder in index_folders(settings)
        assert (folder / "manifest.json").exists()
    finally:
        os.close(reader)
    write_article(settings.corpus_dir, paragraphs=PARAGRAPHS[:3])
    Index.build_or_load(settings, encoder)
    assert len(index_folders(settings)) == 1
    assert folder not in index_folders(settings)


def test_what_is_not_of_the_index_is_left_alone(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    (settings.index_dir / "notes").mkdir()
    (settings.index_dir / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    write_article(settings.corpus_dir, paragraphs=PARAGRAPHS[:2])
    Index.build_or_load(settings, encoder)
    assert (settings.index_dir / "notes" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_vectors_taken_over_are_those_of_a_fresh_build(
    settings: Settings, encoder: CountingEncoder, built: Index, tmp_path: Path
) -> None:
    write_article(settings.corpus_dir, paragraphs=PARAGRAPHS[::-1])
    taken_over = Index.build_or_load(settings, encoder)
    fresh = Index.build_or_load(settings.model_copy(update={"index_dir": tmp_path / "fresh"}), encoder)
    assert taken_over.version == fresh.version
    assert taken_over.passages == fresh.passages
    query = "无人集卡"
    assert taken_over.retrieve(query, 9) == fresh.retrieve(query, 9)
    assert taken_over.sentence_similarity(query, fresh.passages) == fresh.sentence_similarity(query, fresh.passages)
    assert np.array_equal(taken_over._contents.vectors.vectors, fresh._contents.vectors.vectors)


def test_a_removed_article_is_gone(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    write_article(settings.corpus_dir, "mountain", ("山里的茶园今年采了三千斤新茶。",))
    Index.build_or_load(settings, encoder)
    encoder.embedded.clear()
    (settings.corpus_dir / "mountain.md").unlink()
    index = Index.build_or_load(settings, encoder)
    assert encoder.embedded == []
    assert index.version == built.version
    assert all("茶" not in scored.passage.text for scored in index.retrieve("新茶", 9))
    assert "1 gone (mountain)" in index.rebuilt_because


def test_another_embedder_is_named_and_nothing_is_taken_over(settings: Settings, built: Index) -> None:
    other = CountingEncoder("counting@2")
    index = Index.build_or_load(settings, other)
    assert "counting@1" in index.rebuilt_because
    assert "counting@2" in index.rebuilt_because
    assert len(other.embedded) >= len(index.passages)


def test_other_passage_lengths_are_named_and_sentences_are_taken_over(
    settings: Settings, encoder: CountingEncoder, built: Index
) -> None:
    shorter = settings.model_copy(update={"passage_min_chars": 20, "passage_max_chars": 50})
    index = Index.build_or_load(shorter, encoder)
    assert re.search(r"100–300 .* 20–50", index.rebuilt_because)
    assert len(index.passages) > len(built.passages)
    assert len(encoder.embedded) <= len(index.passages)


def test_another_format_is_named(settings: Settings, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    write_article(settings.corpus_dir)
    with monkeypatch.context() as patch:
        patch.setattr("rag.index.manifest.FORMAT", 99)
        Index.build_or_load(settings, encoder)
    index = Index.build_or_load(settings, encoder)
    assert "format 99" in index.rebuilt_because
    assert Index.build_or_load(settings, encoder).rebuilt_because == ""


def test_every_damaged_file_is_named_and_rebuilt(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    names = {path.relative_to(folder) for folder in index_folders(settings) for path in folder.rglob("*.*")}
    assert len(names) >= 10
    for name in [*sorted(names), Path("current")]:
        (folder,) = index_folders(settings)
        path = settings.index_dir / name if name == Path("current") else folder / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 0x04
        path.write_bytes(content)
        told: list[str] = []
        index = Index.build_or_load(settings, encoder, lambda label, done, total, told=told: told.append(label))
        assert str(name) in index.rebuilt_because, name
        assert any(index.rebuilt_because in label for label in told)
        assert "\n" not in index.rebuilt_because
        assert index.version == built.version
        assert Index.build_or_load(settings, encoder).rebuilt_because == "", name


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_every_lost_file_is_named_and_rebuilt(
    settings: Settings, encoder: CountingEncoder, built: Index, damage: Callable[[Path], object]
) -> None:
    names = {path.relative_to(folder) for folder in index_folders(settings) for path in folder.rglob("*.*")}
    for name in sorted(names):
        (folder,) = index_folders(settings)
        damage(folder / name)
        index = Index.build_or_load(settings, encoder)
        assert str(name) in index.rebuilt_because
        assert index.version == built.version


def test_nothing_on_disk_is_a_pickle(settings: Settings, built: Index) -> None:
    for path in index_folders(settings)[0].rglob("*.*"):
        assert path.suffix in {".json", ".npy", ".faiss"}
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)


def test_a_bad_article_is_left_out_and_named(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    (settings.corpus_dir / "broken.txt").write_bytes(bytes(range(256)) * 4)
    (settings.corpus_dir / "empty.txt").write_bytes(b"")
    index = Index.build_or_load(settings, encoder)
    assert set(index.articles) == set(built.articles)
    assert any("broken.txt" in problem for problem in index.problems)
    assert any("empty.txt" in problem for problem in index.problems)
    assert encoder.embedded == []
    assert Index.load(settings, encoder).problems == index.problems


def test_an_empty_corpus_is_one_clear_line(settings: Settings, encoder: CountingEncoder) -> None:
    with pytest.raises(ArticleError, match=re.escape(str(settings.corpus_dir))) as caught:
        Index.build_or_load(settings, encoder)
    assert "\n" not in str(caught.value)
    assert not settings.index_dir.exists()


def test_a_corpus_of_bad_files_alone_names_them(settings: Settings, encoder: CountingEncoder) -> None:
    (settings.corpus_dir / "empty.txt").write_bytes(b"")
    with pytest.raises(ArticleError, match=r"empty\.txt"):
        Index.build_or_load(settings, encoder)


def test_a_corpus_that_became_empty_leaves_the_index(
    settings: Settings, encoder: CountingEncoder, built: Index
) -> None:
    (settings.corpus_dir / "harbour.md").unlink()
    with pytest.raises(ArticleError):
        Index.build_or_load(settings, encoder)
    assert Index.load(settings, encoder).version == built.version


def test_an_index_folder_that_cannot_be_one(settings: Settings, encoder: CountingEncoder) -> None:
    write_article(settings.corpus_dir)
    settings.index_dir.write_text("a file where a folder should be")
    with pytest.raises(IndexStoreError, match="index_dir") as caught:
        Index.build_or_load(settings, encoder)
    assert "\n" not in str(caught.value)


def test_load_takes_what_is_there_without_the_corpus(
    settings: Settings, encoder: CountingEncoder, built: Index
) -> None:
    (settings.corpus_dir / "harbour.md").unlink()
    loaded = Index.load(settings, encoder)
    assert (loaded.version, loaded.articles, loaded.passages) == (built.version, built.articles, built.passages)


def test_load_says_what_is_missing_or_other(settings: Settings, encoder: CountingEncoder, built: Index) -> None:
    with pytest.raises(IndexStoreError, match="counting@1"):
        Index.load(settings, CountingEncoder("counting@2"))
    nowhere = settings.model_copy(update={"index_dir": settings.index_dir / "nowhere"})
    with pytest.raises(IndexStoreError, match="there is no index"):
        Index.load(nowhere, encoder)
