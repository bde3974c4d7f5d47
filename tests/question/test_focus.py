"""What a question asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.focus import find_focus
from rag.question.kinds import AnswerKind, asked_block, first_interrogative, kind_of
from rag.types import BlockKind

KINDS = {
    AnswerKind.QUANTITY: "产量是多少 建成几座桥 排名第几 桥有多长 占百分之几 2024年的产量 来了多少人?",
    AnswerKind.DATE: "什么时候开幕 哪一年建成 几月几号通车 哪天举行?",
    AnswerKind.PERSON: "谁预测的 作者是谁 哪位专家说的 摄影师是谁 谁说的这句话?",
    AnswerKind.PLACE: "在哪里举办 大会在哪个城市举行 地点在哪 展厅在什么地方",
    AnswerKind.ORGANISATION: "哪家公司签约 哪个部门发布的 哪所大学参加",
    AnswerKind.POSITION: "王建国担任什么职务 他的职务是什么",
    AnswerKind.SPEECH: "王建国说了什么 他预测了什么 馆长怎么介绍的说了些什么",
    AnswerKind.LIST: "有哪些产业 包括什么 哪三项行动",
    AnswerKind.REASON: "为什么增长 原因是什么 为何减产",
    AnswerKind.YES_NO: "产量是95万辆吗 是不是增长了 有没有公园",
    AnswerKind.MANNER: "怎么做 如何报名",
    AnswerKind.DESCRIPTION: "介绍一下大会",
}


@pytest.mark.parametrize(
    ("question", "kind"), [(question, kind) for kind, questions in KINDS.items() for question in questions.split()]
)
def test_kinds_of_answer(question: str, kind: AnswerKind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many bridges were built?", AnswerKind.QUANTITY),
        ("who took the picture?", AnswerKind.PERSON),
        ("when did it open?", AnswerKind.DATE),
        ("where was it held?", AnswerKind.PLACE),
        ("which company signed?", AnswerKind.ORGANISATION),
        ("was it 95?", AnswerKind.YES_NO),
    ],
)
def test_kinds_of_english_questions(question: str, kind: AnswerKind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("古镇成为什么样的基地", AnswerKind.DESCRIPTION),
        ("码头要改造成为什么", AnswerKind.DESCRIPTION),
        ("老街被称为什么", AnswerKind.DESCRIPTION),
        ("两座桥分别为什么", AnswerKind.LIST),
        ("工程完成为什么晚了", AnswerKind.REASON),
        ("他的工作为什么停了", AnswerKind.REASON),
        ("批评为什么没有用", AnswerKind.REASON),
        ("省里制定了什么地方标准", AnswerKind.DESCRIPTION),
        ("茶馆开在什么地方", AnswerKind.PLACE),
        ("三家茶馆都叫什么名字", AnswerKind.LIST),
        ("那家茶馆叫什么名字", AnswerKind.PERSON),
        ("乡长叫什么", AnswerKind.PERSON),
        ("船老大的女孩叫啥", AnswerKind.PERSON),
    ],
)
def test_words_that_only_look_like_an_interrogative(question: str, kind: AnswerKind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "跑了几公里",
        "开了几小时",
        "窗户几秒内自动关闭",
        "等了几分钟",
        "投了几亿元",
        "来了几百人",
        "等了几天",
    ],
)
def test_a_few_of_any_unit_asks_a_quantity(question: str) -> None:
    assert kind_of(question) is AnswerKind.QUANTITY


def test_the_focus_of_a_quantity() -> None:
    focus = find_focus("2024年重庆建成了多少个智能工厂?")
    assert [time.text for time in focus.times] == ["2024年"]
    assert [term.text for term in focus.names] == ["重庆"]
    assert "工厂" in focus.target
    assert "重庆" not in focus.target
    assert "个" in focus.units
    assert focus.claimed == ()
    assert focus.wording[focus.asking_at :].startswith("多少")


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("建成多少个公园", "公园"),
        ("公园有多少个", "公园"),
        ("新能源汽车产量是多少", "汽车产量"),
        ("接待了多少观众", "观众"),
        ("渔民来自多少个结对“海上粮仓”渔港", "渔港"),
    ],
)
def test_the_target_is_what_is_counted(question: str, target: str) -> None:
    assert target in find_focus(question).target


@pytest.mark.parametrize(
    ("question", "claimed"),
    [
        ("产量是254万辆吗?", ["254万辆"]),
        ("2024年产量是95万辆吗?", ["95万辆"]),
        ("2024年产量是多少?", []),
        ("哪3项行动?", []),
        ("排名第4吗?", []),
        ("产量是多少万辆?", []),
    ],
)
def test_claimed_figures(question: str, claimed: list[str]) -> None:
    assert [quantity.text for quantity in find_focus(question).claimed] == claimed


@pytest.mark.parametrize(
    ("question", "rate", "amount", "order"),
    [
        ("产量同比增长多少", True, True, False),
        ("增速是多少", True, False, False),
        ("产量增加了多少吨", False, True, False),
        ("比去年多了多少个", False, True, False),
        ("产量是多少", False, False, False),
        ("位居第几", False, False, True),
        ("排名第几", False, False, True),
    ],
)
def test_change_and_order(question: str, rate: bool, amount: bool, order: bool) -> None:
    focus = find_focus(question)
    assert (focus.asks_change, focus.asks_order) == (rate, order)
    if not rate:
        assert focus.asks_change_amount is amount


@pytest.mark.parametrize(
    ("question", "category"),
    [("哪个盐场的盐最好", "盐场"), ("哪座大桥通车了", "大桥"), ("谁来了", ""), ("哪一年通车", "")],
)
def test_the_category_of_the_answer(question: str, category: str) -> None:
    assert find_focus(question).category.startswith(category)
    assert bool(find_focus(question).category) == bool(category)


def test_days_without_a_year_are_of_the_year_of_the_article() -> None:
    (time,) = find_focus("7月31日开了什么会?", date(2025, 9, 8)).times
    assert time.period is not None
    assert time.period.first == date(2025, 7, 31)
    (undated,) = find_focus("7月31日开了什么会?").times
    assert undated.period is None


@given(st.text("重庆产量2024年多少谁哪个第几是95万辆吗?,", max_size=30))
def test_any_text_has_a_focus(question: str) -> None:
    focus = find_focus(question)
    assert len(focus.wording) == len(question)
    assert first_interrogative(focus.wording) == focus.asking_at
    for quantity in focus.claimed:
        assert question[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    ("question", "block"),
    [
        ("这篇报道是谁写的?", BlockKind.BYLINE),
        ("文章的作者叫什么?", BlockKind.BYLINE),
        ("作者是谁?", BlockKind.BYLINE),
        ("谁写的", BlockKind.BYLINE),
        ("这篇特稿有哪几位作者?", BlockKind.BYLINE),
        ("who wrote this article?", BlockKind.BYLINE),
        ("这张照片是谁拍的?", BlockKind.CAPTION),
        ("那本日记是谁写的?", None),
        ("墙上的标语是谁写的?", None),
        ("报道里谁预测了降雨?", None),
        ("《春灯记》的作者是谁?", None),
    ],
)
def test_only_questions_about_the_article_ask_its_byline(question: str, block: BlockKind | None) -> None:
    assert asked_block(question) is block


@pytest.mark.parametrize("question", ["图书馆几点关门？", "末班车几点发车？", "302路多久一班？", "修桥花了多长时间？"])
def test_when_and_how_long_count_nothing(question: str) -> None:
    assert find_focus(question).target == frozenset()


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("一共进了多少个球？", "球"),
        ("卖了几个瓜？", "瓜"),
        ("来了多少个人？", ""),
        ("等了几个月？", ""),
        ("进了多少球？", ""),
        ("有多少个湖泊？", ""),
    ],
)
def test_what_one_character_counts(question: str, counted: str) -> None:
    assert find_focus(question).counted == counted


@pytest.mark.parametrize("question", ["亚军奖多少钱？", "遮阳网降温多少度？", "河口夜7路票价多少？"])
def test_compounds_and_lines_are_no_names(question: str) -> None:
    assert {term.text for term in find_focus(question).names} <= {"河口"}
