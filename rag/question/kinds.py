"""The kind of thing that would answer a question, told by its interrogative.

The kinds follow the answer types of factoid question answering (Li and Roth, "Learning Question Classifiers",
COLING 2002), cut down to those that interrogatives tell apart without a trained model.
"""

from __future__ import annotations

import re
from enum import StrEnum

from rag.question.asked_credit import asked_credit, is_about_picture
from rag.question.surnames import looks_like_person
from rag.text.measure_words import UNIT_PATTERN
from rag.types import BlockKind


class AnswerKind(StrEnum):
    """The kind of thing that would answer a question."""

    QUANTITY = "quantity"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    POSITION = "position"
    SPEECH = "speech"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    YES_NO = "yes_no"
    DESCRIPTION = "description"


SPEECH_VERBS = "说|表示|介绍|认为|指出|预测|强调|坦言|回忆|透露|称|告诉|感慨|解释|谈到|笑言|直言|写道|所言"
IDENTIFIER = "(?:电话|热线|手机号?|号码|邮编|邮箱|网址|车牌|案号|文号|账号|微信号)"
"""What is written in digits and is no amount."""
_NUMERAL = r"[一二两三四五六七八九十几\d]+"
_MEASURE = (
    "[个家辆项座处件所条款种批间台套张场届位名人次天年月日周岁吨米元里亩栋幅只艘架部份层块倍成号"
    "期趟顿瓶棵头对册本门户折样根道秒分球]"
)
# Words that end in 为 before 什么 (成为什么, 称为什么), told from those that only look so (完成为什么, 工作为什么).
_WHAT_IT_BECAME = (
    r"(?<!认)(?<![称视誉])(?<!分别)(?<![跃晋擢]升)(?<![^完建形达]成)(?<![^改]变)(?<![^批]评)"
    r"(?<![^工合动制操写创协运]作)"
)
# In order of precedence: the first kind whose pattern is found anywhere in the question is the question's.
_PATTERNS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (
        AnswerKind.REASON,
        re.compile(
            rf"{_WHAT_IT_BECAME}为什么(?!样)|为何|为啥|何以|怎么会|什么原因|原因(?:是|有|在)|\bwhy\b",
        ),
    ),
    (
        AnswerKind.SPEECH,
        re.compile(rf"(?:{SPEECH_VERBS}|讲|谈)(?:了|过)?(?:些|一些|的)?(?:什么|啥)|\bwhat did .{{1,40}}\bsay\b"),
    ),
    (
        AnswerKind.DESCRIPTION,
        re.compile(rf"{IDENTIFIER}(?:号码)?(?:是|为|叫)?(?:多少|几|什么|啥)|(?:多少|几|什么|啥)(?:号的)?{IDENTIFIER}"),
    ),
    (
        AnswerKind.POSITION,
        re.compile(
            r"什么(?:职务|职位|职业|身份|头衔|岗位)|(?:职务|职位|身份|头衔)(?:是|为)|(?:是|负责)(?:做|干)?什么(?:工作|的)[?？]?$|"
            r"(?:做|干|从事)(?:的是)?(?:什么|啥)工作|"
            r"(?:做|干)什么(?:工作)?的|担任什么|任什么|何职"
        ),
    ),
    (
        AnswerKind.PERSON,
        re.compile(
            r"(?<!无)谁|哪一?位|哪几位|哪个人|什么人|何人|何许人|(?<![都别])叫什么名字|"
            r"(?:[乡镇村县市省区州局处科馆校院厂所站店会部船队组社行班司校]长|书记|主任|经理|老师|师傅|教练|主席|秘书|老板|医生|记者|他|她|这人|[男女]孩)"
            r"(?:的名字)?(?:是)?叫(?:什么|啥)|(?:作者|记者|摄影师?|拍摄者)(?:是|叫|有)|"
            r"(?:作者|摄影师?|拍摄者)[?？]?$|\bwho(?:se)?\b"
        ),
    ),
    (
        AnswerKind.DATE,
        re.compile(
            r"什么时候|啥时候|何时|何年|何日|哪[一1]?年|哪[一1]?天|哪[一1]?月|哪几[天年日]|几月|几号|几时|什么时间|什么日子|哪个月|"
            r"(?<!长)(?:时间|日期|日子)(?:是|为)?(?:什么|啥)?[?？]?$|"
            r"\bwhen\b|\b(?:what|which) (?:year|day|date|month)\b"
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(
            r"哪里|哪儿|在哪(?![些个位家种款项一二两三四五六七八九十几\d])|何处|何地|"
            r"什么地方(?!标准|性|法规|规章|特[色产]|政府|品牌|戏|菜|志|债|税|文化)|"
            r"哪个(?:城市|省|区|县|市|国家|国|地方|地区|镇|村|馆|展区)|(?:地点|地址)(?:是|在|为)?(?:哪|什么)?[?？]?$|"
            r"\bwhere\b|\b(?:what|which) (?:city|place|country)\b"
        ),
    ),
    (
        AnswerKind.LIST,
        re.compile(
            rf"哪些|有哪几|哪(?![一1]?[年天月位家])(?:[两二三四五六七八九十几]|[2-9]|\d\d){_MEASURE}?大?|"
            r"都有什么|有些什么|[都别]叫(?:什么|啥)|先后.{0,6}什么|列举|"
            r"分别(?:能|可以|做|是什么|为什么|有什么|指)|各(?:自)?(?:能|有|是|指|做)|包括(?:什么|啥)|包含什么|"
            rf"{_NUMERAL}(?:个|种|样|大|项|条|家|款|座|部分).{{0,12}}(?:是|有)(?:什么|啥)|"
            r"\b(?:what|which) are\b|\blist\b"
        ),
    ),
    (
        AnswerKind.ORGANISATION,
        re.compile(
            r"哪一?(?:家|所)|(?:哪个|什么|哪一个)(?:公司|企业|单位|机构|部门|集团|大学|学校|组织|协会|媒体|报社|杂志社)|"
            r"\b(?:what|which) (?:company|organi[sz]ation|firm|team)\b"
        ),
    ),
    (
        AnswerKind.QUANTITY,
        re.compile(
            rf"多少|几(?:{_MEASURE}|{UNIT_PATTERN})|几(?:多|千|万|亿|百)|第几|多大|多高|多长|多久|多快|多重|多远|多宽|多深|百分之几|几比几|排(?:名|位|行)?第几|"
            r"\bhow (?:many|much|long|large|big|far|high|fast|old|tall|heavy)\b|"
            r"\bwhat (?:share|percentage|percent|proportion)\b|\bby what\b|"
            r"\bwhat (?:was|is|were) .{0,60}"
            r"\b(?:output|growth|number|value|amount|total|rate|volume|revenue|production)\b"
        ),
    ),
    (
        AnswerKind.YES_NO,
        re.compile(
            r"吗[?？]?$|是不是|是否|有没有|能不能|会不会|对不对|对吧[?？]?$|没错吧[?？]?$|吧[?？]$|"
            r"^(?:is|are|was|were|did|does|do|has|have|can|will)\b"
        ),
    ),
    (AnswerKind.MANNER, re.compile(r"怎么|怎样|如何|咋|\bhow\b")),
)
_WHO_IS_THIS = re.compile(r"^(?:请问)?(?P<name>[\u4e00-\u9fff·]{2,6})是谁[?？]?$")
_OFFICE = re.compile(r"(?:长|员|师|主任|经理|书记|总监|教练|主席|代表|者|人)$")
_MEASURED_NOUN = re.compile(
    r"(?:产量|销量|产值|规模|金额|总额|数量|人数|人次|增速|增幅|涨幅|降幅|增长率|占比|比例|比重|面积|长度|时长|收入|利润|"
    r"价格|票价|单价|总量|容量|吞吐量|比分|数|率|额|量)(?:是|为|有|达|达到)?(?:什么|啥)?(?:水平)?[呢?？。]*$"
)
_ABOUT_THE_AUTHOR = re.compile(
    r"(?:author|wrote).{0,8}(?:article|report|story|piece)|^who (?:wrote (?:it|this)|is the author)\b"
)
_INTERROGATIVE = re.compile(
    r"什么|啥|哪|谁|[如为]何|何[时地处人种以年日方故因谓等]|多少|几|怎|如何|咋|\b(?:what|which|who|when|where|why|how)\b"
)


def kind_of(folded: str) -> AnswerKind:
    """The kind of answer that a question (folded text) asks for.

    Example:
        >>> kind_of("谁预测的?")
        <AnswerKind.PERSON: 'person'>
    """
    found = [kind for kind, pattern in _PATTERNS if pattern.search(folded)]
    if len(found) > 1 and AnswerKind.YES_NO in found:
        # 是不是有多少… asks the figure; the particle alone decides only when nothing else is asked.
        found.remove(AnswerKind.YES_NO)
    match = _WHO_IS_THIS.match(folded)
    if (
        AnswerKind.PERSON in found[:1]
        and match
        and looks_like_person(match.group("name"))
        and not _OFFICE.search(match.group("name"))
    ):
        return AnswerKind.POSITION
    if found:
        return found[0]
    return AnswerKind.QUANTITY if _MEASURED_NOUN.search(folded) else AnswerKind.DESCRIPTION


def asked_block(folded: str) -> BlockKind | None:
    """The kind of block that alone can answer: the caption for who took a picture, the byline for who wrote.

    Example:
        >>> asked_block("这张照片是谁拍的?")
        <BlockKind.CAPTION: 'caption'>
    """
    if is_about_picture(folded):
        return BlockKind.CAPTION
    asked = asked_credit(folded)
    # A title in 《》 may be that of a book; 谁拍的 alone may be asked of a film.
    of_article = asked is not None and not asked.of_picture and not asked.title
    return BlockKind.BYLINE if of_article or _ABOUT_THE_AUTHOR.search(folded) else None


def first_interrogative(folded: str) -> int:
    """Where the interrogative of a question (folded text) begins; -1 where it has none."""
    match = _INTERROGATIVE.search(folded)
    return match.start() if match else -1
