"""What stands under an answer on the chat page: everything is there, and nothing from outside is markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.cards import answer_cards, article_list, escape, safe_link
from rag.types import Answer, Citation
from tests.serve.fakes import make_article

CITATION = Citation(1, "a", "题<b>", "节|`x`", "产量12座。", 3, 9, "/a/x#3-9")


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "text": "12座。[1]",
        "short": "12座",
        "status": "answered",
        "citations": (CITATION,),
        "question": "q",
    }
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_shows_the_text_and_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'`$*_\[\](){}\\~|^/:@=]", re.sub(r"&#\d+;", "", escaped))
    # html.unescape follows browsers, which read a few control characters differently, as in a page's source.
    if not re.search(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0010ffff]", text):
        assert html.unescape(escaped) == text


def test_a_card_holds_number_place_quote_and_link() -> None:
    cards = answer_cards(answer(), "zh")
    shown = html.unescape(re.sub(r"<[^>]+>", "", cards))
    assert "1题<b> · 节|`x`产量12座。" in shown
    assert "<b>12座</b>" in cards
    assert 'href="&#47;a&#47;x&#35;3&#45;9"' in cards
    assert 'rel="noopener"' in cards
    assert "<b> · " not in cards


def test_notes_and_formula_are_shown_as_text() -> None:
    cards = answer_cards(answer(status="computed", formula="1 + <2>", notes=("“去年”指<i>2024年",)), "zh")
    assert "推算" in cards
    assert "<i>" not in cards
    shown = html.unescape(re.sub(r"<[^>]+>", "", cards))
    assert "1 + <2>" in shown
    assert "“去年”指<i>2024年" in shown


def test_a_refusal_looks_like_one_and_sets_what_is_close_apart() -> None:
    cards = answer_cards(answer(status="refused", short=None, citations=(), related=(CITATION,)), "en")
    assert "juwen-cards refused" in cards
    assert "come closest" in cards
    assert "Sources" not in cards
    assert "juwen-cards refused" in answer_cards(answer(status="refused", short=None, citations=()), "en")


def test_small_talk_has_nothing_below_it() -> None:
    assert answer_cards(answer(status="chitchat", citations=(), short=None), "zh") == ""


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example/a", "/\\evil.example", "", "ftp://x", "https://x y"],
)
def test_a_link_leads_to_a_web_page_or_to_this_server(url: str) -> None:
    assert safe_link(url) is None
    broken = Citation(1, "a", "t", "s", "q", 0, 1, url)
    assert "<a" not in answer_cards(answer(citations=(broken,)), "zh")


@pytest.mark.parametrize("url", ["/a/x#1-2", "https://example.org/a/x%20y#1-2", "http://127.0.0.1:7860/a/x#1-2"])
def test_a_good_link_stays(url: str) -> None:
    assert safe_link(url) == url


def test_the_head_lists_the_articles_with_their_dates() -> None:
    head = article_list([make_article()], "zh")
    assert "河西的桥" in head
    assert "2024-05-01" in head
    assert "没有" not in head
    assert "corpus" in article_list([], "zh")
