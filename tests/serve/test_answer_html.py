"""An answer on the chat page: everything is there, and nothing from outside is markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.answer_html import answer_html, link_to
from rag.serve.markup import escape
from rag.serve.page_html import article_list, article_pane
from rag.types import Answer, Citation
from tests.serve.fakes import make_article

CITATION = Citation(1, "x:<b>/2", "题<b>", "节|`x`", "产量12座。", 3, 9, "/a/x#3-9")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "text": "12座[1]\n「产量12座。」",
        "short": "12座",
        "status": "answered",
        "citations": (CITATION,),
        "question": "q",
    }
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


@given(TEXT)
def test_escaped_text_shows_the_text_and_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'`$*_\[\](){}\\~|^/:@=]", re.sub(r"&#\d+;", "", escaped))
    # html.unescape follows browsers, which read a few control characters differently, as in a page's source.
    if not re.search(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0010ffff]", text):
        assert html.unescape(escaped) == text


@given(TEXT, TEXT, TEXT, st.sampled_from(["answered", "computed", "refused", "chitchat"]))
def test_nothing_from_outside_adds_markup(words: str, asked: str, quote: str, status: str) -> None:
    def tags(words: str, asked: str, quote: str) -> list[str]:
        citation = Citation(1, quote, quote, quote, quote, 0, 1, quote)
        markup = answer_html(
            answer(text=f"{words}[1]", short=words or None, status=status, citations=(citation,), question=asked),
            asked,
            "zh",
        )
        return re.findall(r"<(/?\w+)", markup)

    # Of a line of its own, and of a part of the quote that is marked, the number of tags may differ.
    harmless = {"p", "/p", "b", "/b", "a", "/a"}
    assert set(tags(words, asked, quote)) <= set(tags("字", "字", "字")) | harmless


def test_the_short_answer_stands_first_with_a_link_to_its_slice() -> None:
    markup = answer_html(answer(), "几座<i>？", "zh")
    short = re.search(r'<p class="short">(.*?)</p>', markup)
    assert short
    assert text_of(short[1]) == "12座[1]"
    assert html.unescape(re.findall(r'href="([^"]+)"', short[1])[0]) == link_to(CITATION) == "a/x%3A%3Cb%3E%2F2#3-9"
    assert 'target="juwen-article"' in short[1]
    assert 'aria-label="出处 1"' in html.unescape(short[1])
    assert html.unescape(re.findall(r'data-asked="([^"]+)"', markup)[0]) == "几座<i>？"


def test_a_mark_without_a_citation_is_no_link() -> None:
    markup = answer_html(answer(text="12座[2] [1]", citations=(CITATION,)), "q", "zh")
    assert markup.count('class="cite"') == 1
    assert "12座[2] [1]" in text_of(markup)


def test_the_cited_sentence_is_shown_once_in_its_card() -> None:
    markup = answer_html(answer(), "q", "zh")
    assert text_of(markup).count("产量12座。") == 1
    assert "1题<b> · 节|`x`产量12座。" in text_of(markup)
    assert "<q>产量<b>12座</b>。</q>" in markup
    assert "<b> · " not in markup


def test_sentences_of_a_language_model_are_no_short_answer_and_no_markup() -> None:
    worded = answer(text="产量<b>12座</b>[1]。另<script>x</script>3座[1]。", mode="llm", notes=("由 AI <i>生成",))
    markup = answer_html(worded, "q", "zh")
    assert 'class="short"' not in markup
    (words,) = re.findall(r'<p class="words">(.*?)</p>', markup)
    assert text_of(words) == "产量<b>12座</b>[1]。另<script>x</script>3座[1]。"
    assert set(re.findall(r"<(\w+)", words)) == {"a"}
    assert words.count('class="cite"') == 2
    assert html.unescape(re.findall(r'<p class="note">(.*?)</p>', markup)[0]) == "由 AI <i>生成"


def test_notes_and_formula_are_shown_as_text() -> None:
    computed = answer(
        text="3座[1]\n推算：1 + <2> = 3",
        short="3座",
        status="computed",
        formula="1 + <2> = 3",
        notes=("“去年”指<i>2024年",),
    )
    markup = answer_html(computed, "q", "zh")
    assert "推算" in markup
    assert "<i>" not in markup
    assert text_of(markup).count("1 + <2> = 3") == 1
    assert "“去年”指<i>2024年" in text_of(markup)


def test_a_refusal_looks_like_one_and_sets_what_is_close_apart() -> None:
    refused = answer(text="文章没有提到。", status="refused", short=None, citations=(), related=(CITATION,))
    markup = answer_html(refused, "q", "en")
    assert 'class="juwen-answer refused"' in markup
    assert "come closest" in markup
    assert "Sources" not in markup
    assert 'class="short"' not in markup
    assert 'data-action="copy"' not in markup


def test_small_talk_is_its_words_alone() -> None:
    markup = answer_html(answer(text="不客气", status="chitchat", citations=(), short=None), "谢谢", "zh")
    assert text_of(markup) == "不客气"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_answer_can_be_copied_shared_and_judged(language: str) -> None:
    markup = answer_html(answer(), "q", language)
    assert re.findall(r'data-action="(\w+)"', markup) == ["copy", "share", "up", "down"]
    assert markup.count('type="button"') == 4


def test_the_head_lists_the_articles_with_their_dates() -> None:
    head = article_list([make_article()], "zh")
    assert "河西的桥" in head
    assert "2024-05-01" in head
    assert "没有" not in head
    assert "corpus" in article_list([], "zh")


def test_the_pane_shows_the_first_article() -> None:
    pane = article_pane([make_article()], "zh")
    assert 'name="juwen-article"' in pane
    assert html.unescape(re.findall(r' src="([^"]+)"', pane)[0]) == "a/bridges%202024%2F1"
    assert " src=" not in article_pane([], "zh")
