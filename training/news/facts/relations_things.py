"""Questions about things, reasons, lists, works, places, captions."""

from __future__ import annotations

from training.news.facts.relation import WHEN, WHERE, WHICH_BODY, WHO, WHY, Relation

THINGS: dict[str, Relation] = {
    "thing.does": Relation(
        "function",
        {"thing": "thing"},
        (
            "{thing}[能做什么|能干什么|可以做什么|会做什么|有什么本事|有什么功能|有啥用|有啥本领|有什么特点|能干啥|的功能是什么|的作用是什么|有什么能耐|厉害在哪]",
            "[说说|介绍一下]{thing}的[功能|本事]",
            "{thing} [功能|作用|特点]",
        ),
    ),
    "thing.made_of": Relation(
        "material",
        {"thing": "made"},
        (
            "{thing}[是用什么做的|是什么材料做的|用了什么材料|的原料是什么|由什么制成|是拿啥做的|用的什么料|的材质是什么|以什么为原料|靠什么料做成]",
            "[做|制作]{thing}[要用什么材料|需要什么原料|得用啥料]",
            "{thing} [材料|原料|材质]",
        ),
    ),
    "thing.used_for": Relation(
        "use",
        {"thing": "used"},
        (
            "{thing}[用来做什么|是干嘛用的|是做什么用的|的用途是什么|有什么用处|用在什么地方|主要派什么用场|拿来干啥的|是为了什么而用的|用于什么]",
            "[要|]{thing}[做什么|有何用]",
            "{thing} [用途|用处|用场]",
        ),
    ),
    "thing.works_by": Relation(
        "means",
        {"thing": "works"},
        (
            "{thing}[的原理是什么|是怎么做到的|靠什么实现|是怎么工作的|靠的是什么办法|用的什么原理|凭什么做到|的奥妙在哪|是怎样运作的|背后是啥原理]",
            "[为什么|凭啥]{thing}能[行|做到]",
            "{thing} [原理|工作方式]",
        ),
    ),
    "thing.maker": Relation(
        "organisation",
        {"thing": "thing"},
        (
            "{thing}[是谁研发的|是哪家单位开发的|由谁研制|是谁做出来的|出自哪家单位|是哪家推出的|的研发单位是谁|背后是哪家机构|是谁家的产品|是哪儿带来的]",
            f"{WHICH_BODY}[做出|开发|研发|研制|造出]" + "了{thing}",
            "{thing} [研发单位|出品方]",
        ),
    ),
    "things.all": Relation(
        "functions",
        {"all": "things"},
        (
            "{all}[各能做什么|分别能做什么|各有什么功能|分别有什么本事|各有啥用|都能干啥|各自有什么特点|分别有哪些功能|各能干什么|都有什么用]",
            "[说说|介绍一下]{all}[各自的功能|分别有什么用]",
            "{all} [各自功能|分别的作用]",
        ),
        anywhere=False,
    ),
    "list.items": Relation(
        "list",
        {"owner": "owner", "noun": "any_listing"},
        (
            "{owner}[有哪些|有哪几个|包括哪些|都有什么|有什么|主要有哪些|有啥|设了哪些|涵盖哪些|有哪几种|列出了哪些]{noun}",
            "{owner}的{noun}[有哪些|有哪几个|都是什么|包括什么|分别是什么|是啥]",
            "[哪些|什么]{noun}[在{owner}能见到|属于{owner}]",
            "{owner} {noun}",
        ),
        anywhere=False,
    ),
    "goal.measures": Relation(
        "measures",
        {"org": "organisation", "goal": "measure"},
        (
            "{org}[为|为了]{goal}[采取了哪些措施|做了什么|做了哪些事|推出了哪些举措|想了哪些办法|干了啥|有什么安排|拿出了哪几招]",
            "[为|为了]{goal}，{org}[怎么做|有哪些做法|做了哪几件事|有什么举措]",
            "{org}[怎样|如何|打算怎么]{goal}",
            "{org} {goal} [措施|举措]",
        ),
        anywhere=False,
    ),
    "effect.reason": Relation(
        "reason",
        {"effect": "cause"},
        (
            f"{WHY}" + "{effect}",
            "{effect}[的原因是什么|是因为什么|是什么原因|是怎么回事|是什么造成的|原因何在|是咋回事|缘于什么]",
            "[是什么让|什么原因使得]{effect}",
            "{effect} 原因",
        ),
        anywhere=False,
    ),
    "action.purpose": Relation(
        "purpose",
        {"org": "organisation", "action": "purpose"},
        (
            "{org}{action}[是为了什么|的目的是什么|图什么|是想干什么|出于什么考虑|有什么目的|为的是什么|目的何在|想达到什么目的]",
            "{org}" + WHY + "[要|]{action}",
            "{org} {action} 目的",
        ),
        anywhere=False,
    ),
    "action.org": Relation(
        "organisation",
        {"action": "purpose"},
        (
            f"{WHICH_BODY}" + "{action}[|了]",
            "[是谁|是哪家单位|是哪个机构]{action}的",
            "{action}的[是谁|是哪家单位|单位是哪家|是哪个机构]",
        ),
        anywhere=False,
    ),
    "result.means": Relation(
        "means",
        {"org": "organisation", "result": "means"},
        (
            "{org}[靠什么|怎么|用什么办法|凭什么|通过什么方式|是怎么|用了啥招|如何|怎样]{result}[|的]",
            "{org}[用了什么方法|靠的什么办法|采取了什么手段]{result}",
            "{result}，{org}[靠的是什么|用的是什么办法]",
        ),
        anywhere=False,
    ),
    "condition.outcome": Relation(
        "consequence",
        {"condition": "outcome"},
        (
            "[如果|要是|一旦|假如|万一|]{condition}[会怎样|会有什么后果|会怎么样|会发生什么|会咋样|后果是什么|结果会如何]",
            "{condition}[有什么影响|的后果是什么]",
        ),
        anywhere=False,
    ),
    "work.author": Relation(
        "author",
        {"work": "work"},
        (
            "{work}[是谁写的|的作者是谁|出自谁的手笔|由谁创作|是谁的作品|是谁的书|的作者叫什么|是哪位作家写的|出自谁手|是谁编写的]",
            f"{WHO}[写了|创作了|写出了|写的]" + "{work}",
            "{work} 作者",
        ),
    ),
    "work.publisher": Relation(
        "organisation",
        {"work": "work"},
        (
            "{work}[是哪家出版社出的|由谁出版|由哪家出版社出版|在哪儿出版的|的出版方是谁|的出版社是哪家|是哪里出的书|是什么出版社印的]",
            "[哪家出版社|哪个出版社][出了|出版了|推出了]{work}",
            "{work} 出版社",
        ),
    ),
    "byline.author": Relation(
        "author",
        {},
        (
            "[这篇文章|本文]的作者是谁",
            "[这篇|这个][文章|报道|稿子|新闻|稿件][是谁写的|的作者是谁|由谁撰写|谁写的|出自谁手|的作者叫什么|的记者是谁|是哪个记者写的|是哪位采写的]",
            "[谁|哪位记者][写了|采写了][这篇文章|这篇报道|本文|这则新闻]",
            "[文章|报道|本文] 作者",
        ),
    ),
    "photo.author": Relation(
        "photographer",
        {},
        (
            "[这张|文中的|配图的|报道里的][照片|图片|图|相片][是谁拍的|是谁拍摄的|由谁拍摄|谁拍的|的摄影者是谁|的摄影是谁|谁按的快门|出自哪位摄影师|摄影作者是谁]",
            "谁[拍了|拍摄了|给文章拍了][这张照片|这幅图|文中的照片]",
            "[照片|图片|配图] [作者|摄影|拍摄者]",
        ),
    ),
    "photo.of": Relation(
        "photographer",
        {"scene": "deed"},
        (
            "{scene}的[照片|图片|那张照片|图][是谁拍的|是谁拍摄的|的摄影者是谁|由谁拍摄|谁拍的|是哪位摄影师拍的]",
            "谁拍[摄|]了{scene}的[照片|画面|图]",
            "[拍下|拍摄]{scene}[的是谁|那一幕的是谁]",
        ),
        anywhere=False,
    ),
    "photo.shows": Relation(
        "caption",
        {"who": "person"},
        (
            "{who}[拍的照片上是什么|拍的图上有什么|的照片拍了什么|拍下了什么|的图片内容是什么|的那张照片拍的是啥|镜头里是什么|拍摄的是什么画面]",
            "[图上|照片里]{who}拍的是[什么|啥]",
            "{who} [照片内容|图片说明|照片说明]",
        ),
        anywhere=False,
    ),
    "award.winner": Relation(
        "winner",
        {"award": "award"},
        (
            "{award}[给了谁|被谁拿走了|的得主是谁|由谁获得|花落谁家|颁给了谁|是谁得的|的获得者是谁|归了谁|的获奖者是哪位]",
            f"{WHO}[获得了|拿了|捧走了|赢得|摘得|得了]" + "{award}",
            "{award} [得主|获奖者]",
        ),
    ),
    "winner.award": Relation(
        "award",
        {"who": "person"},
        (
            "{who}[获得了什么奖|得了什么奖|拿了啥奖|捧回了什么奖项|获什么奖|拿到的是哪个奖|得的奖叫什么|赢得哪项荣誉|摘得了什么奖项]",
            "[什么奖|哪个奖项][颁给了|给了|授予]{who}",
            "{who} [奖项|获奖]",
        ),
    ),
    "venue.where": Relation(
        "where",
        {"venue": "venue"},
        (
            "{venue}" + WHERE,
            "{venue}[位于哪里|坐落在哪儿|建在什么地方|的地址在哪|在哪条路上|怎么找，在哪儿|的位置在哪里|开在哪儿|建在哪|的具体位置是哪]",
            "[到哪里|去哪儿]能找到{venue}",
            "{venue} [地址|位置]",
        ),
        # Names of places stand in the names themselves, which half answers.
        anywhere=False,
    ),
    "venue.former": Relation(
        "name",
        {"venue": "venue"},
        (
            "{venue}[以前是什么|的前身是什么|原来是干什么的|过去是什么地方|是由什么改造的|从前是啥|原先是什么|是拿什么改建的|是什么改成的]",
            "[什么|什么地方][变成了|被改造成]{venue}",
            "{venue} [前身|原址]",
        ),
    ),
    "venue.opened": Relation(
        "when",
        {"venue": "venue"},
        (
            "{venue}[是|]" + WHEN + "[开放|启用|开门迎客|揭牌|投用|对外开放]的",
            "{venue}[的开放时间是哪天|正式启用是在哪天|的启用日期是什么|的揭牌时间]",
            "{venue} [启用时间|揭牌日期]",
        ),
    ),
    "place.nickname": Relation(
        "nickname",
        {"place": "place"},
        (
            "{place}[被称为什么|被誉为什么|有什么美誉|有什么别称|的美称是什么|人们怎么称呼它|有啥外号|叫作什么之乡|得了个什么名号|的别名是什么]",
            "人们[把{place}叫什么|给{place}起了什么美名]",
            "{place} [别称|美誉|别名]",
        ),
    ),
    "plan.issuer": Relation(
        "organisation",
        {"plan": "plan"},
        (
            "{plan}[是谁发布的|由哪个部门出台|是哪里印发的|由谁制定|是哪个单位公布的|的发布单位是谁|出自哪个部门|是谁定的|是谁拿出来的]",
            "[哪个部门|谁|哪家单位][出台|印发|公布|制定]了{plan}",
            "{plan} [发布单位|制定部门]",
        ),
    ),
    "plan.when": Relation(
        "when",
        {"plan": "plan"},
        (
            "{plan}" + WHEN + "[印发|出台|发布|公布]的",
            "{plan}[是哪天发布的|的发布日期是哪天|的出台时间|公布于哪天]",
            "{plan} [发布时间|出台时间]",
        ),
    ),
}
