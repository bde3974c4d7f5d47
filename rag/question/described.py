"""The words of a question about a picture or an article that say which one is meant."""

from __future__ import annotations

import re

from rag.question.focus import Focus
from rag.question.terms import Term, find_terms

_ASKING = re.compile(
    # The thing itself, and how it is pointed at.
    r"老?照片|相片|(?<=合影)照|合照|图片(?:说明)?|[配插附题组]图|画面|镜头|[左右上下中大小头](?:边的|面的)?图|"
    r"[这那哪]?[1一]?[张幅组](?:的)?(?:图|照)?(?=$|[的是里中上在拍,，?？]|照|图)|图(?:中|里|上|说|注|\d)(?!书)|"
    r"第\d+(?:[张幅](?:图|照片)?|个图)|最后[1一]?[张幅](?:图|照片)?|"
    r"(?:这|那|本|该|此)(?:篇|则|条|份|期|版)|文章|本文|文中|全文|原文|报道|稿子|稿件|特稿|新闻|消息|"
    r"[大主正副小总]?标题|副题|题目|题名|第\d+(?:个)?(?:大)?(?:部分|章节|小节|板块)|最后[1一]?个?(?:部分|章节|小节|板块)|"
    # What is done to it.
    r"摄影(?:师|者|记者|作者|作品)?|拍摄(?:者|于|的|地点|时间|日期)?|^拍|(?<=的)拍|拍(?=摄|的|到|下|了|于|照|$|[?？是])|拍(?=.{1,12}(?:的|那张)照片)|拍[照到下了]|照的|"
    r"作者|(?:文字)?记者|通讯员|署名|采写|撰写|执笔|撰稿人?|撰文|写[的了]|谁写|"
    r"(?:责任|执行|值班)?编辑|责编|校对|审核|[1-3一二三]审|[初复终]审|审校|签发|审稿|(?<=谁)审的稿?|通报|公报|简报|通告|专访|^采访|^写|(?:执行)?主编|总编|监制|策划|统筹|编译|翻译|译者|美编|版式|排版|"
    r"来源|出处|出自|来自|转自|转载|稿源|媒体|报社|报纸|报刊|杂志社?|网站|通讯社|发布|发表|刊发|刊登|见报|发出|推送|"
    r"提供|供图|图源|制图|绘图|"
    # What is asked.
    r"什么时候|啥时候|何时|何日|什么时间|什么日子|什么地方|何处|何地|什么人|什么名字|什么|啥|"
    r"在?哪[里儿]|在哪|哪[1一]?[天日年月个位家名座条处张幅]|哪几[位个名]|哪些人?|几月几[日号]|(?:几|多少)[位个名]?(?:人(?:写|拍))?|"
    r"日期|时间|地点|内容|描述|讲[了的]|说明|谁|"
    r"在?(?:做|干)(?:什么|啥|嘛)|干嘛|[左右](?:边|侧|面|手边)|[左右中][1-9一二三四]|中间|前排|后排|的人|人物|人们|"
    r"(?:叫|姓)(?:什么)?(?:名字)?|一共|总共|分别|请问|到底|负责|担任"
)
_IN_A_PICTURE = re.compile(
    r"^在?(?:[\u4e00-\u9fff·]{2,8}?(?:拍摄?|摄)下?的)?(?:[这那]?[1一]?[张幅])?(?:照片|相片|图片|[配插附组]图)[里中上内]的?[,，]?"
)
_STANDS_FOR_SOMEBODY = re.compile("[他她它]")
_LEFT_OVER = re.compile("[拍摄照图写发登做干在讲说人叫名报文稿张]")


def described(focus: Focus) -> tuple[Term, ...]:
    """The content words of a question that are left once all that asks is taken out.

    Example:
        >>> from rag.question.focus import find_focus
        >>> [term.text for term in described(find_focus("收割机抢收晚稻的照片是在哪里拍的?"))]
        ['收割机', '抢收', '晚稻']
    """
    bare = _ASKING.sub(lambda match: "," * len(match.group()), focus.wording)
    terms = find_terms(bare, (*focus.times, *focus.claimed, *focus.qualifiers))
    return tuple(term for term in terms if not _LEFT_OVER.fullmatch(term.text))


def without_picture(question: str) -> str:
    """``question`` without the words in front that only say in which picture to look.

    Where a pronoun is left they stay: whom it stands for, they may say.

    Example:
        >>> without_picture("王小明拍的照片里,渔民在做什么?"), without_picture("拍奶奶的照片里,她在做什么?")
        ('渔民在做什么?', '拍奶奶的照片里,她在做什么?')
    """
    bare = _IN_A_PICTURE.sub("", question, count=1)
    return question if _STANDS_FOR_SOMEBODY.search(bare) else bare
