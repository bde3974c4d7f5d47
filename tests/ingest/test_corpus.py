from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.ingest import read_corpus
from tests.ingest.texts import CORPUS

BODY = "春天来了，山里的花都开了，人们走出家门。"


def test_the_shipped_corpus_has_no_problems() -> None:
    reading = read_corpus(CORPUS)
    assert reading.problems == ()
    assert [article.id for article in reading.articles] == sorted({article.id for article in reading.articles})
    assert all(article.published for article in reading.articles)


def test_a_bad_file_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text(BODY, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.txt").touch()
    (tmp_path / "_drafts").mkdir()
    (tmp_path / "_drafts" / "c.txt").touch()
    reading = read_corpus(tmp_path)
    assert "b" in [article.id for article in reading.articles]
    assert len(reading.articles) == 2
    assert [problem.split("/")[-1].split(":")[0] for problem in reading.problems] == ["empty.txt", "report.pdf"]


def test_two_files_of_one_name_are_told_apart_by_the_publisher(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    reading = read_corpus(tmp_path)
    assert len(reading.articles) == 1
    assert reading.problems == (
        f"{tmp_path.as_posix()}/a.txt: has the same name as {tmp_path.as_posix()}/a.md (id 'a'); rename one of them",
    )


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "again").symlink_to(corpus)
    reading = read_corpus(corpus)
    assert reading.articles == ()
    assert len(reading.problems) == 1
    assert "again" in reading.problems[0]


def test_an_empty_corpus_is_empty(tmp_path: Path) -> None:
    assert read_corpus(tmp_path).articles == ()


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_without_a_folder_there_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text(BODY, encoding="utf-8")
    with pytest.raises(ArticleError, match="corpus_dir") as caught:
        read_corpus(tmp_path / name)
    assert name in str(caught.value)
