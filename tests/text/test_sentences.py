from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import split_clauses, split_sentences
from rag.types import Span

Splitter = Callable[[str, int], list[Span]]
TEXT = st.text(alphabet=st.sampled_from("汽车产量AI b12。！？!?；;，,：:…—.“”\"'《》（）()\n 的"), max_size=60)


def cut(splitter: Splitter, text: str) -> list[str]:
    return [text[span.start : span.end] for span in splitter(text, 0)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("产量95万辆。增长25%!真的?", ["产量95万辆。", "增长25%!", "真的?"]),
        ("达48.9万辆,创新高。成绩何来?", ["达48.9万辆,创新高。", "成绩何来?"]),
        ("他说:“来对了!”大家都笑。", ["他说:“来对了!”", "大家都笑。"]),
        ("一声“来对了!”的惊叹。下句。", ["一声“来对了!”的惊叹。", "下句。"]),
        ("展示产品;开展活动……这一次", ["展示产品;", "开展活动……", "这一次"]),
        ("真的吗？！是的。。", ["真的吗？！", "是的。。"]),
        ("读《谁是你?我是谁!》这本书。好。", ["读《谁是你?我是谁!》这本书。", "好。"]),
        ("未闭合《的书名。后句。", ["未闭合《的书名。", "后句。"]),
        ("Output rose 2.5 percent. It was a record.", ["Output rose 2.5 percent. ", "It was a record."]),
        ("Dr. Smith of the U.S. agreed. J. Doe did not.", ["Dr. Smith of the U.S. agreed. ", "J. Doe did not."]),
        ("Wait... what?", ["Wait... ", "what?"]),
        ("在2024. 然后", ["在2024. ", "然后"]),
        ("收获.下句", ["收获.", "下句"]),
        ("标题\n\n正文。", ["标题\n\n", "正文。"]),
        ("(见图。)后句。", ["(见图。)", "后句。"]),
        ("", []),
        ("  \n ", []),
        ("。", ["。"]),
    ],
)
def test_cuts_sentences(text: str, sentences: list[str]) -> None:
    assert cut(split_sentences, text) == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("2024年,汽车产量达到254万辆,创近7年新高。", ["2024年,", "汽车产量达到254万辆,", "创近7年新高。"]),
        ("投资1,137亿元,增长", ["投资1,137亿元,", "增长"]),
        ("开幕于14:30,见 https://a.b/c", ["开幕于14:30,", "见 https://a.b/c"]),
        ("他说:“好,很好。”", ["他说:", "“好,", "很好。”"]),
        ("变现之道——写在落幕之际", ["变现之道——", "写在落幕之际"]),
        ("2024—2027年的《计划,甲》", ["2024—2027年的《计划,甲》"]),
        ("到2024,254个", ["到2024,254个"]),
    ],
)
def test_cuts_clauses(text: str, clauses: list[str]) -> None:
    assert cut(split_clauses, text) == clauses


@pytest.mark.parametrize("splitter", [split_sentences, split_clauses])
@given(text=TEXT, offset=st.integers(0, 1000))
def test_spans_tile_the_stripped_text(splitter: Splitter, text: str, offset: int) -> None:
    spans = splitter(text, offset)
    at = offset + len(text) - len(text.lstrip())
    for span in spans:
        assert span.start == at < span.end
        assert not text[span.start - offset].isspace()
        at = span.end
    if text.strip():
        assert at == offset + len(text.rstrip())
    else:
        assert spans == []


@given(TEXT)
def test_clauses_are_parts_of_sentences(text: str) -> None:
    sentences = split_sentences(text)
    assert all(any(sentence.covers(clause) for sentence in sentences) for clause in split_clauses(text))


@pytest.mark.parametrize("piece", ["《", "。", "”", "——", ".", "a.", "1,", "\n", "《a。"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    split_clauses(text)
    assert time.process_time() - started < 10
