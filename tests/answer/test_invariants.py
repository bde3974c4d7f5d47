"""What must hold for every answer, whatever is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.cases import Case, load_cases
from rag.chatbot import Chatbot
from rag.errors import QuestionError
from rag.index.index import Index
from rag.models.embedder import Embedder
from rag.models.span_model import SpanModel
from rag.settings import Settings
from rag.types import Answer
from tests.conftest import ROOT

DEV = ROOT / "eval" / "dev"
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MARK = re.compile(r"\[(\d+)\]")
QUESTIONS = """去年重庆新能源车产量是多少 2024年重庆汽车产量是多少？ 去年新能源汽车占重庆汽车产量的比例是多少？
去年上半年重庆新能源汽车产量是多少？ 2021年重庆新能源汽车产量是多少？ 重庆的智能工厂和数字化车间一共有多少个？
去年重庆新能源汽车产量是254万辆吗？ 去年成都新能源汽车产量是多少？ 谁预测低空物流最快实现商业化？ 文章作者是谁？
飞行汽车的照片是谁拍的？ 王跃武的职务是什么？ 本届智博会什么时候举办？ 智博会在哪里举办？ 大会主宾国是哪个国家？
重庆有哪些万亿级主导产业？ 重庆出台了哪些政策？ 为什么智博会的红利能变现？ 如何理解红利？ 介绍一下低空经济
红烧肉怎么做？ 你好 谢谢 今天星期几？ 1+1等于几？ 一共有多少？ 新能源汽车 重庆 谁？ 多少钱？ 哪里？
How_many_smart_factories_are_there? Who_wrote_the_article?
无人机适飞空域开放程度排名第几？ 梁平区的物流中心叫什么？""".split()

WORDS = """去年 2024年 2023年 今年上半年 重庆 成都 新能源汽车 汽车 产量 智能工厂 是多少 多少个 谁 比 占 和 一共
的 是 95万辆 吗 ? 同比增长""".split()


def assert_sound(chatbot: Chatbot, answer: Answer) -> None:
    """Hold an answer to what every answer promises."""
    for citation in (*answer.citations, *answer.related):
        article = chatbot.articles[citation.article_id]
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
        assert citation.url.endswith(f"#{citation.start}-{citation.end}")
        assert citation.title == article.title
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len({(c.article_id, c.start, c.end) for c in answer.citations}) == len(answer.citations)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.text.strip()
    if answer.status in ("refused", "chitchat"):
        assert (answer.citations, answer.short, answer.formula) == ((), None, None)
        return
    assert answer.citations
    marks = {int(number) for number in MARK.findall(answer.text.splitlines()[0])}
    assert marks == {citation.number for citation in answer.citations}
    assert (answer.formula is not None) == (answer.status == "computed")
    quotes = "\n".join(citation.quote for citation in answer.citations)
    if answer.status == "answered":
        # An answer may run on from one sentence into the next: 254万辆。其中新能源汽车95万辆.
        assert answer.short is None or answer.short in quotes or answer.short in quotes.replace("\n", "")
        assert_figures_stand_in(answer.text, [quotes])
    else:
        assert answer.formula is not None
        worked_out = answer.formula.rpartition(" ")[2]
        assert_figures_stand_in(answer.text.replace("(1 +", "(").replace("(1 −", "("), [quotes, worked_out])


def assert_figures_stand_in(text: str, sources: Sequence[str]) -> None:
    """Each number of ``text`` in digits stands, digit for digit, in one of ``sources``."""
    held = {number for source in sources for number in NUMBER.findall(source)}
    assert set(NUMBER.findall(MARK.sub("", text))) <= held


@pytest.mark.parametrize("question", [question.replace("_", " ") for question in QUESTIONS])
def test_every_answer_is_sound(chatbot: Chatbot, question: str) -> None:
    assert_sound(chatbot, chatbot.ask(question))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        min_size=1,
        max_size=8,
    )
)
def test_any_words_get_a_sound_answer(chatbot: Chatbot, words: list[str]) -> None:
    question = "".join(words)
    try:
        answer = chatbot.ask(question)
    except QuestionError:
        assert set(question) <= {"?"}
        return
    assert_sound(chatbot, answer)


@pytest.fixture(scope="module")
def dev(embedder: Embedder, span_model: SpanModel, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    ours = Settings(corpus_dir=DEV / "articles", index_dir=tmp_path_factory.mktemp("dev") / "index")
    return Chatbot(ours, embedder, Index.build_or_load(ours, embedder), span_model)


def dev_cases() -> list[Case]:
    return list(load_cases(Path(DEV / "questions.jsonl")))


@pytest.mark.slow
def test_every_answer_to_the_development_questions_is_sound(dev: Chatbot) -> None:
    cases = dev_cases()
    assert len(cases) > 150
    for case in cases:
        assert_sound(dev, dev.ask(case.question, case.history))
