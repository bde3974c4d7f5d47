"""Who, when, where, which organisation, which things: the spans of a sentence that could be the answer."""

from __future__ import annotations

import pytest

from rag.answer.evidence import Sentence, gather
from rag.answer.spans.typed_spans import find_category, find_positions, spans_of_kind
from rag.question.kinds import AnswerKind
from rag.types import Article, Block, BlockKind, Passage, Span
from tests.answer.paragraphs import sentence_of


def found(sentence: Sentence, kind: AnswerKind) -> list[str]:
    return [sentence.text[span.start : span.end] for span in spans_of_kind(sentence, kind)]


def credit(text: str, kind: BlockKind) -> Sentence:
    article = Article("x", "题", text, (Block(kind, 0, len(text)),))
    passage = Passage("p", "x", "题", "", kind, text, 0, len(text), (Span(0, len(text)),))
    (sentence,) = gather([passage], {"x": article})
    return sentence


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("馆长林怀瑾爱这样开场。", ["林怀瑾"]),
        ("建筑师顾北辰说,修老房子是看病。", ["顾北辰"]),
        ("王琦预测,这是机遇。", ["王琦"]),
        ("大桥通车了。", []),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert found(sentence_of(text), AnswerKind.PERSON) == people


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("观众在参观。图/王全超", BlockKind.CAPTION, ["王全超"]),
        ("工人装卸湿粮。程雨桐 摄", BlockKind.CAPTION, ["程雨桐"]),
        ("小观众在辨认盐粒。本刊记者 傅一鸣 摄", BlockKind.CAPTION, ["傅一鸣"]),
        ("文 | 当代杂志社记者 陈 骅 龙宣辰", BlockKind.BYLINE, ["陈 骅 龙宣辰"]),
        ("作者:谭北溟 孟繁星 白芷", BlockKind.BYLINE, ["谭北溟 孟繁星 白芷"]),
        ("□ 本刊特约撰稿 蒋未央", BlockKind.BYLINE, ["蒋未央"]),
    ],
)
def test_credits(text: str, kind: BlockKind, names: list[str]) -> None:
    assert found(credit(text, kind), AnswerKind.PERSON) == names


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("9月5日至8日,大会举办。", ["9月5日至8日"]),
        ("工程2020年11月动工,2022年底完工。", ["2020年11月", "2022年底"]),
        ("大会有3天。", []),
        ("9月5日至8日,2025世界博览会举办。", ["9月5日至8日"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert found(sentence_of(text), AnswerKind.DATE) == dates


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("大会在重庆举办。", "重庆"),
        ("重庆市梁平区有展厅。", "重庆市梁平区"),
        ("展厅在重庆市梁平区开放。", "重庆市梁平区"),
        ("大会将于20日在羊山新区会展中心举办。", "羊山新区会展中心"),
    ],
)
def test_places(text: str, place: str) -> None:
    assert place in found(sentence_of(text), AnswerKind.PLACE)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("公司与浙东理工大学签约。", "浙东理工大学"),
        ("大会由河南茶业集团承办。", "河南茶业集团"),
        ("2台来自宇树科技公司的人形机器人在表演。", "宇树科技公司"),
    ],
)
def test_organisations(text: str, organisation: str) -> None:
    assert organisation in found(sentence_of(text), AnswerKind.ORGANISATION)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("大巴车开进安溪、永春、德化三县。", "安溪、永春、德化"),
        ("它先后做过粮站、供销社和渔具厂。", "粮站、供销社和渔具厂"),
        ("推出《海上盐路》《灶户人家》《咸的美学》三个特展。", "《海上盐路》《灶户人家》《咸的美学》"),
        ("推出《盐从哪里来》《海上盐路》两个特展。", "《盐从哪里来》《海上盐路》"),
        ("活动包括采茶比赛、制茶大赛。", "采茶比赛、制茶大赛"),
        ("形成了以汽车、电子、装备为主导的优势。", "汽车、电子、装备"),
        ("这个集收茶、集运、拍卖于一体的茶市开张了。", "收茶、集运、拍卖"),
    ],
)
def test_lists(text: str, listed: str) -> None:
    assert listed in found(sentence_of(text), AnswerKind.LIST)


@pytest.mark.parametrize(
    ("text", "person", "position"),
    [
        ("市文旅局局长李建国说。", "李建国", ["市文旅局局长"]),
        ("建筑师顾北辰说。", "顾北辰", ["建筑师"]),
        ("大家见到了顾北辰。", "顾北辰", []),
        ("建筑师顾北辰说。", "李建国", []),
    ],
)
def test_positions(text: str, person: str, position: list[str]) -> None:
    sentence = sentence_of(text)
    assert [sentence.text[span.start : span.end] for span in find_positions(sentence, person)] == position


def test_a_name_of_the_asked_category() -> None:
    sentence = sentence_of("用的是山腰盐场的海盐。")
    assert [sentence.text[span.start : span.end] for span in find_category(sentence, "盐场")] == ["山腰盐场"]
    assert find_category(sentence, "大桥") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("去年公司拿下望江港的改造。", "望江港"), ("他们抵达清河镇。", "清河镇")],
)
def test_a_verb_is_no_part_of_a_place(text: str, place: str) -> None:
    assert found(sentence_of(text), AnswerKind.PLACE) == [place]


def test_a_numbered_heading_is_no_list() -> None:
    assert found(sentence_of("五、下一步工作"), AnswerKind.LIST) == []
