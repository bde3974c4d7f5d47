"""Answers from tables, over an invented county's buses, its volleyball league and its hospital's takings."""

from __future__ import annotations

import pytest

from rag.chatbot import Chatbot
from rag.types import Turn
from tests.conftest import OpenArticles

BUSES = """---
title: 洛塘村镇公交新时刻表下周启用
publisher: 洛塘日报
published: 2026-09-10
---

9月14日起，洛塘县公交公司启用秋季时刻表，驾驶员共86名。经理苗承业说，调整主要是为了接驳高铁。

各线路安排如下：

| 线路 | 起点 | 终点 | 首班 | 末班 | 票价 | 全程 |
| --- | --- | --- | --- | --- | --- | --- |
| 11路 | 汽车东站 | 云岭镇 | 6:20 | 19:00 | 4元 | 23公里 |
| 12路 | 汽车东站 | 鹿鸣乡 | 6:40 | 18:30 | 6元 | 31公里 |
| 15路 | 人民医院 | 高铁洛塘站 | 5:50 | 21:40 | 3元 | 14公里 |
| 旅游专线 | 文化宫 | 青螺湖 | 8:00 | 17:30 | 10元 | 38公里 |

刷卡一律九折，65岁以上老人免费。旅游专线周一停开。

## 客流

去年全县公交客流下滑后，今年有所回升，上半年客流如下（单位：万人次）：

| 线路 | 2025年上半年 | 2026年上半年 |
| --- | --- | --- |
| 11路 | 42.5 | 47.1 |
| 12路 | 38.2 | 36.9 |
| 15路 | 55.0 | 63.4 |
| 旅游专线 | 6.3 | 6.3 |
| 合计 | 142.0 | 153.7 |

12路客流减少，是因为鹿鸣乡中学搬迁。
"""
LEAGUE = """---
title: 沣州女排联赛半程落幕 粮价行情同日公布
publisher: 沣州晚报
published: 2025-11-20
---

沣州女排联赛昨天打完上半程，八支队中前四名的战绩如下：

| 名次 | 球队 | 胜 | 负 | 积分 | 主教练 |
|---|---|---|---|---|---|
| 1 | 银杏队 | 6 | 1 | 17 | 戚文澜 |
| 2 | 海燕队 | 5 | 2 | 16 | 祁大川 |
| 3 | 白帆队 | 5 | 2 | 14 | 卢芷若 |
| 4 | 长风队 | 4 | 3 | 13 | 温如海 |

银杏队主攻手尤佳得了152分。第8轮12月6日开打。

## 同日公布的粮油批发价

| 品名 | 本周价（元/公斤） | 上周价（元/公斤） | 成交量 |
|---|---|---|---|
| 东江粳米 | 4.6 | 4.4 | 320吨 |
| 油菜籽 | 6.8 | 6.8 | 95吨 |
| 小黄米 | 7.5 | 7.9 | 48吨 |
| 绿豆 | 9.2 | 9.0 | 36吨 |

批发市场经理邬小敏说，小黄米新货上市，价格走低。
"""


CLASSES = """---
title: 柳浦文化馆秋季班开始报名
publisher: 柳浦街讯
published: 2026-08-30
---

秋季班课程如下，9月5日开课：

| 课程 | 开课 | 教室 | 押金 |
|---|---|---|---|
| 剪纸 | 9:30 | 二楼东 | 50元 |
| 古筝 | 14:00 | 三楼琴房 | 200元 |

馆长卞秋禾说，押金在结业时退还。
"""
MILL = """---
title: 青瓦纸业披露三季报
publisher: 江北财经
published: 2026-10-28
---

青瓦纸业前三季度盈利2.3亿元，同比增长8%。董事长鞠长山说，第四季度订单已经排满，工厂春节前不停机。

分业务收入如下（单位：亿元）：

| 业务 | 2025年前三季度 | 2026年前三季度 | 同比 |
|---|---|---|---|
| 宣纸 | 1.20 | 1.50 | 25.0% |
| 包装纸及纸袋 | 4.60 | 4.10 | -10.9% |
| 其他 | 0.30 | 0.30 | 0% |
| 合计 | 6.10 | 5.90 | -3.3% |
| 其中：境内 | 4.00 | 3.60 | -10.0% |
| 其中：境外 | 2.10 | 2.30 | 9.5% |

湖口分厂去年停产，设备迁往安岭。
"""


RESERVOIR = """---
title: 松坪水库清淤见效
publisher: 松坪周报
published: 2025-03-12
---

水库管理处主任蒙秋生说，去年清淤12万立方米，用了两台绞吸船。

近几年的供水量如下：

| 年份 | 供水量 |
|---|---|
| 2023年 | 310万立方米 |
| 2024年 | 355万立方米 |

下游的稻田因此多浇了一遍水。
"""


@pytest.fixture(scope="module")
def reservoir(open_articles: OpenArticles) -> Chatbot:
    return open_articles(reservoir=RESERVOIR)


@pytest.fixture(scope="module")
def classes(open_articles: OpenArticles) -> Chatbot:
    return open_articles(classes=CLASSES)


@pytest.fixture(scope="module")
def mill(open_articles: OpenArticles) -> Chatbot:
    return open_articles(mill=MILL)


@pytest.fixture(scope="module")
def buses(open_articles: OpenArticles) -> Chatbot:
    return open_articles(buses=BUSES)


@pytest.fixture(scope="module")
def league(open_articles: OpenArticles) -> Chatbot:
    return open_articles(league=LEAGUE)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("12路首班车几点？", "6:40"),
        ("去青螺湖的车票多少钱？", "10元"),
        ("15路从哪里发车？", "人民医院"),
        ("15路终点是哪里？", "高铁洛塘站"),
        ("鹿鸣乡那条线全程多少公里？", "31公里"),
        ("去年上半年11路客流多少？", "42.5万人次"),
        ("今年上半年15路有多少万人次？", "63.4万人次"),
        ("11路客流 2026年上半年", "47.1万人次"),
        ("全县今年上半年公交客流一共多少？", "153.7万人次"),
        ("上半年总客流多少？", "153.7万人次"),
        ("坐12路要花多少钱？", "6元"),
        ("从汽车东站到鹿鸣乡多少钱？", "6元"),
        ("12路一张票多少钱？", "6元"),
        ("最贵的票价是多少？", "10元"),
        # which row
        ("哪条线最长？", "旅游专线"),
        ("哪条线票价最便宜？", "15路"),
        ("末班车最晚的是哪条线？", "15路"),
        ("上半年哪条线客流最多？", "15路"),
        ("2025年上半年哪条线客流第二多？", "11路"),
        ("5:50发车的是哪条线？", "15路"),
        ("票价6元的是哪条线？", "12路"),
        ("哪条线去青螺湖？", "旅游专线"),
    ],
)
def test_the_asked_cell_of_the_timetable_is_given(buses: Chatbot, question: str, short: str) -> None:
    answer = buses.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("海燕队积了多少分？", "16"),
        ("银杏队输了几场？", "1"),
        ("白帆队的主教练是谁？", "卢芷若"),
        ("谁是海燕队的教练？", "祁大川"),
        ("戚文澜是哪个队的教练？", "银杏队"),
        ("哪个队积分最高？", "银杏队"),
        ("排第三的是哪个队？", "白帆队"),
        ("长风队得了第几名？", "4"),
        ("绿豆多少钱一公斤？", "9.2元/公斤"),
        ("上周绿豆多少钱一公斤？", "9.0元/公斤"),
        ("粳米本周价", "4.6元/公斤"),
        ("哪种粮食成交量最大？", "东江粳米"),
        ("本周最贵的是什么？", "绿豆"),
        ("小黄米成交了多少吨？", "48吨"),
    ],
)
def test_the_asked_cell_of_the_league_or_price_list_is_given(league: Chatbot, question: str, short: str) -> None:
    answer = league.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    "question",
    [
        # another line, or a name that only looks like one of them
        "13路首班几点？",
        "115路首班几点？",
        "1路首班几点？",
        "东云岭镇首班几点？",
        "鹿鸣村末班车几点？",
        "去鹿鸣乡中学要多少钱？",
        "去汽车西站的末班车几点？",
        # from a terminus
        "从鹿鸣乡坐车首班几点？",
        # another thing than the head says
        "12路中午几点有车？",
        "12路月票多少钱？",
        "12路学生票多少钱？",
        "青螺湖门票多少钱？",
        "旅游专线的司机有多少？",
        "11路司机几点吃饭？",
        "11路一共多少站？",
        "哪条线司机最多？",
        "哪条线最挤？",
        # another unit or time
        "11路票价多少美元？",
        "12路2025年票价是多少？",
        "15路去年下半年客流多少？",
        "2024年上半年12路客流多少？",
        "12路全年客流多少？",
        "2026年12路客流多少？",
        "15路客流增长多少？",
        "票价5元的是哪条线？",
    ],
)
def test_what_the_timetable_does_not_tell_is_refused(buses: Chatbot, question: str) -> None:
    assert buses.ask(question).status == "refused"


@pytest.mark.parametrize(
    "question",
    [
        "青山队积多少分？",
        "海燕队的队长是谁？",
        "海燕队的助理教练是谁？",
        "银杏队平了几场？",
        "银杏队有多少队员？",
        "去年海燕队积分多少？",
        "女篮海燕队积多少分？",
        "第五名是哪个队？",
        "绿豆多少钱一斤？",
        "绿豆一吨多少钱？",
        "黑绿豆多少钱一公斤？",
        "红豆本周批发价多少？",
        "东江籼米多少钱一公斤？",
        "小黄米零售价多少？",
        "油菜籽成交额多少？",
        "绿豆下周多少钱一公斤？",
    ],
)
def test_what_the_league_and_price_list_do_not_tell_is_refused(league: Chatbot, question: str) -> None:
    assert league.ask(question).status == "refused"


def test_row_and_head_are_cited_and_the_line_that_tells_the_unit(buses: Chatbot) -> None:
    answer = buses.ask("2026年上半年11路客流多少？")
    quotes = [citation.quote for citation in answer.citations]
    assert quotes == [
        "11路 | 42.5 | 47.1",
        "线路 | 2025年上半年 | 2026年上半年",
        "去年全县公交客流下滑后，今年有所回升，上半年客流如下（单位：万人次）：",
    ]
    assert "47.1万人次" in answer.text


def test_the_present_column_is_given_where_no_time_is_asked_and_says_so(buses: Chatbot) -> None:
    answer = buses.ask("12路客流多少？")
    assert answer.short == "36.9万人次"
    assert "2026年上半年" in " ".join(answer.notes)
    assert "2026年上半年" in " ".join(buses.ask("哪条线客流最多？").notes)


def test_a_follow_up_changes_the_column(league: Chatbot) -> None:
    first = league.ask("绿豆多少钱一公斤？")
    history = [Turn("user", "绿豆多少钱一公斤？"), Turn("assistant", first.text)]
    assert league.ask("上周呢？", history).short == "9.0元/公斤"


def test_prose_beside_a_table_is_still_read(league: Chatbot) -> None:
    assert league.ask("银杏队主攻手得了多少分？").short == "152分"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("前三季度宣纸收入多少？", "1.50亿元"),
        ("2025年前三季度纸袋收入", "4.60亿元"),
        ("前三季度海外收入是多少？", "2.30亿元"),
        ("哪项业务收入最高？", "包装纸及纸袋"),
        ("宣纸收入同比多少？", "25.0%"),
        ("哪项业务收入跟去年同期一样？", "其他"),
        ("哪项业务收入下降了？", "包装纸及纸袋"),
    ],
)
def test_figures_of_a_report_are_given_with_the_unit_over_the_table(mill: Chatbot, question: str, short: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short) == ("answered", short)


@pytest.mark.parametrize(
    ("question", "short", "formula"),
    [
        ("宣纸收入比去年同期多了多少？", "0.30亿元", "1.50亿元 − 1.20亿元 = 0.30亿元"),
        ("国内收入比去年少了多少？", "0.40亿元", "4.00亿元 − 3.60亿元 = 0.40亿元"),
    ],
)
def test_the_difference_of_two_cells_is_worked_out(mill: Chatbot, question: str, short: str, formula: str) -> None:
    answer = mill.ask(question)
    assert (answer.status, answer.short, answer.formula) == ("computed", short, formula)


@pytest.mark.parametrize(
    "question",
    [
        "宣纸收入比去年同期少了多少？",
        "宣纸收入比2024年多了多少？",
        "宣纸利润比去年多了多少？",
        "宣纸盈利多少？",
        "宣纸第四季度收入多少？",
        "宣纸去年收入多少？",
        "2024年前三季度宣纸收入多少？",
        "安岭宣纸收入多少？",
        "报纸收入多少？",
        "宣纸平均收入多少？",
        "除其他外收入最低的业务是哪个？",
        "哪个城市收入最高？",
        "境外宣纸收入多少？",
    ],
)
def test_what_the_report_does_not_tell_of_a_row_is_refused(mill: Chatbot, question: str) -> None:
    assert mill.ask(question).status == "refused"


@pytest.mark.parametrize(
    ("question", "short"),
    [("哪个品种价格没变？", "油菜籽"), ("哪种粮降价了？", "小黄米"), ("哪种粮最便宜？", "东江粳米")],
)
def test_the_row_that_changed_alone_is_given(league: Chatbot, question: str, short: str) -> None:
    assert league.ask(question).short == short


def test_a_difference_of_prices_is_for_the_same_amount(league: Chatbot) -> None:
    answer = league.ask("绿豆比上周贵了多少？")
    assert (answer.short, answer.formula) == ("0.2元/公斤", "9.2元/公斤 − 9.0元/公斤 = 0.2元/公斤")
    assert league.ask("绿豆比上周便宜了多少？").status == "refused"


@pytest.mark.parametrize(("question", "short"), [("剪纸几点开课？", "9:30"), ("古筝押金多少？", "200元")])
def test_a_course_has_what_its_row_says(classes: Chatbot, question: str, short: str) -> None:
    assert classes.ask(question).short == short


@pytest.mark.parametrize(
    "question", ["剪纸多少钱？", "古筝收费多少？", "古筝几点到？", "古筝几点下课？", "二胡押金多少？"]
)
def test_a_column_is_not_taken_for_what_is_asked_by_its_unit_alone(classes: Chatbot, question: str) -> None:
    assert classes.ask(question).status == "refused"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("2023年供水量是多少？", "310万立方米"),
        ("去年供水多少？", "355万立方米"),
        ("哪一年供水量最大？", "2024年"),
        ("去年清淤多少立方米？", "12万立方米"),
    ],
)
def test_rows_may_be_years_and_prose_tells_of_them_in_other_words(
    reservoir: Chatbot, question: str, short: str
) -> None:
    assert reservoir.ask(question).short == short


@pytest.mark.parametrize("question", ["2022年供水量是多少？", "2023年清淤多少立方米？", "2024年上半年供水量是多少？"])
def test_another_year_than_those_of_the_rows_is_refused(reservoir: Chatbot, question: str) -> None:
    assert reservoir.ask(question).status == "refused"
