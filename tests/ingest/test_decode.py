from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.decode import decode
from tests.ingest.texts import CORPUS

TEXT = "据文回答问题，只凭文章。产量95万辆。"
ARTICLE = (CORPUS / "zhibo-dividend-2025.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_reads(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_reads_the_whole_first_article_in_gb18030() -> None:
    assert decode(ARTICLE.encode("gb18030")) == ARTICLE


def test_reads_traditional_chinese_in_gb18030() -> None:
    text = "產業博覽會在這裡舉辦，觀眾對無人機與機器人的興趣很濃，許多企業當場簽約。"
    assert decode(text.encode("gb18030")) == text


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(lambda text: text[0] != "\ufeff"))
def test_any_text_in_utf8_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_loss_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ValueError as error:
        reason, forms = str(error), [data]
    else:
        reason, forms = "", [text.encode(), text.encode("utf-8-sig"), text.encode("gb18030")]
    assert "\n" not in reason
    assert data in forms


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text"),
        ("声音\x07".encode(), r"U\+0007 at character 2"),
        (bytes([0x81]) * 3, "neither UTF-8 .byte 0 .* nor GB18030"),
        (
            ("產業博覽會在這裡舉辦，觀眾對無人機與機器人的興趣很濃" * 3).encode("big5"),
            "nonsense in GB18030|nor GB18030",
        ),
        (("これは日本語の文章です。新しい技術の記事" * 3).encode("shift_jis"), "nonsense in GB18030|nor GB18030"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        decode(data)
    assert "\n" not in str(caught.value)
    assert "save" in str(caught.value)
