"""An answer as Markdown: short, with its source, and an article's words are never markup."""

from __future__ import annotations

import dataclasses
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.serve.wechat.work_markdown import MOST_BYTES, answer_markdown, as_text, text_markdown
from rag.types import Answer, Citation

CITATION = Citation(1, "a", "河西的桥", "新桥", "去年建成*12*座。", 3, 12, "https://read.example/a/a#3-12", 0.9)
ANSWER = Answer("12座[1]\n「去年建成*12*座。」", "12座", "answered", (CITATION,), "桥有几座", notes=("“去年”指2023年",))

# The characters of markup, among others.
PIECES = [*"*_`~[]()<>#|!$&@^\\-+=.:/ 1a桥\n\t;", "http://", "www.", "](", "```", "1. ", "<b>", "&lt;"]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)


def test_an_answer_shows_its_figure_its_sentence_and_the_way_to_it() -> None:
    assert answer_markdown(ANSWER).split("\n\n") == [
        "**12座** \\[1\\]",
        "> 去年建成\\*12\\*座。",
        "[《河西的桥》新桥](https://read.example/a/a#3-12)",
        "“去年”指2023年",
    ]


def test_several_sources_are_numbered() -> None:
    second = dataclasses.replace(CITATION, number=2, quote="其中3座在东边。")
    text = answer_markdown(dataclasses.replace(ANSWER, citations=(CITATION, second)))
    assert "> \\[1\\] 去年建成" in text
    assert "> \\[2\\] 其中3座" in text


def test_without_a_public_address_there_is_no_link_to_nowhere() -> None:
    text = answer_markdown(dataclasses.replace(ANSWER, citations=(dataclasses.replace(CITATION, url="/a/a#3-12"),)))
    assert "《河西的桥》新桥" in text
    assert "](" not in text


def test_a_refusal_sets_the_closest_sentences_apart_and_says_what_to_ask() -> None:
    answer = Answer("文章没有提到。", None, "refused", (), "路", suggestions=("桥有几座？",), related=(CITATION,))
    text = answer_markdown(answer)
    assert text.startswith("文章没有提到。\n\n文中没有直接答案")
    assert text.endswith("还可以问：\n- 桥有几座？")


def test_a_computed_figure_is_labelled() -> None:
    answer = dataclasses.replace(
        ANSWER, text="9座[1]\n推算：12 − 3 = 9", short="9座", status="computed", formula="12 − 3 = 9"
    )
    assert answer_markdown(answer).startswith("**9座** \\[1\\]\n\n推算：12 − 3 = 9\n\n> ")


@given(MARKUP)
def test_what_is_written_is_never_markup(text: str) -> None:
    html = rendered(as_text(text))
    words = " ".join(text.split())
    assert unescape(html) == (f"<p>{words}</p>\n" if words else "")


@given(MARKUP, MARKUP)
def test_bold_words_and_links_hold_only_themselves(short: str, title: str) -> None:
    citation = dataclasses.replace(CITATION, title=title, section="")
    html = rendered(answer_markdown(dataclasses.replace(ANSWER, text=short, short=short, citations=(citation,))))
    assert html.count("<a ") == 1
    assert "<em>" not in html
    assert "<h" not in html
    assert "<code" not in html


@given(st.text(max_size=3000), st.integers(1, 3), st.integers(100, 4000))
def test_it_always_fits_and_never_ends_inside_a_link(quote: str, times: int, most_bytes: int) -> None:
    citation = dataclasses.replace(CITATION, quote=quote * times)
    text = answer_markdown(dataclasses.replace(ANSWER, citations=(citation,) * 4), most_bytes)
    assert len(text.encode("utf-8")) <= most_bytes
    assert text.count("](") == text.count(CITATION.url + ")")


@pytest.mark.parametrize("sentence", ["河西建成桥梁十二座。", "*河西*建成[桥梁]12座！"])
def test_what_is_too_long_ends_with_a_sentence(sentence: str) -> None:
    kept = as_text(sentence * 400)
    assert kept.endswith("……")
    assert 3000 < len(kept.encode("utf-8")) <= 4000
    assert kept.removesuffix("……").endswith(as_text(sentence)[-1])
    assert len(text_markdown(f"{sentence * 200}\n" * 9).encode("utf-8")) <= MOST_BYTES
