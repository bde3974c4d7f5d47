"""Which of several things of one kind a text speaks of."""

from __future__ import annotations

import pytest

from rag.answer.guards.labels import another_label


@pytest.mark.parametrize(
    ("question", "before", "behind", "another"),
    [
        ("302路票价多少", "302路延长。票价", "元", False),
        ("302路票价多少", "夜7路开通,票价", "元", True),
        ("7路票价多少", "夜7路开通,票价", "元", True),
        ("第3类怎么办", "第三类报名人数超过", "", False),
        ("第3类怎么办", "第二类报名人数超过", "", True),
        ("一审判了多少", "法院一审判决赔偿", "元", False),
        ("一审判了多少", "法院作出终审判决,赔偿", "元", True),
        ("终审判了多少", "二审判决赔偿", "元", False),
        ("南校区电话", "电话:5550-2186(北校区)、", "5550-2189(南校区)。", False),
        ("南校区电话", "电话:", "5550-2186(北校区)、5550-2189(南校区)。", True),
        ("2号线多长", "1号线全长9公里,2号线全长", "公里", False),
        ("二期投资多少", "一期投资3亿元,二期投资", "亿元", False),
        ("二期投资多少", "一期投资", "亿元", True),
        ("十五路首班几点", "15路绕行。首班", "", False),
        ("十五路首班几点", "302路延长。首班", "", True),
        ("一级文物有几件", "二级文物", "件", True),
        ("一级文物有几件", "二级文物9件,一级文物", "件", False),
        ("一级鸟类有几种", "二级鸟类9种。还有14", "种一级鸟类", False),
        ("一级文物有几件", "先进级文物", "件", True),
        ("二等奖给了谁", "一等奖给了何远,二等奖给了", "", False),
        ("二等奖给了谁", "一等奖给了", "", True),
        ("特级教师有几位", "一级教师9位,特级教师", "位", False),
        ("10斤装多少钱", "5斤装寄省内", "元", True),
        ("5斤装多少钱", "10斤装40元,5斤装", "元", False),
        ("10斤装多少钱", "苹果每箱", "元", True),
        ("m10里有几件漆器", "m7最大,出土漆器", "件", True),
        ("m7里有几件漆器", "m10被盗。m7最大,出土漆器", "件", False),
        ("m7里有几件漆器", "pm2.5偏高,出土漆器", "件", False),
        # No label of that kind is told, or none is asked for.
        ("302路票价多少", "票价", "元", False),
        ("票价多少", "夜7路开通,票价", "元", False),
        ("南校区有几个班", "全校有", "个班", False),
        # These are no labels.
        ("路口有几个", "3路口", "个", False),
        ("这期间来了多少人", "一期间", "人", False),
    ],
)
def test_the_nearest_label_before_holds(question: str, before: str, behind: str, *, another: bool) -> None:
    assert another_label(question, before, behind) is another


def test_a_label_of_its_own_holds() -> None:
    assert not another_label("21路的司机去哪里", "302路延长,原", "转到别处", "21路的司机")
    assert another_label("21路的司机去哪里", "302路延长,原", "转到别处", "15路的司机")
