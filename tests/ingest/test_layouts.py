"""Invented articles, each in a layout and a style of its own."""

from __future__ import annotations

import pytest

from rag.ingest.markdown import markdown_fragments
from rag.ingest.repair import repair
from tests.ingest.texts import characters, kinds_and_texts, repair_text

COLUMNS_WITH_ENGLISH_PUNCTUATION = """
山村小学的新操场

本报记者 王小明 通讯员 李红

孩子们在新操场上奔跑。(张三 摄)

清晨六点半,云岭小学的操场上已经有了笑声。校长周明
远说,这块操场等了整整十一年,如今终于铺上了塑胶跑道,

孩子们再也不用在泥地里上体育课了。

“以前一下雨,操场就成了池塘。”五年级学生林小雨告诉记

图为新操场一角。新华社记者 李四 摄

者,她最喜欢的是新装的篮球架。

众人拾柴火焰高

操场的钱从哪里来?县里出一半,其余的由毕业生们一点一点凑起来,最少的一笔只有五元。

据《云岭县教育志(1949-

2020年)》记载,这所小学建于1953年,最初只有两间土房。
"""

OFFICIAL_NOTICE = """关于做好2026年春耕生产工作的通知
各乡镇人民政府，县直有关部门：
为做好今年的春耕生产工作，经县政府同意，现将有关事项通知如下：
一、总体要求
以稳定粮食面积为首要任务，因地制宜，分类施策，确保全县粮食播种面积不低于四十二万亩。
二、重点任务
（一）抓好农资供应
各供销社要在三月十日之前备足化肥、种子和农膜，价格变动超过一成的，须向县发展改革局
报告，并说明原因。
（二）抓好技术服务
农技人员要进村入户，每个行政村至少开展两次田间培训，覆盖全部种粮大户和家庭农场。
1. 小麦
2. 油菜
3. 马铃薯
以上作物的技术规程由县农业技术推广中心另行印发，请各乡镇遵照执行，不得擅自更改。
责任编辑：赵六"""

VERSE_AND_DIALOGUE = """灯下
作者：沈小舟

远处的灯
近处的水
中间是我
和一把旧椅子

“你又在写诗？”她问。
“嗯。”
——写给谁呢
——写给没有睡的人
窗外的雨停了，巷子里传来卖馄饨的梆子声，一下，两下，三下，像是有人在替我们数着这个夜晚。"""

ENGLISH = """A Library on Wheels
By Jane Roe and John Doe
Every Thursday a green bus climbs the road to the valley and stops beside the old well, where
children have been waiting since noon.
Photo: the bus at the well
"We used to walk nine miles for a book," said Mr. Lin. The bus carries 2,400 of
them.
What Comes Next
The county plans a second bus, and later a third, to reach the villages that lie beyond the northern pass."""

WRAPPED = """　　我们一早出发，沿着河边的小路向上游走去，
雾还没有散，对岸的村子只露出几片屋顶和一缕
炊烟。老船工说这样的早晨一年里也只有十来天，
其余的日子不是下雨就是刮风，没有人愿意出门
看河。
　　走到第三个渡口的时候，太阳终于出来了。"""


def test_columns_captions_and_brackets() -> None:
    assert kinds_and_texts(repair_text(COLUMNS_WITH_ENGLISH_PUNCTUATION)) == [
        ("title", "山村小学的新操场"),
        ("byline", "本报记者 王小明 通讯员 李红"),
        ("caption", "孩子们在新操场上奔跑。(张三 摄)"),
        (
            "paragraph",
            "清晨六点半,云岭小学的操场上已经有了笑声。校长周明远说,这块操场等了整整十一年,如今终于铺上了塑胶跑道,"
            "孩子们再也不用在泥地里上体育课了。",
        ),
        ("paragraph", "“以前一下雨,操场就成了池塘。”五年级学生林小雨告诉记者,她最喜欢的是新装的篮球架。"),
        ("caption", "图为新操场一角。新华社记者 李四 摄"),
        ("heading", "众人拾柴火焰高"),
        ("paragraph", "操场的钱从哪里来?县里出一半,其余的由毕业生们一点一点凑起来,最少的一笔只有五元。"),
        ("paragraph", "据《云岭县教育志(1949-2020年)》记载,这所小学建于1953年,最初只有两间土房。"),
    ]


def test_numbered_headings_and_numbered_lists() -> None:
    repaired = repair_text(OFFICIAL_NOTICE)
    found = kinds_and_texts(repaired)
    headings = [text for kind, text in found if kind == "heading"]
    assert headings == ["一、总体要求", "二、重点任务", "（一）抓好农资供应", "（二）抓好技术服务"]
    assert ("paragraph", "2. 油菜") in found
    assert any(text.endswith("须向县发展改革局报告，并说明原因。") for _, text in found)
    assert found[0] == ("title", "关于做好2026年春耕生产工作的通知")
    assert found[-1] == ("byline", "责任编辑：赵六")
    sections = {repaired.text[block.start : block.end]: block.section for block in repaired.blocks}
    assert sections["3. 马铃薯"] == "（二）抓好技术服务"


def test_verse_and_dialogue_stay_in_lines() -> None:
    found = kinds_and_texts(repair_text(VERSE_AND_DIALOGUE))
    assert [text for _, text in found] == [line for line in VERSE_AND_DIALOGUE.splitlines() if line]
    assert [kind for kind, _ in found] == ["title", "byline", *["paragraph"] * 9]


def test_english() -> None:
    assert kinds_and_texts(repair_text(ENGLISH)) == [
        ("title", "A Library on Wheels"),
        ("byline", "By Jane Roe and John Doe"),
        (
            "paragraph",
            "Every Thursday a green bus climbs the road to the valley and stops beside the old well, "
            "where children have been waiting since noon.",
        ),
        ("caption", "Photo: the bus at the well"),
        (
            "paragraph",
            '"We used to walk nine miles for a book," said Mr. Lin. The bus carries 2,400 of them.',
        ),
        ("heading", "What Comes Next"),
        ("paragraph", ENGLISH.splitlines()[-1]),
    ]


def test_wrapped_lines_without_title_byline_or_headings() -> None:
    found = kinds_and_texts(repair_text(WRAPPED))
    assert [kind for kind, _ in found] == ["paragraph", "paragraph"]
    assert found[0][1].endswith("没有人愿意出门看河。")


def test_lines_that_never_end_with_punctuation_are_not_run_together() -> None:
    lines = [
        "周一我们去看了东湖边上的那片荷花，开得比去年早了大约十天",
        "周二下了一整天的雨，谁也没有出门，大家在屋里下棋喝茶聊天，一直到晚饭的时候才散，老陈赢了三盘",
        "周三天晴",
        "周四去镇上赶集，买了两把竹椅和一只会叫的风筝，回来的路上遇见了老同学，站在桥头说了半个下午的话",
        "周五收拾行李，发现带来的书一本也没有看完，于是又多住了两天，把最薄的那一本从头到尾读了一遍",
    ]
    repaired = repair_text("\n".join(["假期记事", *lines]))
    assert [text for _, text in kinds_and_texts(repaired)] == ["假期记事", *lines]


def test_a_heading_before_a_cut_paragraph_is_not_part_of_it() -> None:
    found = kinds_and_texts(
        repair_text(
            "前面的一段话到这里就结束了，没有别的内容。\n河流的名字\n"
            "这条河在地图上没有名字，当地的老人叫它白水，年轻人叫它北沟，而在县志里，它被写作一个已经没有人认识的\n"
            "古字。"
        )
    )
    assert found[1] == ("heading", "河流的名字")
    assert found[2][1].endswith("没有人认识的古字。")


@pytest.mark.parametrize(
    "credit",
    [
        "（张三 摄）",
        "新华社记者 李四 摄",
        "图/王五",
        "图｜王五",
        "摄影：王五",
        "（图/王五）",
        "受访者供图",
        "（资料图片，王五供图）",
    ],
)
def test_a_caption_in_mid_sentence(credit: str) -> None:
    caption = f"村民在茶园里采摘春茶。{credit}"
    before, after = "谷雨之前，山上的茶园里到处都是采茶的人，今年的春茶比往年", "多收了两成。"
    found = kinds_and_texts(repair_text(f"茶事\n{before}\n{caption}\n{after}"))
    assert found[1:] == [("paragraph", before + after), ("caption", caption)]


@pytest.mark.parametrize("multi", ["山村小学的\n新操场", "山村\n小学的\n新操场"])
def test_a_known_title_in_several_lines(multi: str) -> None:
    repaired = repair_text(f"{multi}\n操场建好了，孩子们都很高兴。", title="山村小学的新操场")
    assert [kind for kind, _ in kinds_and_texts(repaired)] == ["title", "paragraph"]
    assert characters(repaired.text) == characters("山村小学的新操场操场建好了，孩子们都很高兴。")


def test_markdown_keeps_its_kinds() -> None:
    text = (
        "# 山村*小学*\n\n作者：王小明\n\n## 为什么要建操场？\n\n因为孩子们需要一块**平整**的地方，可以跑步\n"
        "和跳绳。\n\n![新操场 图/王五](a.jpg)\n\n- 第一项\n- 第二项\n"
    )
    assert kinds_and_texts(repair(markdown_fragments(text))) == [
        ("title", "山村小学"),
        ("byline", "作者：王小明"),
        ("heading", "为什么要建操场？"),
        ("paragraph", "因为孩子们需要一块平整的地方，可以跑步和跳绳。"),
        ("caption", "新操场 图/王五"),
        ("paragraph", "第一项"),
        ("paragraph", "第二项"),
    ]


@pytest.mark.parametrize(
    "text", [COLUMNS_WITH_ENGLISH_PUNCTUATION, OFFICIAL_NOTICE, VERSE_AND_DIALOGUE, ENGLISH, WRAPPED]
)
def test_nothing_is_lost_and_a_second_repair_changes_nothing(text: str) -> None:
    repaired = repair_text(text)
    assert characters(repaired.text) == characters(text)
    assert repair_text(repaired.text) == repaired


TORN_AT_A_PICTURE = """
老桥的灯

桥是清朝修的，桥墩上的石头被水磨得发亮，走的人一年比一年少。

夜里老桥上没有一个人，守灯屋里却坐满了来听故

2022年6月28日，守灯人在桥头添油。白芷{mark}摄

事的孩子。灯芯是棉线搓的，风大的时候一晚要添三次油。
"""


@pytest.mark.parametrize("mark", ["/", "／", " "])
def test_a_sentence_torn_at_a_picture_is_no_heading(mark: str) -> None:
    found = kinds_and_texts(repair_text(TORN_AT_A_PICTURE.format(mark=mark)))
    whole = "夜里老桥上没有一个人，守灯屋里却坐满了来听故事的孩子。灯芯是棉线搓的，风大的时候一晚要添三次油。"
    assert ("paragraph", whole) in found
    assert "heading" not in [kind for kind, _ in found]


def test_half_a_sentence_with_a_comma_is_no_heading() -> None:
    lines = [
        "老桥的灯",
        "走的人一年比一年少。",
        "夜里老桥上没有一个人了，灯",
        "守灯人说" + "，风大的时候一晚要添三次油" * 3 + "。",
    ]
    assert "heading" not in [kind for kind, _ in kinds_and_texts(repair_text("\n".join(lines)))]


def test_a_couplet_is_a_heading() -> None:
    lines = [
        "老桥的灯",
        "走的人一年比一年少。",
        "以灯为媒，点亮一座老桥",
        "守灯人说" + "，风大的时候一晚要添三次油" * 3 + "。",
    ]
    assert ("heading", lines[2]) in kinds_and_texts(repair_text("\n".join(lines)))
