"""What captions tell: the picture, its credit, its place, its time and who is in it."""

from __future__ import annotations

import pytest

from rag.answer.credits.picture_scene import people_of, person_on_side, place_in, time_in
from rag.answer.credits.pictures import Picture, credited_for_all, pictures_of
from rag.question.asked_credit import Role
from rag.types import Article, Block, BlockKind, Span


def article_of(*lines: tuple[BlockKind, str]) -> Article:
    blocks = []
    start = 0
    for kind, text in lines:
        blocks.append(Block(kind, start, start + len(text)))
        start += len(text) + 2
    return Article("x", "题", "\n\n".join(text for _, text in lines), tuple(blocks))


def captions(*texts: str) -> list[Picture]:
    return pictures_of(article_of(*((BlockKind.CAPTION, text) for text in texts)))


def words(picture: Picture, span: Span | None) -> str | None:
    return None if span is None else picture.article.text[span.start : span.end]


def photographer(picture: Picture) -> str | None:
    return words(picture, picture.names_of(Role.PHOTOGRAPHER))


@pytest.mark.parametrize(
    ("caption", "shown", "names"),
    [
        ("收割机正在抢收晚稻。摄影/程雨桐", "收割机正在抢收晚稻", "程雨桐"),
        ("小观众正在辨认盐粒。本刊记者 傅一鸣 摄", "小观众正在辨认盐粒", "傅一鸣"),
        ("图为新桥一角。新华社发（李岚摄）", "新桥一角", "李岚"),
        ("图为：工人在车间忙碌 张三 摄", "工人在车间忙碌", "张三"),
        ("▲开幕式现场（王小明 摄）", "开幕式现场", "王小明"),
        ("多吉次仁与工友合影。班玛措摄", "多吉次仁与工友合影", "班玛措"),
        ("茶山俯瞰（无人机拍摄） 通讯员 江帆/摄", "茶山俯瞰（无人机拍摄）", "江帆"),
        ("摄影：李红 村民在打稻谷。", "村民在打稻谷", "李红"),
        ("孩子们在踢球。（资料图片）", "孩子们在踢球", None),
        ("导演韦小朵（右）在映后交谈。", "导演韦小朵（右）在映后交谈", None),
        ("灯塔夜景。（3月5日摄）", "灯塔夜景。（3月5日摄）", None),
    ],
)
def test_a_caption_without_its_credit(caption: str, shown: str, names: str | None) -> None:
    (picture,) = captions(caption)
    assert (picture.text, photographer(picture)) == (shown, names)


def test_one_credit_for_the_pictures_above_it() -> None:
    found = captions("图①：匠人捏面人。", "图②：孩子围着糖画摊。", "邢远航 摄")
    assert [(picture.label, picture.text, photographer(picture)) for picture in found] == [
        ("图①", "匠人捏面人", "邢远航"),
        ("图②", "孩子围着糖画摊", "邢远航"),
    ]


def test_several_pictures_in_one_caption() -> None:
    found = captions("（左图）养路工在清障。（右图）车辆驶过垭口。 严冬 摄")
    assert [(picture.label, picture.text, photographer(picture)) for picture in found] == [
        ("左图", "养路工在清障", "严冬"),
        ("右图", "车辆驶过垭口", "严冬"),
    ]


def test_a_credit_below_a_line_that_is_no_caption_by_itself() -> None:
    article = article_of((BlockKind.PARAGRAPH, "建设者在隧道内庆祝。"), (BlockKind.CAPTION, "新华社记者 费明远 摄"))
    (picture,) = pictures_of(article)
    assert (picture.text, photographer(picture)) == ("建设者在隧道内庆祝", "费明远")


def test_a_credit_goes_to_no_picture_that_has_its_own() -> None:
    first, second = captions("渔民卸鱼。郑好 摄", "鱼贩讨价还价。")
    assert (photographer(first), photographer(second)) == ("郑好", None)


def test_the_byline_credits_all_pictures() -> None:
    article = article_of((BlockKind.BYLINE, "文/庞博 图/骆阳"), (BlockKind.PARAGRAPH, "樱桃红了。"))
    (credit,) = credited_for_all(article)
    assert article.text[credit.span.start : credit.span.end] == "骆阳"


@pytest.mark.parametrize(
    ("caption", "place"),
    [
        ("2023年10月21日，青河县半岗镇的稻田里，收割机正在抢收晚稻。", "青河县半岗镇的稻田里"),
        ("首批旅客在柘州东站检票进站。", "柘州东站"),
        ("护士在新启用的卒中病房查房。", "新启用的卒中病房"),
        ("许阿婆在展厅门口教孩子们唱歌。", "展厅门口"),
        ("多吉次仁与工友在道班门前合影。", "道班门前"),
        ("芦坪站外，茶农免费请旅客喝新茶。", "芦坪站外"),
        ("2025年1月，老街上挂起红灯笼，行人走过。", "老街上"),
        ("市民在西湖区文化广场跳舞。", "西湖区文化广场"),
        ("3月5日，在江苏省宜兴市，农民在采茶。", "江苏省宜兴市"),
        ("学员在老师的指导下包扎伤口。", None),
        ("一群小天鹅从湖面飞过。", "湖面"),
        ("灯塔夜景，3月5日摄于东沙渔港。", "东沙渔港"),
        ("孩子们围着糖画摊等待出锅。", None),
        ("裘霜从液氮罐中取出样本。", None),
    ],
)
def test_where_a_picture_was_taken(caption: str, place: str | None) -> None:
    (picture,) = captions(caption)
    assert words(picture, place_in(picture, None)) == place


@pytest.mark.parametrize(
    ("caption", "hour", "time"),
    [
        ("12月27日清晨，旅客进站。", True, "12月27日清晨"),
        ("12月27日清晨，旅客进站。", False, "12月27日"),
        ("清晨，渔民卸鱼。", True, "清晨"),
        ("清晨，渔民卸鱼。", False, None),
        ("这是6月9日拍摄的隧道出口。", True, "6月9日"),
        ("孩子们围着糖画摊。", True, None),
    ],
)
def test_when_a_picture_was_taken(caption: str, hour: bool, time: str | None) -> None:
    (picture,) = captions(caption)
    assert words(picture, time_in(picture, None, with_hour=hour)) == time


def test_the_time_of_one_picture_is_not_that_of_its_neighbour() -> None:
    first, second = captions("图①：3月5日，工人在插秧。图②：村里的大棚。")
    assert words(first, time_in(first, None, with_hour=True)) == "3月5日"
    assert time_in(second, None, with_hour=True) is None


@pytest.mark.parametrize(
    ("caption", "question", "person"),
    [
        ("邬亮（左）和蓝伯年（右）在查看茶青。", "照片左边的是谁?", "邬亮"),
        ("鱼贩老蒋（右）和船老大在讨价还价。", "照片里右边是谁?", "老蒋"),
        ("多吉次仁（前排中）与工友合影。", "照片前排中间的人是谁?", "多吉次仁"),
        ("汤玉兰（左二）教游客剪窗花。", "照片里左1是谁?", None),
        ("邬亮（左）在查看茶青。", "照片右边的是谁?", None),
    ],
)
def test_who_stands_on_a_side(caption: str, question: str, person: str | None) -> None:
    (picture,) = captions(caption)
    assert words(picture, person_on_side(picture, question)) == person


def test_who_is_in_a_picture() -> None:
    (named,) = captions("王建国和李小红在田边查看麦苗。")
    (nameless,) = captions("一名小观众在辨认盐粒。")
    assert words(named, people_of(named)) == "王建国和李小红"
    assert people_of(nameless) is None
