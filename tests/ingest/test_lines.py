from __future__ import annotations

import pytest

from rag.ingest.lines import could_be_heading, ends, is_balanced, is_byline, is_caption, is_item, numbering, unclosed


@pytest.mark.parametrize(
    "text",
    [
        "2025年9月5日,观众在展区参观、体验。图/王五",
        "图为开幕式现场。",
        "图为展区一角。新华社记者 李四 摄",
        "茶园里的春天（张三 摄）",
        "茶园里的春天（受访者供图）",
        "茶园里的春天。 摄影：王五 李四",
        "▲ 茶园里的春天",
        "图1 茶园分布",
        "图说：茶园里的春天",
        "图/王五",
        "摄影：王五",
        "王五/摄",
        "王五／摄",
        "摄/王五",
        "本刊记者 王五/摄影",
        "茶园里的春天。王五/摄",
        "茶园里的春天 王五/图",
        "茶园里的春天。受访单位供图",
        "茶园里的春天。王五摄",
        "图①：茶园里的春天。",
        "左图：茶园里的春天。",
        "茶园里的春天。（图片由茶场提供）",
        "茶园里的春天。（受访者提供）",
        "茶园里的春天。（资料图片）",
        "本版图片均由王五拍摄",
        "Photo: the old well",
        "Photo by Jane Roe",
        "Figure 2. Rainfall by month",
        "The old well in winter. Photo: Jane Roe",
    ],
)
def test_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "他一边走一边拍摄，直到天黑。",
        "详情见附件（流程图）",
        "这张地图画得很好。",
        "公司计划绘制一张产业地图：先摸清家底，再谈布局。",
        "文/张三 图/李四",
        "茶园去年增收三成。（数据由茶场提供）",
        "他去了茶园。我拍摄。",
        "图书馆为读者开到深夜。",
        "张三/文 李四/摄",
        "记者在现场看到，图书馆已经开门。",
        "Photography is an art that takes years.",
        "图书馆的春天",
        "图" * 200 + "（张三 摄）",
    ],
)
def test_not_captions(text: str) -> None:
    assert not is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "文 | 某杂志社记者 陈 骅 龙宣辰",
        "文/张三 图/李四",
        "张三/文",
        "张三/文 李四/摄",
        "□ 本刊特约撰稿 蒋未央",
        "本报记者 王小明 通讯员 李红",
        "本报记者王小明",
        "记者 王小明",
        "作者：王小明",
        "来源：某某日报",
        "责任编辑：赵六",
        "（作者系某大学教授）",
        "本报记者 王小明 李红 文/图",
        "一审：王小明 二审：李红",
        "（责任编辑：王小明）",
        "发布时间：2025-03-01 08:30",
        "By Jane Roe and John Doe",
        "2025年3月1日 08:30 来源：某网",
    ],
)
def test_bylines(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "记者发现，花开了。",
        "记者的春天",
        "By the river stood a house.",
        "文章写得好",
        "2025年，我们出发",
        "作者说",
        "整体统筹 分步推进",
        "时间：3月5日 地点：文化馆",
    ],
)
def test_not_bylines(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "好。",
        "好！”",
        "好……",
        "如下：",
        "一是天时；",
        "It rains.",
        "花开了。（完）",
        "他说：“好。”（记者 张三）",
        "真的?!",
    ],
)
def test_ends(text: str) -> None:
    assert ends(text)


@pytest.mark.parametrize("text", ["好", "好，", "一屏掌控、", "“好”", "48.", "（完）", "机器人公"])
def test_does_not_end(text: str) -> None:
    assert not ends(text)


def test_numbering() -> None:
    lines = ["一、总则", "（一）目的", "第三章 附则", "1. 小麦", "（2）油菜", "③大豆", "2025年", "3.5倍", "一样"]
    assert [numbering(line) for line in lines] == ["一、", "（一）", "第一章", "1.", "（1）", "①", None, None, None]


def test_items() -> None:
    assert all(is_item(line) for line in ("• 一", "- 一", "——谁", "1. 一"))
    assert not any(is_item(line) for line in ("-5℃", "一样", "·"[:0] + "春天"))


def test_unclosed() -> None:
    assert unclosed("他说：“我在《春天》里（") == ["“", "（"]
    assert unclosed("”春天》") == []


@pytest.mark.parametrize("text", ["打破产业边界", "一、总体要求", "“头雁”领航", "What Comes Next", "强基固本 行稳致远"])
def test_could_be_headings(text: str) -> None:
    assert could_be_heading(text)


@pytest.mark.parametrize("text", ["花开了。", "床前明月光，", "——写给春天", "•苹果", "据《春天", "2025", "春" * 30])
def test_could_not_be_headings(text: str) -> None:
    assert not could_be_heading(text)


@pytest.mark.parametrize("text", ["向新而行，智赢未来", "以链为媒，激活产业新动能", "茶园里的春天"])
def test_balanced(text: str) -> None:
    assert is_balanced(text)


@pytest.mark.parametrize(
    "text",
    [
        "老桥上已经没有一个人了，灯",
        "今年，全省的粮食收成又好于去年",
        "吊桥上没有一个人，控制室里却坐满了看屏幕的",
        "一，二，三",
    ],
)
def test_not_balanced(text: str) -> None:
    assert not is_balanced(text)
