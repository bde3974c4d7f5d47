"""Another place, person, thing or number where the asked one should stand."""

from __future__ import annotations

import pytest

from rag.answer.guards.rivals import a_part_only, another_modifier, another_name, another_number, clauses_back
from rag.question.focus import find_focus
from tests.answer.paragraphs import sentences_of


def pieces_of(text: str, words: str) -> list[str]:
    """The clauses from the one that holds ``words`` back."""
    sentence = sentences_of(text)[-1]
    return list(clauses_back(sentence, sentence.text.index(words)))


def test_clauses_come_nearest_first() -> None:
    assert pieces_of("甲地开工。乙地完工,投资3亿元,建桥5座。", "3亿元") == ["投资3亿元,", "乙地完工,", "甲地开工。"]


@pytest.mark.parametrize(
    ("question", "text", "words", "expected"),
    [
        ("武汉的桥有多少座?", "武汉有12座桥。", "12座", False),
        ("武汉的桥有多少座?", "成都有12座桥。", "12座", True),
        ("武汉的桥有多少座?", "武汉在修桥,成都有12座桥。", "12座", True),
        ("武汉的桥有多少座?", "成都在修桥,武汉有12座桥。", "12座", False),
        ("武汉的桥有多少座?", "成都人说,武汉修桥多年。共有12座桥。", "12座", False),
        ("武汉的桥有多少座?", "我国有12座桥。", "12座", True),
        ("武汉造船有多少员工?", "国内收入10亿元,海外收入4亿元。公司现有员工391人。", "391人", False),
        ("全国的桥有多少座?", "武汉有12座桥。", "12座", True),
        ("桥有多少座?", "成都有12座桥。", "12座", False),
        ("武汉的桥有多少座?", "全市有12座桥。", "12座", False),
        ("王建国修了多少座桥?", "张建华修了12座桥。", "12座", True),
        ("王建国修了多少座桥?", "王建国修了12座桥。", "12座", False),
        ("武汉修成了什么样的桥?", "讲究的武汉,已修成我国中部地区最长的桥。", "最长的桥", False),
        ("武汉修成了什么样的桥?", "讲究的武汉在修桥,我国最长的桥修成了。", "最长的桥", True),
        ("王建国修了多少座桥?", "王建国忙完,甘青地区修了12座桥。", "12座", False),
        ("王建国修了多少座桥?", "王建国很忙,修了12座桥。", "12座", False),
    ],
)
def test_the_nearest_name_counts(question: str, text: str, words: str, expected: bool) -> None:
    assert another_name(find_focus(question), pieces_of(text, words)) is expected


def test_a_name_that_the_tagger_cuts_is_the_asked_one() -> None:
    text = "船坊里祁连英负责油漆,修了12条船。"
    question = "祁连英修了多少条船?"
    pieces = pieces_of(text, "12条")
    assert another_name(find_focus(question, people=frozenset({"祁连英"})), pieces) is False
    other = find_focus("沈江平修了多少条船?", people=frozenset({"祁连英", "沈江平"}))
    assert another_name(other, pieces) is True


@pytest.mark.parametrize(
    ("question", "text", "words", "expected"),
    [
        ("安防镜头出货量是多少?", "车载镜头出货量3万件。", "3万件", True),
        ("安防镜头出货量是多少?", "安防镜头出货量3万件。", "3万件", False),
        ("安防镜头出货量是多少?", "镜头出货量3万件。", "3万件", False),
        ("安防镜头出货量是多少?", "完成镜头出货量3万件。", "3万件", False),
        ("安防镜头出货量是多少?", "安防镜头热销,出货量3万件。", "3万件", False),
        ("安防镜头出货量是多少?", "安防和车载镜头出货量3万件。", "3万件", True),
        ("苏州工厂有多少台机器?", "苏州工厂投产,北宁工厂有30台机器。", "30台", True),
        ("苏州工厂有多少台机器?", "北宁工厂投产,苏州工厂有30台机器。", "30台", False),
        ("药品收入是多少?", "医疗收入9亿元,药品收入3亿元。", "3亿元", False),
        ("药品收入是多少?", "药品收入9亿元,医疗收入3亿元。", "3亿元", True),
    ],
)
def test_another_thing_of_its_kind(question: str, text: str, words: str, expected: bool) -> None:
    assert another_modifier(find_focus(question), pieces_of(text, words)) is expected


@pytest.mark.parametrize(
    ("question", "text", "words", "expected"),
    [
        ("2号线有多少座车站?", "2号线有30座车站。", "30座", False),
        ("2号线有多少座车站?", "3号线有30座车站。", "30座", True),
        ("第五届大会来了多少人?", "第五届大会来了3万人。", "3万人", False),
        ("第五届大会来了多少人?", "第四届大会来了3万人。", "3万人", True),
        ("大会来了多少人?", "第四届大会来了3万人。", "3万人", False),
        ("第五届大会来了多少人?", "第五届大会开幕,来了3万人。", "3万人", False),
        ("第五届大会来了多少人?", "第五届大会开幕,第四届来了3万人。", "3万人", True),
        ("第五届大会来了多少人?", "大会来了3万人。", "3万人", True),
        ("四级手术做了多少台?", "四级手术做了30台。", "30台", False),
        ("四级手术做了多少台?", "三级手术做了30台。", "30台", True),
    ],
)
def test_another_number_that_tells_apart(question: str, text: str, words: str, expected: bool) -> None:
    assert another_number(find_focus(question), pieces_of(text, words)) is expected


@pytest.mark.parametrize(
    ("question", "own", "expected"),
    [
        ("汽车产量是多少?", "新能源汽车产量3万辆", True),
        ("汽车产量是多少?", "汽车产量3万辆", False),
        ("汽车产量是多少?", "全市汽车产量3万辆", False),
        ("新能源汽车产量是多少?", "新能源汽车产量3万辆", False),
        ("汽车有多少辆?", "新能源汽车3万辆", False),
        ("收入是多少?", "药品收入3亿元", True),
        ("医疗收入是多少?", "医疗收入3亿元", False),
        ("出口额是多少?", "茶叶出口额3亿元", True),
        ("茶叶产量是多少?", "武汉茶叶产量3万吨", False),
        ("产量是多少?", "完成产量3万吨", False),
        ("营业收入是多少?", "海外营业收入3亿元", True),
    ],
)
def test_a_part_is_no_whole(question: str, own: str, expected: bool) -> None:
    assert a_part_only(find_focus(question), own) is expected
