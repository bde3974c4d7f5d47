from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.ingest.read import SIZE_LIMIT, article_id, read_article
from rag.types import Article, BlockKind

BODY = "春天来了，山里的花都开了，人们走出家门。"
FILE = f"---\ntitle: 春天的消息\nauthors: [王小明]\npublished: 2025-03-01\n---\n{BODY}\n"


def read(folder: Path, text: str | bytes, name: str = "spring.txt") -> Article:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_article(path, folder)


def test_metadata_and_text(tmp_path: Path) -> None:
    article = read(tmp_path, FILE)
    assert (article.id, article.title, article.authors) == ("spring", "春天的消息", ("王小明",))
    assert article.published == date(2025, 3, 1)
    assert article.text == f"春天的消息\n\n{BODY}"
    assert [block.kind for block in article.blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_encoding_leaves_no_trace(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, FILE.encode(encoding)) == read(tmp_path, FILE)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_the_line_ends_leave_no_trace(tmp_path: Path, line_end: str) -> None:
    assert read(tmp_path, FILE.replace("\n", line_end)) == read(tmp_path, FILE)


def test_a_title_in_the_body_is_not_said_twice(tmp_path: Path) -> None:
    article = read(tmp_path, FILE.replace(BODY, f"春天的 消息\n\n{BODY}"))
    assert article.text == f"春天的 消息\n\n{BODY}"
    assert article.title == "春天的消息"


def test_title_and_subtitle_of_the_front_matter_open_the_text(tmp_path: Path) -> None:
    article = read(tmp_path, f"---\ntitle: 春天\nsubtitle: 一个消息\n---\n{BODY}")
    assert article.text == f"春天\n\n一个消息\n\n{BODY}"
    assert [block.kind.value for block in article.blocks] == ["title", "subtitle", "paragraph"]


def test_without_a_date_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, BODY).published is None


def test_the_title_without_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path, f"山里的春天\n{BODY}").title == "山里的春天"
    assert read(tmp_path, BODY).title == "spring"
    assert read(tmp_path, f"![图](a.png)\n\n# 山里\n\n{BODY}", "a.md").title == "山里"


def test_the_hash_changes_with_text_and_metadata_only(tmp_path: Path) -> None:
    one = read(tmp_path, FILE)
    assert read(tmp_path, FILE, "renamed.txt").content_hash == one.content_hash
    assert read(tmp_path, FILE.replace("03-01", "03-02")).content_hash != one.content_hash
    assert read(tmp_path, FILE.replace("花", "草")).content_hash != one.content_hash
    assert len(one.content_hash) == 64


def test_ids_are_fit_for_urls_and_differ(tmp_path: Path) -> None:
    names = ["a.txt", "a_b-1.txt", "春天.txt", "夏天.txt", "春天 2.txt", "sub/a.txt", "sub-a.txt", "a.b.txt", "％.txt"]
    ids = [article_id(tmp_path / name, tmp_path) for name in names]
    assert ids[:2] == ["a", "a_b-1"]
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") and name for name in ids)
    assert len(set(ids)) == len(ids)
    assert article_id(Path("corpus/é.txt"), Path("corpus")) == article_id(Path("corpus/e\u0301.txt"), Path("corpus"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\xef\xbb\xbf\n", "holds no text"),
        (b"---\ntitle: a\n---\n\n", "holds no text"),
        (b"\x00\x01\x02\xff", "no text"),
        ("---\npublished: 昨天\n---\n正文。".encode(), "no date"),
        ("---\n一行\n---\n正文。".encode(), "no mapping"),
        ("春".encode() * (SIZE_LIMIT // 3 + 1), "larger than 5 MB"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, text: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path.as_posix()}/spring.txt: ")
    assert "\n" not in str(caught.value)


def test_links_out_of_the_corpus_are_refused_and_links_inside_are_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "outside.txt").write_text(BODY, encoding="utf-8")
    (corpus / "inside.txt").write_text(BODY, encoding="utf-8")
    (corpus / "out.txt").symlink_to(tmp_path / "outside.txt")
    (corpus / "in.txt").symlink_to("inside.txt")
    (corpus / "nowhere.txt").symlink_to("nothing.txt")
    (corpus / "loop.txt").symlink_to("loop.txt")
    assert read_article(corpus / "in.txt", corpus).id == "in"
    for name in ("out.txt", "../outside.txt"):
        with pytest.raises(ArticleError, match="out of the corpus folder"):
            read_article(corpus / name, corpus)
    for name in ("nowhere.txt", "loop.txt", "missing.txt"):
        with pytest.raises(ArticleError, match="cannot be read"):
            read_article(corpus / name, corpus)


def test_what_is_no_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("folder.txt", "pipe.txt"):
        with pytest.raises(ArticleError, match="no regular file"):
            read_article(tmp_path / name, tmp_path)
    with pytest.raises(ArticleError, match=r"not a \.txt or \.md file"):
        read(tmp_path, BODY, "a.docx")


def test_a_file_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as caught:
        read(tmp_path, "", "a\nb.txt")
    assert "\n" not in str(caught.value)
