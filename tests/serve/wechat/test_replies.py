"""Replies: cut at sentences, never inside a link or a character, nothing lost; nothing of an article becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.wechat.cutting import LINK, cut
from rag.serve.wechat.replies import MOST_BYTES, answer_text, first_part, late_answer, welcome
from rag.serve.wechat.text_markup import link, menu_line, plain
from rag.types import Answer, Citation

LINKS = st.builds(lambda label: link("https://juwen.example/a/b%20c#3-9", label), st.text("原文。<>!a\n", max_size=20))
CLUSTERS = st.sampled_from(["👨‍👩‍👧", "🇨🇳", "👍🏽", "é", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𠮷", "\r\n"])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(plain)
SENTENCES = st.sampled_from(["去年建成12座。", "是吗？", "“好！”", "占1.5%；", "Well.\n", "\n\n"])
TEXTS = st.lists(st.one_of(WORDS, SENTENCES, LINKS, CLUSTERS), max_size=60).map("".join)


@given(text=TEXTS, most=st.integers(120, 400))
def test_parts_fit_and_nothing_is_lost(text: str, most: int) -> None:
    rest, parts = text, []
    while rest:
        part, rest = cut(rest, most)
        assert part
        parts.append(part)
        assert len(part.encode()) <= most
    assert "".join(parts) == text
    assert [found for part in parts for found in LINK.findall(part)] == LINK.findall(text)


@given(head=st.text("汉字，", min_size=1, max_size=20), tail=st.text("汉字，", min_size=200, max_size=300))
def test_it_is_cut_where_a_sentence_ends(head: str, tail: str) -> None:
    assert cut(f"{head}。{tail}", 120) == (f"{head}。", tail)


@given(cluster=CLUSTERS, before=st.integers(0, 40))
def test_no_character_is_cut(cluster: str, before: int) -> None:
    text = "字" * before + cluster * 40
    part, _ = cut(text, 120)
    assert (len(part) - before) % len(cluster) == 0 or len(part) <= before


def test_what_has_no_place_to_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 30 bytes"):
        cut(link("https://juwen.example/a/x", "查看原文") * 2, 30)


@given(text=TEXTS)
def test_the_parts_of_a_reply(text: str) -> None:
    rest, parts = text * 8, []
    while rest:
        part, rest = first_part(rest)
        assert len(part.encode()) <= MOST_BYTES
        assert bool(rest) <= part.endswith("继续</a>")
        parts.append(part.removesuffix(part[part.rfind("\n（未完）") :]) if "\n（未完）" in part else part)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text * 8)


@given(text=st.text(st.sampled_from("<>/aA!? 「\"'=href")))
def test_no_text_becomes_a_link(text: str) -> None:
    assert not re.search(r"<[A-Za-z/!?]", plain(text))
    assert plain(text).replace("\u200b", "") == text
    line = menu_line(text)
    assert line == "" or LINK.fullmatch(line)


@pytest.mark.parametrize("url", ["", "/a/b#1-2", "javascript:alert(1)", "https://" + "x" * 500, "weixin://dl"])
def test_what_is_no_address_is_no_link(url: str) -> None:
    assert link(url, "查看原文") == ""


def test_an_address_cannot_leave_its_place() -> None:
    made = link('https://x/"><a href="https://evil', "查看")
    assert made == '<a href="https://x/%22%3E%3Ca%20href=%22https://evil">查看</a>'


def _citation(number: int, quote: str = "河西建成<a href=x>12座。") -> Citation:
    return Citation(number, "b", "河西的桥", "", quote, 0, len(quote), f"https://juwen.example/a/b#{number}-9")


ANSWER = Answer(
    "12座[1][2]\n「河西建成<a href=x>12座。」", "12座", "answered", (_citation(1), _citation(2, "其中3座。")), "q",
    notes=("去年指2023年。",), suggestions=("𠮷桥有多少座？",),
)  # fmt: skip


def test_an_answer_names_its_sources() -> None:
    assert answer_text(ANSWER, "") == (
        "12座[1][2]\n\n"
        '[1]「河西建成<\u200ba href=x>12座。」<a href="https://juwen.example/a/b#1-9">查看原文</a>\n'
        '[2]「其中3座。」<a href="https://juwen.example/a/b#2-9">查看原文</a>\n\n'
        "注：去年指2023年。\n\n"
        '还可以问：\n<a href="weixin://bizmsgmenu?msgmenucontent=𠮷桥有多少座？&msgmenuid=1">𠮷桥有多少座？</a>'
    )


def test_a_long_answer_goes_without_more_questions() -> None:
    long = replace(ANSWER, citations=(_citation(1, "桥建成了。" * 110),))
    assert "还可以问" not in answer_text(long, "")
    assert len(answer_text(long, "").encode()) < MOST_BYTES


def test_the_closest_sentences_of_a_refusal_are_set_apart() -> None:
    refusal = replace(
        ANSWER, text="文章没有提到。", short=None, status="refused", citations=(), related=(_citation(1),)
    )
    text = answer_text(refusal, "")
    assert text.index("文章没有提到") < text.index("以下原文最为接近，仅供参考") < text.index("河西建成")


def test_a_welcome_with_many_titles_fits_one_reply() -> None:
    text = welcome(["题" * 200] * 50, ["桥有多少座？"] * 3 + ["长" * 300])
    assert len(text.encode()) <= MOST_BYTES
    assert "等50篇文章" in text
    assert "长长" not in text


def test_a_late_answer_says_what_it_answers() -> None:
    assert late_answer("去年\n<a href=x>?", "12座。") == "关于“去年 <\u200ba href=x>?”：\n12座。"
    assert "…”" in late_answer("桥" * 50, "12座。")
