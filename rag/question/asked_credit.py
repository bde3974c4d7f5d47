"""Questions that the credits of an article answer: who wrote or edited it, who took its pictures, what these show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody who is credited did, or what else a credit tells."""

    AUTHOR = "author"
    REPORTER = "reporter"
    CORRESPONDENT = "correspondent"
    PHOTOGRAPHER = "photographer"
    SUPPLIER = "supplier"
    ARTIST = "artist"
    EDITOR = "editor"
    CHIEF_EDITOR = "chief editor"
    PROOFREADER = "proofreader"
    REVIEWER = "reviewer"
    PRODUCER = "producer"
    PLANNER = "planner"
    TRANSLATOR = "translator"
    DESIGNER = "designer"
    SOURCE = "source"
    PUBLISHED = "published"
    UNLABELLED = "unlabelled"


class Scene(StrEnum):
    """What is asked of a picture, but for who made it."""

    PLACE = "place"
    TIME = "time"
    SHOWN = "shown"
    PEOPLE = "people"
    SIDE = "side"
    WITHIN = "within"
    """Something that the caption tells of what is in the picture: what it does, what it is called."""


@dataclass(frozen=True, slots=True)
class AskedCredit:
    """What a question asks of the credits.

    ``asks`` is the role or what a picture shows. ``of_picture`` says that the question is about a picture, ``sure``
    that it says so with a noun (照片), not only with a verb that a film may go with too (拍), and that nothing but
    credits and captions can answer. ``thing`` are the words for what is asked about within a picture. ``count`` is
    the measure word where it asks how many there are. ``title`` is what the question has in 《》.
    """

    asks: Role | Scene
    of_picture: bool = False
    sure: bool = True
    thing: str = ""
    count: str = ""
    title: str = ""


_PICTURE = re.compile(
    r"照片|相片|合影照|合照|图片|配图|插图|附图|组图|图[中里上](?!书)|画面|摄影作品|[这那哪][1一]?[张幅组]图|第\d+[张幅](?:图|照)|[张幅]图|"
    r"(?<![地试版企意])[左右上下题头大小](?:边的)?图(?![书纸形像表])|图(?:说|注|片说明)|(?<![地版])图\d(?!\d)|photo|picture"
)
_FILM = re.compile(r"电影|电视|剧|影片|片子|短片|纪录片|宣传片|大片|视频|节目|广告|动画|综艺|《|镜头|外景|取景")
_TAKES = re.compile(r"拍|摄|照的|photo|took")
# What the article tells (文章里的诗, 报道说) is no question about the article itself.
_ARTICLE = re.compile(
    r"(?:(?:这|那|本|该|此)(?:篇|则|条|份)|文章|本文|此文|该文|原文|全文|报道|稿子|稿件|特稿|通讯(?!员|作者)|新闻|消息|通报|公报|简报|通告|专访)"
    r"(?!里|中(?!国)|上|说|提|讲到|介绍|写到|写了|认为|指出|引用)"
)
_ANOTHER_WORK = re.compile(r"论文|小说|日记|诗|剧本|歌|课题|标语|期刊|专著|画作|书信|(?:的书|这书|[本部]书)")
_WHO = r"(?:谁|哪一?1?[位个名]|哪几[位个名]|哪些人?|什么人|何人|什么名字|什么|啥名字?|[几多]少?[位个名人]|\d[位个名人])"
_HOW_MANY = re.compile(r"(?<!哪)(?:几|多少)(?:(?P<measure>[位个名])|人)")
_WHEN = r"(?:什么时候|啥时候|何时|何日|哪[一1]?[天日年月]|哪个月|几月几[日号]|几[月号]|什么时间|什么日子)"
_WHERE = re.compile(r"哪里|哪儿|在哪|何处|何地|什么地方|地点|哪个(?!人)|哪[一1]?[座条片处]")
_WRITES = r"(?:采写|撰写|编写|采访|执笔|撰稿|撰文|报道|写)"
_WROTE = re.compile(
    rf"谁(?:{_WRITES}|之手)|(?:哪一?1?[位个名]|哪几[位个名]|哪些|几[位个名]|多少[位个名]?)(?:记者|作者|人)?(?:一?起)?(?:共同)?{_WRITES}|"
    rf"作者|执笔|撰稿人|署名|文字记者|写的?人|记者(?:是|叫|有|都|[?？]?$)|(?:哪一?1?[位个名]|哪几[位个名]|[几\d][位个名])(?:记者|作者)|"
    rf"(?:采写|撰写|写|执笔)(?:了|的)?(?:这|那|本|该|此|文章|报道)"
)
_REPORTER = re.compile(r"记者")
_AUTHOR = re.compile(rf"作者|{_WRITES}(?!.{{0,4}}记者)|执笔|撰稿|署名|谁之手")
_BARE_AUTHOR = re.compile(
    rf"(?:请问|这是|谁是|是|到底)*(?:作者|文字?记者|记者|撰稿人|执笔人?)(?:都|们|分别|一共|总共)*(?:是|叫|有)*{_WHO}?[呢啊]?|"
    rf"(?:请问|这|是|由)*(?:谁|哪一?1?[位个名](?:记者|作者)?|哪几[位个名](?:记者|作者)?)(?:是)?{_WRITES}的?[呢啊]?|"
    rf"(?:请问|这是|一共|总共|有|由|是)*(?:几|多少)(?:[位个名])?(?:作者|记者|人)(?:一起|共同)?(?:{_WRITES}的?)?[呢啊]?"
)
_BY_ITS_SUBJECT = re.compile(
    rf"(?:采访|采写|撰写|报道|写)[^,，里中]{{1,14}}的(?:那[位个]|[位个])?(?:记者|作者)(?:是|叫|有|都)*{_WHO}[呢啊]?"
)
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"通讯员", Role.CORRESPONDENT),
        (r"校对|谁校的", Role.PROOFREADER),
        (r"审核|[1-3一二三]审|终审|初审|复审|审校|校审|审读|编审|签发|审稿|谁审的", Role.REVIEWER),
        (r"主编|总编(?!辑部)", Role.CHIEF_EDITOR),
        (r"责任编辑|责编|编辑(?!部)|谁编的", Role.EDITOR),
        (r"监制|出品人", Role.PRODUCER),
        (r"策划|统筹", Role.PLANNER),
        (r"编译|翻译|译者|谁译的", Role.TRANSLATOR),
        (r"美编|版式|排版|版面设计|设计", Role.DESIGNER),
        (r"制图|绘图|插画|谁画的", Role.ARTIST),
    )
)
_SOURCE = re.compile(
    r"来源|出处|出自哪|转自|转载自|稿源|哪一?1?[家个份](?:媒体|报社|报纸|报刊|杂志社?|网站|报|刊物?|通讯社)|什么(?:媒体|报纸|杂志|报|网站)|"
    r"(?:发表|刊登|刊发|登|发布|发)在(?:哪|什么)"
)
_ISSUES = r"(?:发布|发表|刊发|刊登|登出?|见报|发出|推送|上线|刊载|写|发)"
_ISSUED = re.compile(
    rf"{_WHEN}.{{0,2}}{_ISSUES}(?:出来)?的?|(?:发布|发表|刊发|刊登|见报|发稿)的?(?:日期|时间|日子)|"
    rf"{_ISSUES}(?:于|在|的?是){_WHEN}|{_ISSUES}的?(?:日期|时间|日子)"
)
# What may stand in a question about a credit beside the words that ask for it.
_FILLER = re.compile(
    rf"请问|到底|究竟|本[栏版期]|责任|值班|执行|一共|总共|{_WHEN}|{_WHO}|(?:这|那|本|该|此)(?:篇|则|条|期|版|次|个)?|(?:文字|文章|版面|稿件|稿子|报道|新闻|消息|原文|文|稿)|"
    rf"负责|担任|署名|名字|人|的是|是|的|由|叫|有|都|分别|做|当|了|工作|刊登|刊发|发布|发表|报道|登|发|采写|写|来自|出自|谁|哪里|哪儿|哪|在|吗|呢|啊|几|多少|什么|日期|时间|[?？,，。!！]"
)
_SUPPLIES = re.compile(r"提供|供图|供的|来源|图源|出处|哪[一1]?[家个](?:单位|公司|机构|媒体)|来自哪")
_DRAWS = re.compile(r"谁(?:画|绘|制)|制图|绘图|插画")
_TAKER = re.compile(
    r"谁(?:给|用|在)?.{0,6}(?:拍|摄|照的?)|摄影(?:师|者|记者|作者)?(?:是|叫|有|[?？]?$)|(?:拍摄者|摄影师|摄影者|摄影记者)|"
    r"(?<!在)哪一?1?(?:几)?(?:[位名].{0,6}|个(?:人|记者|作者|通讯员|网友|读者)?[所来给]?)(?:拍|摄)|(?<![被里中上])(?:拍|摄)的?人|"
    # 拍的照片里…的是谁 asks who is in it.
    r"(?:拍|摄)(?:摄|下|了|的)?(?!.{0,24}(?:照片?|片|图|画面)[里中上内]).{0,24}(?:是|叫)(?:谁|哪一?1?[位个])|"
    r"谁的(?:作品|镜头|手笔)|出自谁|作者|署名|(?:什么人|何人)(?:拍|摄)"
)
_TOOK_WHAT = re.compile(r"(?:拍|摄)(?:摄|下|了|的|到)*(?:是|有)?(?:些|一些)?(?:什么(?!人)|啥|哪)")
_SIDE = re.compile(
    r"(?P<side>[左右中]|前排|后排)(?:边|侧|面|手边|起|间|数|[一二三1-9])*(?:的|那|这|是|站|坐|位|个|人|名|男|女|子|者|士|第|[一二三1-9])*(?:是|叫)?(?:谁|哪|什么名)"
)
_PEOPLE = re.compile(
    r"(?:里|中|上|内)(?:的|有|出现|站|坐|拍|人|是|了|都|两|几|\d|[位个名])*(?:谁|哪些人|哪几[位个])|(?:人|人物)(?:物)?(?:都)?(?:是|有)(?:谁|哪)"
)
_SHOWN = re.compile(
    r"什么|啥|内容|干嘛|怎么描述|怎样描述|讲了|说明|描述|哪[一1]?(?:幕|一幕|个场景|个画面)|场景|怎么说|如何说|哪[一1]?[张幅]"
)
_IN_IT = re.compile(r"(?:照片?|相片|合影|图片|[配插附组]图|图|画面)[里中上内](?!书)")
_ASKS = re.compile(r"谁|什么|啥|哪|几|多少|干嘛|怎么|怎样|如何")
# What may stand between a picture and what is asked of it where the whole of it is meant: 照片里拍的是什么.
_OF_THE_WHOLE = re.compile(
    r"[里中上内的是拍摄了着到下出有讲说写做干在都主要大概想,，]|展示|展现|描述|描绘|说明|反映|记录|显示|表现|呈现|体现|表达|介绍|标注|注明|"
    r"内容|画面|场景|情景|主题|[他她它这那]们?|人(?:们|物|家)?|(?:一|1|[两几\d])?[张幅组个位名]"
)
_AT_A_TIME = re.compile(rf"{_WHEN}|(?:时间|日期|日子)(?:是|[?？]?$)")
_AMOUNT = re.compile(r"(?:多少|几)[张幅组]|多[大高长]|多少钱|几块|值多少")
_TITLE = re.compile(r"《([^》]+)》")
_BARE_TAKER = re.compile(
    rf"(?:请问|这篇|文章|报道|的)*(?:摄影(?:师|者|记者)?|拍摄者)(?:是|叫|有|都)*{_WHO}[呢啊]?[?？]?"
)
_SHOOTS = re.compile(
    r"(?:谁|哪一?1?[位个名](?:记者|摄影师)?)(?:给)?(?:拍摄?|摄影?)(?:下|到)?(?:的|了)?[?？]?$|"
    r"(?:在哪|哪里|哪儿|什么地方|什么时候|何时|哪[一1]?天)拍摄?的?[?？]?$"
)


def is_about_picture(folded: str) -> bool:
    """Whether a question (folded text) names a picture, outside of any title (《水利图说》)."""
    return _PICTURE.search(_TITLE.sub("", folded)) is not None


def asked_credit(folded: str) -> AskedCredit | None:
    """What a question (folded text) asks of the credits of an article; None where it asks for something else.

    Example:
        >>> asked_credit("收割的照片是谁拍的?").asks, asked_credit("责编是谁?").asks, asked_credit("大桥是谁设计的?")
        (<Role.PHOTOGRAPHER: 'photographer'>, <Role.EDITOR: 'editor'>, None)
    """
    if _AMOUNT.search(folded):
        return None
    if is_about_picture(folded):
        asks = _of_picture(folded)
        if asks is None and _IN_IT.search(folded) and _ASKS.search(folded):
            return AskedCredit(Scene.WITHIN, of_picture=True, sure=False, thing=_thing_within(folded))
        thing = _thing_within(folded) if asks is Scene.WITHIN else ""
        return AskedCredit(asks, of_picture=True, thing=thing, count=_count(folded)) if asks else None
    if _BARE_TAKER.fullmatch(folded):
        return AskedCredit(Role.PHOTOGRAPHER, of_picture=True)
    found = _of_article(folded)
    if found is None and _SHOOTS.search(folded) and not _FILM.search(folded):
        asks = _of_picture(folded)
        return AskedCredit(asks, of_picture=True, sure=False) if asks else None
    return found


def _count(folded: str) -> str:
    match = _HOW_MANY.search(folded)
    return "" if match is None else match["measure"] or "人"


def _of_picture(folded: str) -> Role | Scene | None:
    if _SUPPLIES.search(folded):
        return Role.SUPPLIER
    if _DRAWS.search(folded):
        return Role.ARTIST
    if _SIDE.search(folded) and not re.search(r"谁(?:拍|摄)", folded):
        return Scene.SIDE
    if _TAKER.search(folded) and not _TOOK_WHAT.search(folded):
        return Role.PHOTOGRAPHER
    if _AT_A_TIME.search(folded):
        return Scene.TIME
    if _WHERE.search(folded):
        return Scene.PLACE
    if _PEOPLE.search(folded):
        return Scene.PEOPLE
    if not _SHOWN.search(folded):
        return None
    # 照片里的木船叫什么 asks of something in it, 照片拍的是什么 of the whole.
    return Scene.WITHIN if _OF_THE_WHOLE.sub("", _thing_within(folded)) else Scene.SHOWN


def _thing_within(folded: str) -> str:
    """The words between 照片里 and what is asked; "" where there are none."""
    inside = _IN_IT.search(folded)
    asking = inside and _ASKS.search(folded, inside.end())
    return folded[inside.end() : asking.start()] if inside and asking else ""


def _of_article(folded: str) -> AskedCredit | None:
    titles = _TITLE.findall(folded)
    title = titles[0] if titles else ""
    bare = _TITLE.sub("", folded).strip("?？。!！ ")
    named = bool(_ARTICLE.search(bare))
    if _ANOTHER_WORK.search(bare):
        return None
    count = _count(folded)
    if _ISSUED.search(bare) and (named or title or _is_bare(_ISSUED, bare)):
        return AskedCredit(Role.PUBLISHED, title=title)
    for pattern, role in _ROLES:
        if pattern.search(bare) and (_is_bare(pattern, bare) or (named and re.search(_WHO, bare))):
            return AskedCredit(role, count=count, title=title)
    if _SOURCE.search(bare) and (named or title or _is_bare(_SOURCE, bare)):
        return AskedCredit(Role.SOURCE, title=title)
    asks_who = bool(re.search(_WHO, bare)) or bare.endswith(("作者", "记者"))
    if (
        _BARE_AUTHOR.fullmatch(bare)
        or _BY_ITS_SUBJECT.fullmatch(bare)
        or ((named or title) and asks_who and _WROTE.search(bare))
    ):
        reporter = _REPORTER.search(bare) and (_BY_ITS_SUBJECT.fullmatch(bare) or not _AUTHOR.search(bare))
        return AskedCredit(Role.REPORTER if reporter else Role.AUTHOR, count=count, title=title)
    return None


def _is_bare(pattern: re.Pattern[str], folded: str) -> bool:
    """Whether a question says nothing beside what ``pattern`` finds and words that ask."""
    return not _FILLER.sub("", pattern.sub("", folded)).strip()
