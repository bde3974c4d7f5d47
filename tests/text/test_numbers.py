from __future__ import annotations

import time
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.dates import find_times
from rag.text.measure_words import canonical_unit, compatible_units
from rag.text.numbers import Quantity, find_quantities, format_quantity, same_quantity

TEXT_WITH_NUMBERS = st.text(
    alphabet=st.sampled_from(
        "0123456789.,，％%+-— 〇零一二三四五六七八九十百千万亿两几数余多半第首超近约"
        "年月日个家辆元届成倍大分之点至到今去上下后前中国汽车量kmG￥$"
    ),
    max_size=60,
)


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "slice_", "value", "unit", "bound"),
    [
        ("汽车产量达到254万辆,创新高", "254万辆", "2540000", "辆", "exact"),
        ("完成产量48.9万辆", "48.9万辆", "489000", "辆", "exact"),
        ("飞行时长19万小时", "19万小时", "190000", "小时", "exact"),
        ("起降类设施140余个", "140余个", "140", "个", "over"),
        ("邀约超过550家企业", "超过550家", "550", "家", "over"),
        ("展示3000多项最新产品", "3000多项", "3000", "项", "over"),
        ("产业规模超2000亿元", "超2000亿元", "200000000000", "元", "over"),
        ("产值可超万亿元规模", "超万亿元", "1000000000000", "元", "over"),
        ("是那时的6倍多", "6倍多", "6", "倍", "over"),
        ("同比增长109%", "109%", "109", "%", "exact"),
        ("飞行架次达116万、同比", "116万", "1160000", "", "exact"),
        ("观众35万人次", "35万人次", "350000", "人次", "exact"),
        ("“33618”集群", "33618", "33618", "", "exact"),
        ("可在3秒内关窗", "3秒", "3", "秒", "exact"),
        ("增长百分之二十五", "百分之二十五", "25", "%", "exact"),
        ("两批常客", "两批", "2", "批", "exact"),
        ("占比三成", "三成", "3", "成", "exact"),
        ("下降两成五", "两成五", "2.5", "成", "exact"),
        ("用了半年", "半年", "0.5", "年", "exact"),
        ("等了三年半", "三年半", "3.5", "年", "exact"),
        ("花了3个半小时", "3个半小时", "3.5", "小时", "exact"),
        ("投资1,137亿元", "1,137亿元", "113700000000", "元", "exact"),
        ("投资１，１３７亿元", "１，１３７亿元", "113700000000", "元", "exact"),
        ("价格￥1,299起", "￥1,299", "1299", "元", "exact"),
        ("融资$3.5亿", "$3.5亿", "350000000", "美元", "exact"),
        ("提高25个百分点", "25个百分点", "25", "百分点", "exact"),
        ("气温零下5摄氏度", "零下5摄氏度", "-5", "摄氏度", "exact"),
        ("茶坪乡-7.3℃", "-7.3℃", "-7.3", "℃", "exact"),
        ("下降了-3.2%", "3.2%", "3.2", "%", "exact"),
        ("净利润为-350万元", "-350万元", "-3500000", "元", "exact"),
        ("净利润-3.2亿元", "-3.2亿元", "-320000000", "元", "exact"),
        ("营业收入同比−5.3%", "−5.3%", "-5.3", "%", "exact"),
        ("出口增长－2%", "－2%", "-2", "%", "exact"),
        ("最低气温-12℃", "-12℃", "-12", "℃", "exact"),
        ("歼-20战机", "20", "20", "", "exact"),
        ("以2小时30分夺冠", "2小时30分", "2.5", "小时", "exact"),
        ("工期两年零三个月", "两年零三个月", "2.25", "年", "exact"),
        ("跑了2小时29分6秒", "2小时29分6秒", "2.485", "小时", "exact"),
        ("跑了14分30秒", "14分30秒", "14.5", "分", "exact"),
        ("成人票-50元", "50元", "50", "元", "exact"),
        ("1.2亿元人民币", "1.2亿元人民币", "120000000", "元", "exact"),
        ("增速:-3.2%", "-3.2%", "-3.2", "%", "exact"),
        ("面积8.24万平方公里", "8.24万平方公里", "82400", "平方公里", "exact"),
        ("时速60公里/小时", "60公里/小时", "60", "公里/小时", "exact"),
        ("时速120km/h", "120km/h", "120", "公里/小时", "exact"),
        ("发电12.5亿千瓦时", "12.5亿千瓦时", "1250000000", "千瓦时", "exact"),
        ("功率3千瓦", "3千瓦", "3", "千瓦", "exact"),
        ("内存16GB的手机", "16GB", "16", "GB", "exact"),
        ("5G网络", "5", "5", "", "exact"),
        ("3个多月后", "3个多月", "3", "个月", "over"),
        ("近10万人参加", "近10万人", "100000", "人", "under"),
        ("附近30家餐馆", "30家", "30", "家", "exact"),
        ("约95万辆", "约95万辆", "950000", "辆", "about"),
        ("节约5万元", "5万元", "50000", "元", "exact"),
        ("不超过3家", "不超过3家", "3", "家", "under"),
        ("500万元以上", "500万元以上", "5000000", "元", "over"),
        ("95万辆左右", "95万辆左右", "950000", "辆", "about"),
        ("二十多万辆", "二十多万辆", "200000", "辆", "over"),
        ("一亿五千万元", "一亿五千万元", "150000000", "元", "exact"),
        ("1亿5000万元", "1亿5000万元", "150000000", "元", "exact"),
        ("3万5千人", "3万5千人", "35000", "人", "exact"),
        ("九十五萬輛汽車", "九十五萬輛", "950000", "辆", "exact"),
        ("上百家企业", "上百家", "100", "家", "over"),
        ("数十家企业", "数十家", "10", "家", "over"),
        ("一倍", "一倍", "1", "倍", "exact"),
        ("上午9时30分开幕", "上午9时30分", "9.5", "时", "exact"),
        ("下午3点开会", "下午3点", "15", "时", "exact"),
        ("14:30开始", "14:30", "14.5", "时", "exact"),
        ("$2 billion in sales", "$2 billion", "2000000000", "美元", "exact"),
        ("up 25 percent", "25 percent", "25", "%", "exact"),
        ("sold 950,000 vehicles", "950,000", "950000", "", "exact"),
    ],
)
def test_reads_a_quantity(text: str, slice_: str, value: str, unit: str, bound: str) -> None:
    found = only(text)
    assert (found.text, found.value, found.unit, found.bound) == (slice_, Decimal(value), unit, bound)


@pytest.mark.parametrize(
    "text",
    "一样 一般 十分重要 三农 万一 第一时间 一个展会 一辆汽车 千万不要 一分为二 四川 百姓 三角 两岸 两江新区 "
    "一带一路 二次元 二手车 万家灯火 十四五 二十大报告 一年一度 长三角 几个 多个 每千人".split(),
)
def test_leaves_words_alone(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [("30多功能厅", ""), ("30人工湖", ""), ("12国代表", ""), ("100大学生", ""), ("2 cats", ""), ("3代表团", "")],
)
def test_an_unknown_noun_is_no_unit(text: str, unit: str) -> None:
    found = only(text)
    assert found.unit == unit
    assert found.text.isdigit()


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("30—50辆", 30, 50, "辆"),
        ("3至5个", 3, 5, "个"),
        ("30%—50%", 30, 50, "%"),
        ("3—5万辆", 30000, 50000, "辆"),
        ("三到五年", 3, 5, "年"),
        ("两三个", 2, 3, "个"),
        ("七八百人", 700, 800, "人"),
        ("十七八岁", 17, 18, "岁"),
        ("百分之三十至百分之四十", 30, 40, "%"),
        ("3比1", 3, 1, "比"),
        ("八比二", 8, 2, "比"),
    ],
)
def test_reads_a_range(text: str, low: int, high: int, unit: str) -> None:
    found = only(text)
    assert (found.text, found.value, found.upper, found.unit) == (text, low, high, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("第四", 4, ""), ("第七届", 7, "届"), ("第7届", 7, "届"), ("首批", 1, "批"), ("首届", 1, "届")],
)
def test_reads_an_ordinal(text: str, value: int, unit: str) -> None:
    found = only(text)
    assert (found.text, found.value, found.unit, found.ordinal) == (text, value, unit, True)


@pytest.mark.parametrize(
    "text",
    [
        "2024年",
        "9月5日至8日",
        "近7年",
        "10年后",
        "十年后",
        "2024—2027年",
        "今年前8个月",
        "二〇二四年",
        "2025世界大会",
        "20世纪",
    ],
)
def test_a_time_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_ascii_commas_part_clauses_and_group_thousands() -> None:
    text = "2024年,汽车产量达到254万辆,创近7年新高,1,137亿元,12家,2024,254个,2025，137个"
    assert [found.text for found in find_quantities(text)] == [
        "254万辆", "1,137亿元", "12家", "2024", "254个", "2025", "137个",
    ]  # fmt: skip


@given(TEXT_WITH_NUMBERS)
def test_offsets_are_exact_and_nothing_overlaps(text: str) -> None:
    found = find_quantities(text)
    spans = [(quantity.start, quantity.end) for quantity in found]
    spans += [(named.start, named.end) for named in find_times(text, None)]
    spans += [(named.start, named.end) for named in find_times(text, date(2025, 9, 8))]
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.text == quantity.text.strip() != ""
        assert quantity.upper is None or quantity.upper > quantity.value
    ordered = sorted(set(spans))
    assert all(first[1] <= second[0] for first, second in pairwise(ordered))


@given(st.integers(0, 99_999_999), st.sampled_from(["辆", "个", "元", "%", "人次", "公里", "平方公里", "吨"]))
def test_one_value_in_every_form(value: int, unit: str) -> None:
    forms = [f"{value}{unit}", f"{value:,}{unit}", f"{Decimal(value) / 10000:f}万{unit}", f"{value} {unit}"]
    forms.append(f"{value}{unit}".translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}))
    quantities = [only(form) for form in forms]
    assert all(same_quantity(quantities[0], other) for other in quantities)
    assert quantities[0].value == value


@given(st.decimals(-(10**15), 10**15, allow_nan=False, places=3), st.sampled_from(["辆", "%", "元", "小时"]))
def test_a_printed_quantity_reads_back(value: Decimal, unit: str) -> None:
    printed = only(format_quantity(value, unit))
    rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - 3), ROUND_HALF_UP) if value else Decimal(0)
    assert (printed.value, printed.unit) == (rounded, unit)


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("950000", "辆", "95万辆"),
        ("391000", "辆", "39.1万辆"),
        ("37.4016", "%", "37.4%"),
        ("113700000000", "元", "1137亿元"),
        ("1000000000000", "元", "1万亿元"),
        ("9999", "个", "9999个"),
        ("99999", "个", "10万个"),
        ("0", "个", "0个"),
        ("-0.05", "%", "-0.05%"),
    ],
)
def test_prints_as_a_newspaper_does(value: str, unit: str, printed: str) -> None:
    assert format_quantity(Decimal(value), unit) == printed


def test_will_not_print_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="nan"):
        format_quantity(float("nan"), "个")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("95万辆", "九十五万辆", True),
        ("95万辆", "约95万台", True),
        ("116万", "116万架次", True),
        ("三成", "30%", True),
        ("25%", "百分之二十五", True),
        ("550家", "550个", True),
        ("10公里", "10km", True),
        ("25", "25%", False),
        ("25%", "25个百分点", False),
        ("35万人次", "35万人", False),
        ("7届", "第7届", False),
        ("95万辆", "95.1万辆", False),
        ("30—50辆", "30辆", False),
        ("100元", "100美元", False),
    ],
)
def test_compares_quantities(first: str, second: str, same: bool) -> None:
    assert same_quantity(only(first), only(second)) is same
    assert same_quantity(only(second), only(first)) is same


def test_units_under_two_names_are_one() -> None:
    assert canonical_unit("KM") == canonical_unit("千米") == "公里"
    assert compatible_units("℃", "摄氏度")
    assert not compatible_units("公里", "平方公里")


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,111,", "百分之", "3 ", "1.", "第", "1至", "三分之", "超过", "首", "万"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find_quantities(text)
    # A quadratic scan of 100,000 characters would take minutes.
    assert time.process_time() - started < 10


_DIGITS = "零一二三四五六七八九"


@given(st.integers(2, 9), st.integers(1, 9), st.sampled_from(["", ",后来", "。", "的"]))
def test_a_digit_behind_the_unit_is_a_tenth(whole: int, tenth: int, after: str) -> None:
    exact = Decimal(whole) + Decimal(tenth) / 10
    for unit, named, scale in (("成", "%", 10), ("块", "元", 1), ("米", "米", 1)):
        for written in (f"{_DIGITS[whole]}{unit}{_DIGITS[tenth]}", f"{whole}{unit}{tenth}"):
            quantity = only(f"那是{written}{after}")
            assert quantity.text == written
            assert same_quantity(quantity, only(f"{exact * scale}{named}"))


@given(st.integers(2, 9))
def test_a_half_behind_tenths_is_half_a_tenth(whole: int) -> None:
    for after in ("", ",余下", "的人"):
        quantity = only(f"有{_DIGITS[whole]}成半{after}")
        assert (quantity.text, quantity.value) == (f"{_DIGITS[whole]}成半", whole + Decimal("0.5"))


@pytest.mark.parametrize(
    ("text", "slice_", "value", "unit"),
    [
        ("桃子两块八一斤", "两块八", "2.8", "元"),
        ("桃子三块五毛钱", "三块五毛钱", "3.5", "元"),
        ("门高一米七五,宽一尺", "一米七五", "1.75", "米"),
        ("罚款410克朗", "410克朗", "410", "克朗"),
        ("罚款4.2亿第纳尔", "4.2亿第纳尔", "420000000", "第纳尔"),
        ("盐410克", "410克", "410", "克"),
        ("两块八仙桌", "两块", "2", "块"),
        ("三块三角地", "三块", "3", "块"),
        ("两块一等地", "两块", "2", "块"),
        ("跑300米5,000人看", "300米", "300", "米"),
        ("用时3分5秒", "3分5秒", "3.083333333333333333333333333", "分"),
    ],
)
def test_what_follows_a_unit_is_part_of_the_amount_or_none(text: str, slice_: str, value: str, unit: str) -> None:
    quantity = find_quantities(text)[0]
    assert (quantity.text, quantity.value, quantity.unit) == (slice_, Decimal(value), unit)
