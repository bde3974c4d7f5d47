"""Which units may answer which question."""

from __future__ import annotations

import pytest

from rag.question.units import asked_units, unit_fits


@pytest.mark.parametrize(
    ("question", "fitting", "unfitting"),
    [
        ("生产了多少辆", "辆 台", "吨 元 %"),
        ("花了多少钱", "元 美元", "个 % 万"),
        ("能省几个钱", "元 美元", "个 %"),
        ("要几个人", "人 名 个", "元 公里"),
        ("合同金额是多少", "元 美元", "个 次"),
        ("来了多少人", "人 人次 名", "元 公里 %"),
        ("接待了多少人次", "人次 人", "元 个"),
        ("飞了多少架次", "架次 次", "小时 公里"),
        ("桥长多少公里", "公里 米", "小时 元"),
        ("路有多远", "公里 米", "小时 元"),
        ("面积有多大", "亩 平方公里 公顷", "公里 元"),
        ("种了多少亩", "亩 公顷", "斤 元"),
        ("产了多少吨", "吨 公斤", "亩 元"),
        ("要多久", "小时 天 分钟 年", "公里 元"),
        ("修了多长时间", "天 个月 年", "公里 米"),
        ("有多长", "公里 米 小时", "元 个"),
        ("是去年的几倍", "倍", "% 个"),
        ("占比是多少", "% 成", "个 元 倍"),
        ("占了百分之几", "% 成", "个 元"),
        ("建成多少个智能工厂", "个 家 座", "元 公里 %"),
        ("他多大岁数了", "岁", "年 个"),
        ("有多重", "吨 公斤", "米 元"),
        ("塔有多高", "米", "吨 元"),
        ("how many times", "倍", "个"),
        ("派了几条船", "艘 条", "元 名"),
        ("要多久", "个工作日 个学期", "元"),
        ("兄弟姐妹几个", "人 个", "元 %"),
        ("他带过几个徒弟", "人 名 个", "元 %"),
        ("下了几个雹子", "个", "人 元"),
        ("下了多少雨", "毫米", "吨 元"),
        ("一天领多少水", "升 吨", "元 毫米"),
        ("产了多少茶", "公斤 吨", "元 升"),
        ("看病能报多少", "元 %", "人 吨"),
        ("门票退多少钱", "元", "% 人"),
        ("奖学金发了多少", "元", "名 %"),
        ("学费是多少", "元", "名 %"),
        ("团里多少号人", "人 个 名", "号 元"),
        ("全年拉了多少客", "人次 人", "元 公里"),
        ("院里住着几家人", "户 家", "元 %"),
        ("开了几回会", "次 回", "元 人"),
        ("一天有几趟", "班 趟", "元 时"),
        ("绕了多少路", "公里", "元 路"),
        ("运了多少货", "吨 标箱", "元 人"),
        ("得了几块金牌", "枚 块", "元 人"),
        ("停得下几台车", "个 辆", "元 米"),
        ("减产幅度多大", "%", "吨 元"),
        ("女学员占多大比例", "% 成", "岁 米"),
        ("他女儿多大", "岁", "年 元"),
        ("存半年多少利息", "元 %", "年 人"),
        ("养了多少羊", "只 头", "元 岁"),
        ("租一天多少钱", "克朗 卢比 元", "克 名 %"),
        ("烧一窑要多少成本", "元 第纳尔", "成 % 个"),
        ("本周劝退了多少条", "条", "元 %"),
        ("开箱率高了几个点", "% 百分点", "点 个"),
        ("比上年多了几个百分点", "% 百分点", "点 人"),
        ("勘测要设几个点", "个", "% 点"),
        ("驳船转运了多少箱", "标箱 箱", "吨 元 %"),
        ("演砸了退了多少票", "张 票", "元 %"),
        ("一天画多少钟头", "钟头 小时", "元 点"),
    ],
)
def test_what_is_asked_decides_the_unit(question: str, fitting: str, unfitting: str) -> None:
    units = asked_units(question)
    for unit in fitting.split():
        assert unit_fits(unit, units, asks_rate=False), f"{unit} should answer {question}"
    for unit in unfitting.split():
        assert not unit_fits(unit, units, asks_rate=False), f"{unit} should not answer {question}"


def test_a_growth_is_a_rate_or_a_multiple() -> None:
    units = asked_units("产量增长了多少", asks_change=True)
    assert unit_fits("%", units, asks_rate=True)
    assert unit_fits("倍", units, asks_rate=True)
    assert not unit_fits("辆", units, asks_rate=True)


@pytest.mark.parametrize("question", ["产量是多少", "规模是多少", "有多少"])
def test_without_a_unit_any_amount_fits_but_no_rate(question: str) -> None:
    units = asked_units(question)
    assert units == frozenset()
    assert all(unit_fits(unit, units, asks_rate=False) for unit in ("辆", "元", "吨", ""))
    assert not any(unit_fits(unit, units, asks_rate=False) for unit in ("%", "个百分点", "成", "倍"))
    assert unit_fits("%", units, asks_rate=True)
