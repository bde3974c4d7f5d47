"""The systems that 据文 is compared with, over two articles written for the test, with the real models."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cases import Case
from eval.evaluation import Reply, System
from eval.plain_splitter import SPLITTER_PACKAGE, SplitterMissingError
from eval.run import ask_all
from eval.systems import Juwen, baselines
from eval.systems.juwen import timed_reply
from eval.systems.one_reader import OneReader, model_alone, read_span
from eval.systems.plain_recipe import PlainRecipe, split_article
from eval.systems.search_only import SearchOnly
from rag.chatbot import Chatbot
from rag.index.index import Index
from rag.models.span_model import SpanCandidate
from rag.types import Answer, Article, BlockKind, Passage, Span, Turn
from tests.conftest import OpenArticles

LIGHTHOUSE = """石屿灯塔的一百年

石屿灯塔建于1921年，塔高38米，由工程师陶望舒设计。灯塔每晚发光，射程25海里。

守塔人老郑在塔上住了31年，他每天记录潮汐。2022年，灯塔接待游客4.6万人次，其中学生1.2万人次。
"""
ORCHARD = """枣溪果园换了新棚

枣溪果园有梨树2600棵，今年收梨180吨。园主林晚秋说，新棚花了75万元，雨天也能摘果。

果园的梨卖到九个县，合作社给每户分红3200元。
"""
NAMES = [
    "keywords only",
    "dense only",
    "hybrid",
    "hybrid + rules",
    "hybrid + reader",
    "plain recipe",
    "plain recipe + reader",
]


def case(question: str, *history: Turn, answerable: bool = True) -> Case:
    fields: dict[str, Any] = {"answers": ("x",), "evidence": ("x",)} if answerable else {}
    status: Any = "answered" if answerable else "refused"
    return Case("q", "lighthouse", "fact", question, answerable, status, history, **fields)


@pytest.fixture(scope="module")
def chatbot(open_articles: OpenArticles) -> Chatbot:
    return open_articles(lighthouse=LIGHTHOUSE, orchard=ORCHARD)


@pytest.fixture(scope="module")
def systems(chatbot: Chatbot) -> dict[str, System]:
    return {system.name: system for system in baselines(chatbot)}


def check_slices(reply: Reply, chatbot: Chatbot) -> None:
    for passage in reply.passages:
        article = chatbot.articles[passage.article_id]
        assert article.text[passage.start : passage.end] == passage.text
    for cited in reply.answer.citations:
        assert chatbot.articles[cited.article_id].text[cited.start : cited.end] == cited.quote


def test_all_baselines_are_there_each_under_a_name_of_its_own(systems: dict[str, System]) -> None:
    assert list(systems) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_finds_a_plain_fact_and_cites_where_it_stands(
    systems: dict[str, System], chatbot: Chatbot, name: str
) -> None:
    reply = systems[name].ask(case("石屿灯塔由谁设计？"))
    assert reply.answer.status == "answered"
    assert "陶望舒" in (reply.answer.short or "")
    assert any("陶望舒" in cited.quote for cited in reply.answer.citations)
    assert any("陶望舒" in passage.text for passage in reply.passages)
    assert len(reply.passages) <= 5
    check_slices(reply, chatbot)


@pytest.mark.parametrize("name", ["keywords only", "dense only", "hybrid"])
def test_a_search_shows_its_first_passage_and_one_sentence_of_it(systems: dict[str, System], name: str) -> None:
    reply = systems[name].ask(case("塔上的老郑住了多少年？"))
    assert reply.answer.text == reply.passages[0].text
    assert reply.answer.short == reply.answer.citations[0].quote.strip()
    assert (reply.answer.short or "").startswith("守塔人老郑")


def test_a_search_never_refuses_but_without_a_word_in_common(systems: dict[str, System]) -> None:
    strange = case("quantum chromodynamics", answerable=False)
    assert systems["keywords only"].ask(strange).answer.status == "refused"
    assert systems["keywords only"].ask(strange).passages == ()
    for name in ("dense only", "hybrid", "plain recipe"):
        assert systems[name].ask(strange).answer.status == "answered"


def test_readers_can_refuse(systems: dict[str, System]) -> None:
    for name in ("hybrid + rules", "hybrid + reader", "plain recipe + reader"):
        answer = systems[name].ask(case("红烧肉要炖几个小时？", answerable=False)).answer
        assert (answer.status, answer.short, answer.citations) == ("refused", None, ())


def test_only_the_chatbots_own_chain_reads_the_history(systems: dict[str, System], chatbot: Chatbot) -> None:
    history = (Turn("user", "石屿灯塔建于哪一年？"), Turn("assistant", "1921年。"))
    follow_up = case("它高多少米？", *history)
    for system in (Juwen(chatbot), systems["hybrid + reader"]):
        assert "灯塔" in system.ask(follow_up).answer.question
    for name in ("hybrid", "plain recipe + reader"):
        assert systems[name].ask(follow_up).answer.question == follow_up.question


def test_juwen_shows_what_it_retrieved_where_something_is_asked(chatbot: Chatbot) -> None:
    assert Juwen(chatbot).ask(case("石屿灯塔由谁设计？")).passages
    assert Juwen(chatbot).ask(case("红烧肉要炖几个小时？", answerable=False)).passages
    assert Juwen(chatbot).ask(case("谢谢！", answerable=False)).passages == ()


def test_passages_that_are_only_shown_are_no_part_of_the_time(chatbot: Chatbot) -> None:
    class Watched:
        begun = 0.0

        def retrieve(self, question: str, k: int) -> list[Any]:
            self.begun = time.perf_counter()
            return chatbot.index.retrieve(question, k)

    index: Any = Watched()
    before = time.perf_counter()
    reply = timed_reply(lambda: Answer("x", "x", "answered", (), "石屿灯塔由谁设计？"), index)
    assert reply.passages
    assert reply.milliseconds is not None
    assert before + reply.milliseconds / 1000 <= index.begun


def test_a_time_that_a_system_tells_counts_and_otherwise_that_of_the_call(systems: dict[str, System]) -> None:
    class Told:
        name = "told"

        def ask(self, case: Case) -> Reply:
            return Reply(Answer("x", None, "refused", (), case.question), (), 1e9)

    asked = case("石屿灯塔由谁设计？")
    assert [one.milliseconds for one in ask_all(Told(), [asked], {"q": ()})] == [1e9]
    assert systems["hybrid"].ask(asked).milliseconds is None
    assert 0 < ask_all(systems["hybrid"], [asked], {"q": ()})[0].milliseconds < 1e9
    assert systems["hybrid + rules"].ask(asked).milliseconds is not None


class Fixed:
    """A reader with one candidate a context, its margin given."""

    def __init__(self, *margins: float) -> None:
        self.margins = margins

    def read(self, question: str, contexts: Any) -> list[list[SpanCandidate]]:
        return [[SpanCandidate(1, 3, margin, 0.0, 0.0)] for _, margin in zip(contexts, self.margins, strict=True)]


def passage(text: str, start: int) -> Passage:
    spans = (Span(start, start + 2), Span(start + 2, start + len(text)))
    return Passage("p", "a", "", "", BlockKind.PARAGRAPH, text, start, start + len(text), spans)


def test_the_bare_model_takes_the_widest_margin_and_refuses_where_no_answer_wins() -> None:
    passages = [passage("甲乙丙丁", 10), passage("戊己庚辛", 20)]
    found = read_span(Fixed(1.0, 2.0), "？", passages)
    assert found is not None
    assert (found.short, found.answer_span) == ("己庚", Span(21, 23))
    assert [support.span for support in found.support] == [Span(20, 22), Span(22, 24)]
    assert read_span(Fixed(-1.0, 0.0), "？", passages) is None
    assert read_span(Fixed(), "？", []) is None


def test_without_its_splitter_the_plain_recipe_says_what_to_install(
    chatbot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, SPLITTER_PACKAGE, None)
    with pytest.raises(SplitterMissingError, match="pip install langchain-text-splitters"):
        split_article(chatbot.articles["orchard"])


@settings(deadline=None)
@given(st.text("枣溪果园。，！\n a1", max_size=700))
def test_chunks_are_slices_of_any_text(text: str) -> None:
    article = Article("a", "枣溪", text, ())
    chunks = split_article(article)
    for chunk in chunks:
        assert 0 < len(chunk.text) <= 300
        assert text[chunk.start : chunk.end] == chunk.text
        assert all(chunk.span.covers(sentence) for sentence in chunk.sentences)
    assert bool(chunks) == bool(text.strip())


def test_the_parts_can_be_put_together_by_hand(chatbot: Chatbot) -> None:
    index: Index = chatbot.index
    search = SearchOnly("words", index, "keywords")
    assert search.ask(case("园主林晚秋")).passages[0].article_id == "orchard"
    reader = OneReader("a reader that refuses", index, model_alone(Refusing()), chatbot.settings)
    assert reader.ask(case("石屿灯塔由谁设计？")).answer.status == "refused"
    recipe = PlainRecipe.build(chatbot.articles, index.encoder.as_langchain())
    assert len(recipe.retrieve("梨卖到几个县？")) <= 4


class Refusing:
    """A reader that finds nothing."""

    def read(self, question: str, contexts: Any) -> list[list[SpanCandidate]]:
        return [[] for _ in contexts]
