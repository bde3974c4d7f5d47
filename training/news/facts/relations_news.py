"""Questions about matches, incidents, routes, firsts, projects, names and opening hours."""

from __future__ import annotations

from training.news.facts.relation import WHEN, WHERE, WHICH_BODY, WHO, WHY, YEAR, Relation

NEWS: dict[str, Relation] = {
    "match.winner": Relation(
        "winner",
        {"match": "match"},
        (
            "{match}[谁赢了|谁夺冠了|的冠军是谁|的冠军是哪支队|哪个队拿了第一|谁笑到了最后|的第一名是谁|被谁拿下了|花落谁家|哪支队伍夺魁]",
            "[谁|哪支队伍|哪个队][赢得|拿下|捧走|夺得]了{match}[冠军|的冠军|的奖杯]",
            "{match} [冠军|第一名]",
        ),
    ),
    "match.second": Relation(
        "winner",
        {"match": "match"},
        (
            "{match}[的亚军是谁|的亚军是哪支队|谁得了第二|谁屈居亚军|的第二名是哪个队|里输掉决赛的是谁|谁在决赛中落败]",
            "[谁|哪支队伍|哪个队][获得|拿了|得了]{match}[的亚军|亚军|第二名]",
            "{match} [亚军|第二名]",
        ),
        anywhere=False,
    ),
    "match.best": Relation(
        "person",
        {"match": "match"},
        (
            "{match}的[最佳选手|最佳队员][是谁|给了谁|是哪位|叫什么|由谁获得|花落谁家]",
            f"{WHO}[当选|被评为|拿了]" + "{match}[最佳选手|的最佳选手]",
            "{match} 最佳选手",
        ),
    ),
    "match.where": Relation(
        "where",
        {"match": "match"},
        (
            "{match}" + WHERE + "[打的|举行|办|比的|进行]",
            "{match}[的赛场在哪|的场地是哪里|在哪座场馆打的|是在哪儿比的]",
            "{match} [场地|地点]",
        ),
    ),
    "incident.when": Relation(
        "when",
        {"incident": "incident"},
        (
            "{incident}[是|]" + WHEN + "[发生|出]的",
            "[什么时候|何时|哪天|几号][发生了|出了]{incident}",
            "{incident} [时间|发生时间]",
        ),
        anywhere=False,
    ),
    "incident.where": Relation(
        "where",
        {"incident": "incident"},
        (
            "{incident}" + WHERE + "[发生|出]的",
            "[哪里|什么地方|哪儿|何地][发生了|出了|遭遇了]{incident}",
            "{incident} [地点|位置]",
        ),
        anywhere=False,
    ),
    "incident.cause": Relation(
        "reason",
        {"incident": "incident"},
        (
            WHY + "发生{incident}",
            "{incident}[的原因是什么|是怎么引起的|是什么造成的|因何而起|的起因是什么|是咋回事|的祸根是什么|是什么导致的]",
            "{incident} [原因|起因]",
        ),
    ),
    "incident.rescuer": Relation(
        "organisation",
        {"incident": "incident"},
        (
            "{incident}[由谁处置|是谁去救援的|是哪个单位处置的|派了谁去|发生后谁赶到了现场|发生后谁先到的|是谁去救的急]",
            f"{WHICH_BODY}[赶去处置|参与救援|处理]" + "了{incident}",
            "{incident} 救援[单位|力量]",
        ),
    ),
    "route.from": Relation(
        "where",
        {"route": "route"},
        (
            "{route}[从哪里出发|从哪儿开出|的起点是哪|的起点在哪里|的始发站是哪里|由哪里发车|从什么地方启程|打哪儿开出来|从哪出发|始发地是哪儿]",
            "[哪里|哪个地方]是{route}的[起点|始发站]",
            "{route} [起点|始发站|出发地]",
        ),
    ),
    "route.to": Relation(
        "where",
        {"route": "route"},
        (
            "{route}[开往哪里|终点在哪|的终点站是哪里|最后到哪儿|要去什么地方|的目的地是哪里|最终抵达哪里|开到哪儿为止|往哪儿开|到哪里]",
            "[哪里|哪个地方]是{route}的[终点|终点站]",
            "{route} [终点|终点站|目的地]",
        ),
    ),
    "route.via": Relation(
        "list",
        {"route": "route"},
        (
            "{route}[经过哪些地方|途经哪里|沿途停哪几站|中途经停哪里|路上都走哪些地方|要路过哪儿|在哪些地方停靠|串起了哪些地方|一路经过哪几处|沿线有哪些地方]",
            "[哪些地方|哪几处][在{route}沿线|被{route}串起]",
            "{route} [途经|沿途站点|经停]",
        ),
    ),
    "first.where": Relation(
        "where",
        {"first": "first"},
        (
            "{first}" + WHERE,
            "{first}[建在哪里|落在哪儿|在哪个地方建成|落户何处|的位置在哪|设在什么地方|建在啥地方]",
            "[哪里|什么地方][有|建起了]{first}",
            "{first} [地点|位置]",
        ),
    ),
    "first.org": Relation(
        "organisation",
        {"first": "first"},
        (
            "{first}[是谁建的|由谁建成|是哪家单位办的|的建设单位是谁|是谁办起来的|背后是哪家单位|由哪个机构创办|是谁搞起来的]",
            f"{WHICH_BODY}[建成|办起|建起|开办]" + "了{first}",
            "{first} [建设单位|创办方]",
        ),
    ),
    "project.investor": Relation(
        "organisation",
        {"project": "project"},
        (
            "{project}[是谁投资的|由谁出资|的投资方是谁|是哪家企业建的|由哪家单位投建|谁掏的钱|的业主是谁|背后的投资者是谁|是谁家的项目]",
            "[谁|哪家单位|哪家企业][投资|出资建设|投建]了{project}",
            "{project} [投资方|出资方]",
        ),
    ),
    "project.where": Relation(
        "where",
        {"project": "project"},
        (
            "{project}[落在哪里|建在哪儿|落户何处|在什么地方开工|在哪儿建|的选址在哪|建在什么地方|落到了哪里|放在哪儿|最后落地哪里]",
            "[哪里|什么地方][引进|迎来|落户]了{project}",
            "{project} [选址|地点|落户地]",
        ),
    ),
    "investor.project": Relation(
        "project",
        {"org": "organisation"},
        (
            "{org}[投资了什么项目|投了什么|出资建了什么|带来了什么项目|投的是哪个项目|要建什么|投建的是什么|签下了什么项目|把钱投给了什么]",
            "[什么|哪个]项目[由|是]{org}[投资|出资建设]的",
            "{org} [投资项目|项目]",
        ),
        anywhere=False,
    ),
    "all.projects": Relation(
        "list",
        {"region": "region"},
        (
            "[有哪些|哪些|哪几个|什么]项目[在{region}落地|落户{region}|落在了{region}|在{region}开了工]",
            "{region}[引进了哪些项目|落地了哪些项目|有哪些项目落地|迎来了哪几个项目|都来了什么项目|新上了哪些项目]",
            "[落户|落地]{region}的项目[有哪些|都有啥|包括什么]",
            "{region} 落地项目",
        ),
        anywhere=False,
    ),
    "thing.called": Relation(
        "name",
        {"thing": "thing"},
        (
            "{thing}[叫什么名字|取了个什么名字|的昵称是什么|被叫作什么|有个什么小名|的名字叫啥|起名叫什么|的爱称是什么|大名叫什么]",
            "[大家|人们][管{thing}叫什么|怎么称呼{thing}|给{thing}起了什么名]",
            "{thing} [昵称|名字|小名]",
        ),
    ),
    "called.thing": Relation(
        "product",
        {"name": "pet_name"},
        (
            "“{name}”[是什么|指的是什么|是个什么东西|是干什么的设备还是什么|说的是啥|是什么东西的名字|到底是啥|是何物|是谁的名字]",
            "{name}[是什么|是啥|指的是什么]",
            "[什么|啥][叫|名叫|取名]“{name}”",
        ),
        anywhere=False,
    ),
    "venue.hours": Relation(
        "when",
        {"venue": "venue"},
        (
            "{venue}[几点开门|每天几点开放|的开放时间是几点到几点|什么时段营业|什么时候能进去参观|几点到几点能去|的营业时间怎么安排|都啥时候开着|的参观时间是几点]",
            "[几点|什么时间段]能[去|进]{venue}",
            "{venue} [开放时段|营业时间|参观时间]",
        ),
    ),
    "venue.closed": Relation(
        "when",
        {"venue": "venue"},
        (
            "{venue}[什么时候关门|哪天不开|什么时候不开放|什么情况下不开|啥时候歇业|哪些时候不接待|什么时候进不去|何时停止开放|哪天去会吃闭门羹]",
            "[什么时候|哪天]{venue}[不开门|不接待]",
            "[什么时候|哪天]去{venue}会[扑空|白跑]",
            "{venue} [闭馆|休息日]",
        ),
        anywhere=False,
    ),
    "stem.frequency": Relation(
        "frequency",
        {"stem": "stem"},
        (
            "{stem}[多久办一次|几年一届|多长时间举办一回|隔多久举行一次|几年办一次|举办的周期是多长|的频率是怎样的|多长时间开一届|多久一回|几年轮一次]",
            "[多久|几年][办|开|举行]一[次|届]{stem}",
            "{stem} [举办频率|周期]",
        ),
        anywhere=False,
    ),
    "stem.first": Relation(
        "when",
        {"stem": "stem"},
        (
            "[首届|第一届|最早的|头一届]{stem}[是哪一年办的|办于哪年|是什么时候举行的|何时举办]",
            "{stem}[从哪年开始办|始于何时|最早哪年办的]",
            "{stem} [创办年份|首届时间]",
        ),
        anywhere=False,
    ),
    "event.guests": Relation(
        "list",
        {"event": "event"},
        (
            "[谁|哪些单位|哪几家|哪些机构][参加|出席|亮相]了{event}",
            "{event}[有哪些单位参加|来了哪些单位|的参与单位有哪些|都有谁来|的参展方是谁|请来了哪些机构|有哪几家参加|邀请了谁]",
            "[到场|参加]{event}的[有哪些|都是谁]",
            "{event} [参加单位|参展方]",
        ),
    ),
    "person.home": Relation(
        "where",
        {"who": "person"},
        (
            "{who}[是哪里人|老家在哪|出生在哪里|的家乡是哪|生在什么地方|是啥地方的人|的籍贯是哪里|从小在哪儿长大|来自哪里|是从哪儿来的]",
            "[哪里|什么地方]是{who}的[家乡|老家|出生地]",
            "{who} [籍贯|老家|出生地]",
        ),
    ),
    "person.school": Relation(
        "organisation",
        {"who": "person"},
        (
            "{who}[毕业于哪所学校|在哪儿念的书|上的是什么学校|是哪所学校毕业的|的母校是哪|读的什么大学|在哪里上的学|的毕业院校是什么|从哪所学校出来的]",
            "[哪所学校|什么学校]是{who}的母校",
            "{who} [母校|毕业院校|学历|毕业学校]",
        ),
    ),
    "person.joined": Relation(
        "when",
        {"who": "person"},
        (
            "{who}[是|]" + YEAR + "[入行|参加工作|开始工作|干上这行]的",
            "{who}[从哪年干起|入行是在哪一年|哪年开始干这个的|什么时候开始工作]",
            "{who} [入行时间|参加工作时间]",
        ),
    ),
}
