"""Questions about people, events and organisations."""

from __future__ import annotations

from training.news.facts.relation import WHEN, WHERE, WHICH_BODY, WHO, YEAR, Relation

PEOPLE: dict[str, Relation] = {
    "person.post": Relation(
        "post",
        {"who": "person"},
        (
            "{who}[是什么职务|担任什么职务|任什么职|的职务是什么|是干什么的|是什么人|是谁|是什么身份|是干啥的|是做什么的|现任什么职务]",
            "{who}[在哪个单位任什么职|的头衔是什么|的身份是什么|的职位是什么|是哪儿的什么人|是何许人也]",
            "谁是{who}",
            "{who} [职务|身份|头衔]",
        ),
    ),
    "person.position": Relation(
        "post",
        {"who": "person"},
        (
            "{who}[是什么职务|担任什么职务|任什么职|的职务是什么|的职位是什么|现任什么职务|在哪个单位任什么职|当的是什么官|挂着什么职务|的职务叫什么|现在任何职]",
            "[在单位里|]{who}任[什么职务|何职]",
            "{who} [职务|职位]",
        ),
    ),
    "post.person": Relation(
        "person",
        {"post": "post"},
        (
            "{post}[是谁|叫什么|叫什么名字|是哪位|叫啥名字|由谁担任|由谁出任|的名字是什么|是哪一位|姓甚名谁]",
            "谁[是|担任|在当|现任]{post}",
            "哪[位|个人|一位]是{post}",
            "{post} [姓名|名字]",
        ),
    ),
    "person.said": Relation(
        "quotation",
        {"who": "person"},
        (
            "{who}[说了什么|怎么说|怎么说的|讲了什么|讲了啥|说了些啥|怎么评价|有什么看法|有什么感受|是怎么看的|的原话是什么|的观点是什么|发表了什么看法|谈到了什么]",
            "[按照|照]{who}的说法，[情况怎样|情况如何]",
            "{who} [观点|原话|看法]",
        ),
        anywhere=False,
    ),
    "gist.person": Relation(
        "speaker",
        {"gist": "quote"},
        (
            f"{WHO}[说|表示|提到|认为|讲过|指出|觉得|谈到|说过]" + "{gist}",
            "“{gist}”[是谁说的|这话是谁讲的|是谁的看法|出自谁之口|是谁的观点]",
            "[是谁|哪位]说的{gist}",
        ),
    ),
    "deed.person": Relation(
        "doer",
        {"deed": "deed"},
        (
            f"{WHO}" + "{deed}",
            "是谁{deed}[的|]",
            "{deed}的[是谁|人是谁|那个人叫什么|人叫什么名字|是哪位]",
            "[文中|报道里|]{deed}的[主人公|人物]是谁",
        ),
    ),
    "person.deed": Relation(
        "deed",
        {"who": "person"},
        (
            "{who}[做了什么|干了什么|干了啥|有什么事迹|做过什么事|有什么作为|做出了什么贡献|有过什么举动|干成了啥|都做了些什么]",
            "[介绍一下|讲讲]{who}[做了什么|的事迹]",
            "{who} [事迹|做法]",
        ),
        anywhere=False,
    ),
    "event.when": Relation(
        "when",
        {"event": "event"},
        (
            "{event}[是|]" + WHEN + "[举办|举行|召开|开|办|开幕|启动|开始][的|]",
            WHEN + "[举办|举行|召开|办|开]{event}",
            "{event}[的举办时间是哪天|的日期是什么|定在哪天|开在几号|是几号的事|时间定在何时]",
            "{event} [时间|日期|举办时间]",
        ),
    ),
    "event.where": Relation(
        "where",
        {"event": "event"},
        (
            "{event}" + WHERE + "[举办|举行|召开|开|办|开幕]",
            "{event}[的举办地是哪里|的会场在哪|的地点在哪儿|开在哪儿|是在哪儿办的|设在什么地方|选在了哪里|办在了哪儿]",
            "[哪里|什么地方|哪个场馆][举办|举行|承办]了{event}",
            "去哪儿能[看到|参加]{event}",
            "{event} [地点|会场|举办地]",
        ),
        # Names of places stand in the names themselves, which half answers.
        anywhere=False,
    ),
    "event.host": Relation(
        "organisation",
        {"event": "event"},
        (
            "{event}[由谁主办|是谁主办的|的主办方是谁|的主办单位是哪家|是哪个单位发起的|是谁牵头办的|是谁张罗的|主办者是谁]",
            f"{WHICH_BODY}[主办|牵头举办]" + "[了|的]{event}",
            "{event} [主办方|主办单位]",
        ),
    ),
    "event.organiser": Relation(
        "organisation",
        {"event": "event"},
        (
            "{event}[由谁承办|是谁承办的|的承办方是谁|的承办单位是哪家|由哪个单位具体承办|交给谁承办]",
            f"{WHICH_BODY}[承办|具体承办]" + "[了|的]{event}",
            "{event} [承办方|承办单位]",
        ),
    ),
    "event.theme": Relation(
        "theme",
        {"event": "event"},
        (
            "{event}的[主题|口号|主题词][是什么|叫什么|是啥]",
            "{event}[以什么为主题|打出了什么口号|围绕什么主题|用了什么主题|的主题是怎么说的]",
            "什么是{event}的[主题|口号]",
            "{event} [主题|口号]",
        ),
    ),
    "event.opener": Relation(
        "person",
        {"event": "event"},
        (
            "{event}[由谁宣布开幕|是谁宣布开幕的|的开幕是谁宣布的|开幕式上谁致辞|谁在开幕时讲了话]",
            f"{WHO}[宣布|在台上宣布]" + "{event}[开幕|开始|启动]",
            "{event} 宣布开幕[者|人]",
        ),
        anywhere=False,
    ),
    "stem.edition": Relation(
        "edition",
        {"stem": "stem"},
        (
            "[这次|这一次|今年|此次|今年的]{stem}[是第几届|是第几届了|算第几届|办到第几届了|已经第几届了]",
            "{stem}[办到|开到][第几届|第几届了]",
            "{stem} 届数",
        ),
        anywhere=False,
    ),
    "stem.next": Relation(
        "where",
        {"stem": "stem"},
        (
            "[下一届|下届]{stem}[在哪里|在哪儿|在哪个城市|在什么地方|到哪里|去哪儿][办|举办|开|举行]",
            "[哪座城市|哪里|哪个城市][将举办|承办|接棒举办]下[一|]届{stem}",
            "{stem}下[一|]届[的举办地是哪|花落谁家|落户哪里]",
        ),
        anywhere=False,
    ),
    "stem.previous": Relation(
        "when",
        {"stem": "stem"},
        (
            "[上一届|上届]{stem}[是什么时候|是哪一年|是哪年|是何时][办|举办|举行|开]的",
            "[上一届|上届]{stem}[举办于|办在]哪[一|]年",
            "{stem} [上届|上一届] 时间",
        ),
        anywhere=False,
    ),
    "date.event": Relation(
        "event",
        {"date": "date"},
        (
            "{date}[举办|举行|召开|开幕|办|开][了|的][什么活动|什么|哪个活动|啥活动|是什么活动]",
            "{date}[有什么活动|有什么事|发生了什么|那天办了什么]",
            "[什么活动|哪项活动][在|于]{date}[开始|举行|开幕|登场]",
        ),
    ),
    "org.founded": Relation(
        "when",
        {"org": "organisation"},
        (
            "{org}[是|]" + YEAR + "[创办|成立|创建|建立|设立|组建|办起来|创立]的",
            "{org}[的成立时间是什么时候|诞生于哪一年|始建于何时|的历史从哪年算起|有多老，哪年建的]",
            "{org} [成立时间|创办年份]",
        ),
    ),
    "org.where": Relation(
        "where",
        {"org": "organisation"},
        (
            "{org}[在哪里|在哪儿|在什么地方|在哪|位于哪里|位于何处|的地址是什么|的所在地是哪里|坐落在哪|开在哪儿|设在何处|总部在哪|在啥地方办公]",
            "[哪里|去哪儿|到哪]能找到{org}",
            "{org} [地址|位置|所在地]",
        ),
        # Names of places stand in the names themselves, which half answers.
        anywhere=False,
    ),
    "org.founder": Relation(
        "person",
        {"org": "organisation"},
        (
            "{org}[是谁创办的|是谁建立的|由谁创立|的创始人是谁|的创办者是哪位|是谁一手办起来的|最早是谁建的|是哪位发起成立的]",
            f"{WHO}[创办|建立|成立|一手创立]" + "[了|的]{org}",
            "{org} [创始人|创办人]",
        ),
    ),
    "org.former": Relation(
        "name",
        {"org": "organisation"},
        (
            "{org}[以前叫什么|原来叫什么|的前身叫什么|原名是什么|过去叫啥|曾用名是什么|旧称是什么|从前的名字是什么|改名前叫什么|最早的名称是什么]",
            "{org}是由什么[改名|更名]来的",
            "{org} [原名|曾用名|前身]",
        ),
    ),
    "org.partners": Relation(
        "list",
        {"org": "organisation"},
        (
            "{org}[和|跟|与|同][谁|哪些单位|哪几家|哪些机构|哪几家单位][合作|达成了合作|签了约|签了协议|携手|结成伙伴|联手]",
            "{org}的[合作伙伴|合作方|签约方|伙伴][有哪些|是谁|都有谁]",
            "[哪些单位|谁|哪几家][和|与]{org}[签约|合作]",
            "{org} [合作方|签约单位]",
        ),
    ),
    "org.made": Relation(
        "product",
        {"org": "organisation"},
        (
            "{org}[研发了什么|开发出了什么|做出了什么|研制出什么|推出了什么产品|拿出了什么新东西|带来了什么新产品|造出了啥]",
            "{org}的[新产品|新成果|新作品][是什么|叫什么]",
            "{org} [新产品|成果]",
        ),
        anywhere=False,
    ),
}
