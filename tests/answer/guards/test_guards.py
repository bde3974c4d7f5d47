"""Each guard on its own: a span that it speaks against, and one beside it that it lets pass."""

from __future__ import annotations

import dataclasses

import pytest

from rag.answer.candidates import Candidate
from rag.answer.figures import find_figures
from rag.answer.guards.span_guards import DECISIVE, GUARDS, obstacle_to
from rag.models.span_model import SpanCandidate
from rag.question.focus import find_focus
from rag.types import BlockKind, Span
from tests.answer.guards.beside_cases import BESIDE
from tests.answer.paragraphs import sentences_of

SCORED = SpanCandidate(0, 1, score=3.0, null_score=0.0, answerable=2.0)
"""Guards look at words alone."""


def candidate_of(text: str, words: str, title: str = "城市观察") -> Candidate:
    """``words`` as if the reader had found them in ``text``, an article of 2025-09-08."""
    sentence = next(sentence for sentence in sentences_of(text, title=title) if words in sentence.text)
    start = sentence.text.index(words)
    within = Span(start, start + len(words))
    figures = [f for f in find_figures(sentence) if Span(f.quantity.start, f.quantity.end).overlaps(within)]
    span = Span(sentence.start + within.start, sentence.start + within.end)
    return Candidate(words, span, within, (sentence,), figures[0] if figures else None, SCORED)


CASES = [
    # guard, question, text, the span that can't answer, one that can
    ("time", "2024年茶叶产量是多少？", "2023年茶叶产量7万吨，2024年茶叶产量8万吨。", "7万吨", "8万吨"),
    ("time", "2024年上半年出口额是多少？", "去年出口额9亿元，去年上半年出口额4亿元。", "9亿元", "4亿元"),
    ("time", "2024年谁当选馆长？", "2022年，何远当选馆长。2024年，高明当选馆长。", "何远", "高明"),
    ("name", "王建国哪一年当上局长？", "张建华2019年当上局长。\n王建国2021年当上局长。", "2019年", "2021年"),
    (
        "name",
        "《海上盐路》展出多少天？",
        "《灶户人家》展出90天。\n《海上盐路》展出60天。",
        "90天",
        "60天",
    ),
    ("how-long", "木工哪天开工？", "木工开工九天，6月3日歇工。", "九天", "6月3日"),
    ("hour", "木工考试几点开始？", "木工考试7月9日开始。木工考试上午9点开始。", "7月9日", "上午9点"),
    ("unrelated", "学徒名单哪天贴出？", "窑工6月3日开工，6月9日歇工。\n学徒名单6月5日公布。", "6月3日", "6月5日"),
    ("other-date", "哪年当上窑长？", "他1961年进窑，1990年当上窑长。", "1961年", "1990年"),
    ("other-date", "窑顶哪年加固的？", "2003年失过火；2004年窑顶加固。", "2003年", "2004年"),
    ("other-date", "窑工节哪年没办？", "窑工节2015年首办，2021年停办。", "2015年", "2021年"),
    ("name", "屠静看完信送了什么？", "贺宁看完信送了一筐梨。\n屠静看完信送了一坛酒。", "一筐梨", "一坛酒"),
    ("name", "屠静芳怕什么？", "屠静怕打雷。\n屠静芳怕黑。", "打雷", "黑"),
    ("other-name", "屠静最怕什么？", "屠静不怕黑，贺宁则怕打雷。\n教师屠静最怕蛇。", "打雷", "蛇"),
    ("other-name", "屠静怕什么？", "屠静来了，贺宁说怕冷。\n屠静坐着，贺宁追问怕不怕，他答怕蛇。", "冷", "蛇"),
    ("other-name", "屠静的搭档叫什么？", "屠静来了，贺宁的搭档是何远。\n屠静来了，她同高明搭档。", "何远", "高明"),
    ("other-name", "武汉有多少座桥？", "武汉在修桥，成都有12座桥。\n武汉有30座桥。", "12座", "30座"),
    ("number", "2号线哪一天开通？", "3号线于5月1日开通。\n2号线于6月1日开通。", "5月1日", "6月1日"),
    ("number", "第五届大会来了多少人？", "第四届大会来了3万人。\n第五届大会来了5万人。", "3万人", "5万人"),
    ("unit", "茶园面积是多少亩？", "茶园面积216万亩，产茶8万吨。", "8万吨", "216万亩"),
    ("otherwise", "多久磨一回刀？", "磨一回刀要两小时，每周磨一回。", "两小时", "每周磨一回"),
    ("otherwise", "住一晚要几克朗？", "客房每位500克糖，每晚300克朗。", "500克", "300克朗"),
    ("otherwise", "船队为什么不撑筏了？", "船队撑筏下滩，船队撑筏时水一急就不听使唤。", "撑筏下滩", "水一急就不听使唤"),
    ("unit", "产量同比增长百分之几？", "产量8万吨，同比增长5%。", "8万吨", "5%"),
    ("office", "图书馆馆长是谁？", "图书馆副馆长何远陪同馆长高明参观。", "何远", "高明"),
    ("office", "白鹭镇队的主教练是谁？", "石板乡队主教练何远不服，白鹭镇队主教练高明笑了。", "何远", "高明"),
    ("office", "茶社的社长是谁？", "何远管账，高明当社长。", "何远", "高明"),
    ("office", "校长叫什么？", "副校长何远到了。校长不是裁缝，而是铁匠高明。", "何远", "高明"),
    ("office", "图书馆馆长叫啥？", "图书馆副馆长何远陪同馆长高明参观。", "何远", "高明"),
    ("office", "协会的会长那时是谁？", "协会秘书何远送书，协会会长高明没来。", "何远", "高明"),
    ("office", "评审团主席是谁？", "评审团副主席何远和评审团主席、苏州画家高明到场。", "何远", "苏州画家高明"),
    ("office", "评审团主席是谁？", "评审团主席、诗人高明和主席、馆长何远到场。", "何远", "高明"),
    ("speaker", "书签是谁设计的？", "馆长何远说，利润奖给设计书签的人。书签由高明设计。", "何远", "高明"),
    ("speaker", "谁修好了水车？", "镇长何远认为，水车修好了就该转。水车是木匠高明修好的，他说不难。", "何远", "高明"),
    ("speaker", "谁修好了水车？", "镇长何远认为，水车早该转。修好水车的高明说，难在找木头。", "何远", "高明"),
    ("speaker", "谁修好了水车？", "镇长何远认为，水车早该转。木匠高明说，自己修了三天。", "何远", "高明"),
    ("label", "302路终点在哪里？", "夜7路终点在文庙街。\n302路终点在江边。", "文庙街", "江边"),
    ("label", "东门几点放人？", "西门9点放人，东门和北门8点放人。", "9点", "8点"),
    ("label", "2号楼哪天动工？", "先是1至6号楼，9月7日动工，7号楼10月8日动工。", "10月8日", "9月7日"),
    ("label", "第一届来了多少人？", "首届来了300人，第二届来了500人。", "500人", "300人"),
    ("label", "四期哪天升级？", "三期5月1日升级，6月2日给四期升级。", "5月1日", "6月2日"),
    ("office", "校长是谁？", "队长是个矮个子，叫何远，校长是个大嗓门，叫高明。", "何远", "高明"),
    ("office", "教练是谁？", "副教练是退役的何远，教练是刚退役的泳手高明。", "何远", "高明"),
    ("office", "镇里的书记是谁？", "县委书记何远到了，镇党委书记高明没来。", "何远", "高明"),
    ("office", "白鹭队的队长是谁？", "石板队的队长是裁缝何远，白鹭队的队长是铁匠高明。", "何远", "高明"),
    ("relative", "种兰花的师傅叫什么？", "看门的何远爱看兰花。\n高明种兰二十年。", "何远", "高明"),
    ("label", "南校区有几位老师？", "北校区有老师30位，南校区有老师20位。", "30位", "20位"),
    ("label", "一审判他赔多少钱？", "一审判他赔9000元，终审判他赔8000元。", "8000元", "9000元"),
    ("relative", "何远的父亲多大？", "何远今年52岁，何远的父亲80岁。", "52岁", "80岁"),
    (
        "later",
        "何远哪年成为传承人？",
        "2019年技艺列入名录，两年后何远成为传承人。传承人何远2021年收了徒。",
        "2019年",
        "2021年",
    ),
    ("other-end", "新桥什么时候完工？", "新桥2024年3月动工，2025年6月完工。", "2024年3月", "2025年6月"),
    ("other-end", "展览哪天开幕？", "展览9月5日开幕，9月8日闭幕。", "9月8日", "9月5日"),
    ("other-end", "画班几点下课？", "画班晚7点上课。\n画班晚9点下课。", "晚7点", "晚9点"),
    ("other-end", "末班车几点？", "首班车5:20。\n末班车22:10。", "5:20", "22:10"),
    (
        "other-event",
        "停产那年有多少职工？",
        "1985年有职工1260人。\n1998年工厂停产，那年有职工310人。",
        "1260人",
        "310人",
    ),
    (
        "otherwise",
        "江东分店的电话是多少？",
        "总店咨询电话：555-1200。\n江东分店电话：555-1233。",
        "555-1200",
        "555-1233",
    ),
    ("otherwise", "车站的电话是多少？", "码头电话：555-1200。\n咨询电话：555-1233。", "555-1200", "555-1233"),
    ("dates", "预警什么时候解除？", "14日发布预警，15日升级为橙色，16日解除。", "14日发布预警，15日升级", "16日"),
    ("days", "船展是哪几天举行的？", "船展9月5日至8日举行。9月6日来的人最多。", "9月6日", "9月5日至8日"),
    ("names", "三家茶馆都叫什么名字？", "镇上有茶馆听雨。老茶馆有听雨、望江和晚晴。", "听雨", "听雨、望江和晚晴"),
    ("figure-excess", "保证水位是多少米？", "洪峰超保证水位2.3米。保证水位31米。", "2.3米", "31米"),
    ("figure-opposite", "修桥的款发了多少？", "村里收到捐款30万元，已发18万元。", "30万元", "18万元"),
    ("figure-opposite", "大水里抢出多少箱茶？", "大水毁了茶叶90箱，乡亲抢出12箱。", "90箱", "12箱"),
    ("figure-opposite", "关了几家店？", "今年新开25家、关闭7家。", "25家", "7家"),
    ("figure-opposite", "村里存栏多少头牛？", "村里出栏牛90头。村里存栏牛120头。", "90头", "120头"),
    ("figure-opposite", "闭幕式门票多少钱？", "开幕式门票80元。闭幕式门票60元。", "80元", "60元"),
    ("figure-opposite", "本地游客来了多少人？", "外地游客来了900人。本地游客来了300人。", "900人", "300人"),
    ("figure-opposite", "外地游客来了多少人？", "半年来了游客1200人。当中外地游客有900人。", "1200人", "900人"),
    ("figure-opposite", "学画最多到多少岁？", "学画须满8岁。学画最多到60岁。", "8岁", "60岁"),
    ("figure-superseded", "一次最多借几册？", "每次最多借8册，上年为5册。", "5册", "8册"),
    ("figure-superseded", "展览原定展几天？", "展览原定展12天，后来延到20天。", "20天", "12天"),
    ("figure-change", "走水路一船省多少钱？", "走水路一船收900元，比走旱路省200元。", "900元", "200元"),
    ("figure-change", "停船以后能省下多少钱？", "船票4元，远的加收2元。停船省3元。", "2元", "3元"),
    ("figure-change", "菜田少收了多少吨？", "菜田收菜80吨，比上年少收15吨。", "80吨", "15吨"),
    ("figure-change", "学徒工资是多少？", "学徒工资300元，比上年增加50元。", "50元", "300元"),
    ("figure-superseded", "渡船原来一天几班？", "渡船由6班加到15班。", "15班", "6班"),
    ("figure-superseded", "菊展去了多少人？", "四个花展里菊展最热闹，去年来了2万人，上年为1万人。", "1万人", "2万人"),
    ("time", "小班2015年有多少人？", "小班今年有30人，去年是42人，十年前是90人。", "42人", "90人"),
    ("time", "现在有几座水车？", "1986年只有2座水车，如今有水车7座。", "2座", "7座"),
    ("time", "1986年有几座水车？", "1986年只有2座水车，如今有水车7座。", "7座", "2座"),
    ("time", "2024年有几座水车？", "2024年只有2座水车，如今有水车7座。", "7座", "2座"),
    (
        "time",
        "书场比2024年多演了几场？",
        "2022年书场比2021年多演9场。\n前三季度书场演48场，比去年同期多演6场。",
        "9场",
        "6场",
    ),
    ("time", "跟2021年比多了几场？", "2023年比2022年多9场。2024年比2021年多6场。", "9场", "6场"),
    ("time", "2026年赛龙舟在几月几日？", "今年的赛龙舟在5月3日。\n明年的赛龙舟定在6月8日。", "5月3日", "6月8日"),
    ("time", "2025年赛龙舟在几月几日？", "今年的赛龙舟在5月3日。\n明年的赛龙舟定在6月8日。", "6月8日", "5月3日"),
    ("figure-superseded", "展览展几天？", "展览原定展12天，后来延到20天。", "12天", "20天"),
    ("changed", "茶馆以前哪天关门？", "茶馆把歇业的日子推到6月8日。茶馆以前5月1日关门。", "6月8日", "5月1日"),
    ("changed", "新桥哪天通车？", "新桥原定5月1日通车，因雨推迟到6月8日。", "5月1日", "6月8日"),
    ("changed", "新桥原来说哪天通车？", "新桥原定5月1日通车，因雨推迟到6月8日。", "6月8日", "5月1日"),
    ("changed", "新桥原来说哪天通车？", "新桥推迟到6月8日通车。\n新桥原定5月1日通车。", "6月8日", "5月1日"),
    ("otherwise", "石塔有多高？", "石塔前的桥长386米。石塔高21米。", "386米", "21米"),
    ("otherwise", "石塔有多高？", "石塔离城12公里。石塔高21米。", "12公里", "21米"),
    ("otherwise", "办会员要多少钱？", "办会员买票打九折。办会员要80元。", "九折", "80元"),
    ("otherwise", "山路有多少公里？", "山路走3小时。山路有12公里。", "3小时", "12公里"),
    ("otherwise", "楼里住了多少人？", "楼里住高三学生。楼里住80人。", "高三学生", "80人"),
    (
        "otherwise",
        "撤走的是哪三个村？",
        "镇上下令沿岸三个村撤走。撤走的是上坡、下坡和李湾。",
        "三个村",
        "上坡、下坡和李湾",
    ),
    ("otherwise", "高明在哪里留过学？", "高明是留过洋的。他在巴黎学画。", "洋", "巴黎"),
    (
        "name",
        "高明怎么受的伤？",
        "两人是村民，因屋子倒塌受伤；另一人是职工高明，修桥时摔伤。",
        "因屋子倒塌",
        "修桥时摔伤",
    ),
    ("otherwise", "坐船过江要多久？", "渡船20分钟一班，过江要15分钟。", "20分钟", "15分钟"),
    ("figure-counted", "多少间房屋受损？", "房屋倒塌83间、受损610间。", "83间", "610间"),
    ("relative", "何远的母亲是谁？", "何远和妻子高秀兰办起茶馆。\n何远的母亲是周青。", "高秀兰", "周青"),
    ("label", "第一届灯会什么时候办的？", "第九届灯会5月举行。第一届灯会2009年举行。", "5月", "2009年"),
    ("figure-start", "线路有多少公里？", "线路由14公里增加到19公里。", "14公里", "19公里"),
    ("figure-average", "平均每场进几个球？", "一共进了241个球。平均每场进3个球。", "241个", "3个"),
    ("figure-measure", "去年绿茶销量是多少？", "去年绿茶产量8万吨，销量5万吨。", "8万吨", "5万吨"),
    ("figure-part", "汽车产量是多少？", "汽车产量254万辆，其中新能源汽车产量95万辆。", "95万辆", "254万辆"),
    (
        "figure-scope",
        "石桥镇倒塌房屋多少间？",
        "洪水造成全县倒塌房屋134间，其中石桥镇40间。",
        "134间",
        "40间",
    ),
    (
        "figure-whole",
        "茶社夏季销售额是多少？",
        "茶社今年总销售额1485万元，夏季销售额716万元。",
        "1485万元",
        "716万元",
    ),
    ("person", "高明是做什么工作的？", "高明在邮局分拣信件。", "高明", "分拣信件"),
    ("person", "高明在哪里种茶？", "高明在石桥镇种茶。", "高明", "石桥镇"),
    ("figure-plan", "建成了多少座公园？", "全市建成公园30座，计划再建公园50座。", "50座", "30座"),
    ("figure-change", "收购秋粮多少万吨？", "收购秋粮412万吨，同比增加37万吨。", "37万吨", "412万吨"),
    ("figure-worded", "机收了多少亩？", "机收3000万亩，其中代耕代种2210万亩。", "2210万亩", "3000万亩"),
    ("figure-alone", "有多少家茶企参展？", "主宾省云南携30家茶企参展。参展茶企共400家。", "30家", "400家"),
    (
        "figure-alone",
        "展馆接待了多少人？",
        "观众最多的是《茶路》，接待9万人次。展馆接待30万人次。",
        "9万人次",
        "30万人次",
    ),
    ("otherwise", "住校学生占百分之几？", "住校学生320人，占学生的40%。", "320人", "40%"),
    ("otherwise", "澡堂开几个小时？", "澡堂11时开门，开了8个小时。", "11时", "8个小时"),
    ("otherwise", "不住校的学生有多少？", "住校学生320人，不住校的480人。", "320人", "480人"),
    ("otherwise", "为什么停了三天？", "水管爆了，因此停了三天。", "因此停了三天", "水管爆了"),
    ("otherwise", "高明以前是做什么的？", "馆长高明当过二十年轮机长。", "馆长", "轮机长"),
    ("other-end", "休渔期从哪天开始？", "8月16日12时，休渔期结束。5月1日，休渔期开始。", "8月16日", "5月1日"),
    (
        "figure-growth",
        "门票收入增长了多少？",
        "景区接待游客9万人次，增长45%，门票收入430万元，增长8%。",
        "45%",
        "8%",
    ),
    ("otherwise", "食堂卖了多少份煎饼？", "煎饼一份28元，卖了300份煎饼。", "28元", "300份"),
    ("office", "副理事长是谁？", "理事长何远请来副理事长高明。", "何远", "高明"),
    ("time", "2025年雌龟占百分之几？", "如果沙子有29度，雌龟占50%。\n2025年雌龟占60%。", "50%", "60%"),
    (
        "figure-counted",
        "粮食产量是多少？",
        "夏粮再获丰收，产量达到348亿斤。\n粮食产量820亿斤。",
        "348亿斤",
        "820亿斤",
    ),
    ("figure-counted", "来了多少名司机？", "来了48名学员，来了6名司机。", "48名", "6名"),
    *BESIDE,
]


@pytest.mark.parametrize(("guard", "question", "text", "wrong", "right"), CASES)
def test_a_guard_tells_the_wrong_from_the_right(guard: str, question: str, text: str, wrong: str, right: str) -> None:
    focus = find_focus(question)
    assert GUARDS[guard].speaks_against(focus, candidate_of(text, wrong))
    assert not GUARDS[guard].speaks_against(focus, candidate_of(text, right))


@pytest.mark.parametrize(("guard", "question", "text", "wrong", "right"), CASES)
def test_no_guard_speaks_against_the_right(guard: str, question: str, text: str, wrong: str, right: str) -> None:
    focus = find_focus(question)
    assert obstacle_to(focus, candidate_of(text, right), GUARDS) == ""
    assert obstacle_to(focus, candidate_of(text, wrong), [guard]) == GUARDS[guard].obstacle


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("推荐一部周末看的电影", "丰收账本里的天时与人力", True),
        ("文章的标题是什么？", "丰收账本里的天时与人力", False),
        ("丰收账本里有什么？", "天时与人力", False),
    ],
)
def test_a_whole_headline_answers_only_who_asks_for_it(question: str, words: str, expected: bool) -> None:
    candidate = candidate_of("丰收账本里的天时与人力", words)
    title = dataclasses.replace(candidate.sentence, kind=BlockKind.TITLE)
    candidate = dataclasses.replace(candidate, sentences=(title,))
    assert (obstacle_to(find_focus(question), candidate, DECISIVE & {"headline"}) != "") is expected


def test_every_guard_has_a_case() -> None:
    assert {case[0] for case in CASES} | {"headline"} == set(GUARDS)


@pytest.mark.parametrize("guard", sorted(GUARDS))
def test_a_plain_answer_to_a_plain_question_passes(guard: str) -> None:
    for question, text, words in (
        ("茶叶产量是多少？", "茶叶产量8万吨。", "8万吨"),
        ("谁是馆长？", "馆长高明远走进大厅。", "高明远"),
        ("茶博会在哪里举办？", "茶博会在羊山新区会展中心举办。", "羊山新区会展中心"),
    ):
        assert not GUARDS[guard].speaks_against(find_focus(question), candidate_of(text, words))


@pytest.mark.parametrize(
    ("question", "words"),
    [("谁在武汉修桥？", "成都人张建华"), ("在哪里修桥？", "成都")],
)
def test_a_question_for_a_name_is_not_refused_for_another_name(question: str, words: str) -> None:
    candidate = candidate_of("武汉来的专家说，成都人张建华在成都修桥。", words)
    assert not GUARDS["other-name"].speaks_against(find_focus(question), candidate)


def test_the_guards_of_figures_keep_to_questions_for_a_quantity() -> None:
    candidate = candidate_of("全市计划新建公园，共50座。", "计划新建公园，共50座")
    focus = find_focus("全市有什么打算？")
    assert candidate.figure is not None
    for name in ("unit", *(name for name in GUARDS if name.startswith("figure-"))):
        assert not GUARDS[name].speaks_against(focus, candidate)


def test_what_a_figure_counts_may_stand_right_behind_it() -> None:
    focus = find_focus("带木雕来参赛的学员有多少名？")
    text = "来自6个乡镇的48名学员带来木雕31件。"
    assert not GUARDS["figure-counted"].speaks_against(focus, candidate_of(text, "48名"))
    assert GUARDS["figure-counted"].speaks_against(focus, candidate_of(text, "6个"))


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("云南带了多少家茶企来参展？", "主宾省云南携30家茶企参展。", "30家"),
        ("主宾省带了多少家茶企？", "主宾省携30家茶企参展。", "30家"),
        ("《茶路》接待了多少人？", "观众最多的是《茶路》，接待9万人次。", "9万人次"),
        ("观众最多的展览接待了多少人？", "观众最多的是《茶路》，接待9万人次。", "9万人次"),
        ("特展接待了多少人？", "馆里的特展《茶路》，接待9万人次。", "9万人次"),
    ],
)
def test_one_that_the_question_means_may_answer_alone(question: str, text: str, words: str) -> None:
    assert not GUARDS["figure-alone"].speaks_against(find_focus(question), candidate_of(text, words))


def test_the_first_guard_that_speaks_against_names_the_obstacle() -> None:
    focus = find_focus("2024年茶园面积是多少亩？")
    candidate = candidate_of("2023年，产茶8万吨。", "8万吨")
    assert obstacle_to(focus, candidate, GUARDS) == "time"
    assert obstacle_to(focus, candidate, GUARDS.keys() - {"time"}) == "kind"
    assert obstacle_to(focus, candidate, ("unit", "time")) == "time"
    assert obstacle_to(focus, candidate, ()) == ""
