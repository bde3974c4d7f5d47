"""Small talk: messages that ask nothing of the articles, and what is said in return.

Only a *whole* message counts: 谢谢 is small talk, 谢谢，那2024年呢？ is a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from rag.types import Language

ChitchatKind = Literal["greeting", "thanks", "goodbye", "identity", "praise", "complaint", "test"]

CHITCHAT_KINDS: tuple[ChitchatKind, ...] = get_args(ChitchatKind)

_PHRASES: Mapping[ChitchatKind, str] = {
    "greeting": r"(?:你|您|大家|各位)好|哈[喽啰罗]|嗨|喂|嘿|早上好|早安|早|上午好|中午好|下午好|晚上好|晚安好|在吗"
    r"|在不在|有人吗"
    r"|hi|hello|hey|hiya|greetings|howdy|good (?:morning|afternoon|evening|day)|(?:hi|hello|hey) there",
    "thanks": r"(?:非常|多|太|真的?|很|十分)*(?:谢谢|感谢|多谢|谢了|谢啦|感激)(?:(?:您|你)的?(?:帮助|回答|解答)"
    r"|你们|您|你|大家|各位|了|啦)?"
    r"|辛苦(?:了|啦|您了|你了)?|(?:麻烦|劳驾|有劳)(?:您|你)?[了啦]|(?:可|真)?(?:是)?帮(?:了|到)?(?:我)?(?:个|一个)?大忙[了啦]?|(?:你|您)?帮到我了"
    r"|(?:对我)?(?:非常|很|真|太|十分|挺)?有(?:帮助|用)(?:了|啊)?|学到了|受教了?|长知识了|原来(?:是这样|如此|这样)|这样啊|好的|好吧|好|知道了|明白了?|懂了|了解了?|收到|嗯+|哦+|噢"
    r"|thanks?(?: you| a lot| so much| very much)*(?: for (?:your|the) (?:help|answer))?|thx|ty|many "
    r"thanks|cheers|ok(?:ay)?"
    r"|got it|i see|understood|much appreciated|(?:that'?s |that was |this is |it'?s )?(?:very |really |so )?helpful",
    "goodbye": r"再见|拜拜|拜|回见|回头见|晚安|下次见|明天见|先这样|没有?(?:别的|其他)?问题[了啦]|没了"
    r"|good ?bye|bye(?: bye)?|see (?:you|ya)(?: later| soon)?|good night|farewell|take care",
    "identity": r"(?:请问)?(?:你|您)(?:到底)?(?:是|叫)(?:谁|什么名字|什么人|什么|哪位|机器人吗?|人吗|真人吗|ai吗?"
    r"|人工智能吗?|干什么的|做什么的|干嘛的)"
    r"|(?:请问)?(?:你|您)(?:到底)?(?:能|会|可以)(?:干|做|帮我做|回答)?(?:什么|些什么|哪些(?:事|问题)?"
    r"|啥)|(?:你|您)有什么(?:用|功能)|怎么(?:用|使用)(?:你|您)?"
    r"|(?:请)?(?:自我介绍|介绍(?:一下)?(?:你|您)?自己)(?:一下)?|(?:你|您)的名字(?:是什么)?|(?:你|您)(?:是)?(?:什么"
    r"|哪个|哪家的?)模型(?:吗)?"
    r"|who are you|what are you|what(?: i|')s your name|what can you do|what do you do|are you (?:a "
    r"|an )?(?:bot|robot|human|ai|real)"
    r"|introduce yourself|help|帮助|how do (?:you work|i use (?:you|this))",
    "praise": r"(?:你|您)?(?:真|好|太|很|非常|挺|回答得?(?:真|很|太)?)(?:棒|厉害|聪明|不错|好用|准|强|牛|赞|好)(?:了"
    r"|啊|呀|哦|的)?|(?:你|您)?(?:回答|解释|讲|说)[得的](?:真的?|很|太|非常|挺|十分)?(?:清楚|详细|清晰|明白|到位|及时|好懂|易懂)(?:了|啊)?"
    r"|不错|厉害|很好|太好了|牛|点?赞|完美|优秀|真棒"
    r"|(?:very |that's |you(?:'re| are) )?(?:great|good job|well done|nice|awesome|cool|perfect|excellent"
    r"|amazing|brilliant|smart)",
    "complaint": r"(?:你|您)?(?:真|好|太|很|怎么这么|回答得?(?:真|很|太)?)(?:差|笨|蠢|烂|垃圾|没用|慢|傻)(?:了|啊"
    r"|呀|劲)?|垃圾|没用|笨蛋|傻瓜|白痴"
    r"|(?:你|您)?(?:答|回答|说|讲|搞|弄)错了?|不对|(?:这)?(?:是)?错的?|胡说(?:八道)?|答非所问|不满意"
    r"|(?:that'?s |this is |you(?:'re| are) )?(?:wrong|incorrect|useless|stupid|bad|terrible|dumb|not right|too slow)",
    "test": r"测试(?:一下|中|消息|用)?|试试(?:看)?|试一下|test(?:ing)?(?: test| message)?|(?:test ?)?(?:123"
    r"|1 ?2 ?3)|ping|哈+|呵+|嘻+|lol|haha+",
}
_REPLIES: Mapping[ChitchatKind, tuple[str, str]] = {
    "greeting": (
        "你好！请直接提问，我只根据已收录的文章回答，并标出答案在原文中的位置。",
        "Hello! Ask away: I answer only from the articles here, and show where each answer stands.",
    ),
    "thanks": (
        "不客气，还想了解文章里的什么，请继续问。",
        "You're welcome. Is there anything else in the articles you'd like to know?",
    ),
    "goodbye": ("再见，欢迎再来提问。", "Goodbye, and come back any time."),
    "identity": (
        "我是据文，一个只根据已收录文章回答问题的助手：每个答案都附上原文出处，文章没有写的，我会直接说明。",
        "I'm Juwen. I answer questions only from the articles collected here, with the source of every answer, "
        "and say so when the articles don't tell.",
    ),
    "praise": ("谢谢夸奖！还想了解什么，请继续问。", "Thank you! Ask on if there's more you'd like to know."),
    "complaint": (
        "抱歉没能让你满意。请换一种问法，或把时间、地点、名称说得更具体一些，并以所附原文为准。",
        "I'm sorry about that. Try other words, or name the time, place or organisation, and trust the "
        "quoted text above all.",
    ),
    "test": ("收到，一切正常。请提一个关于文章的问题。", "All is well. Ask me something about the articles."),
}
_FILLERS = (
    r"(?:啊|呀|哦|呢|吧|哈|哟|啦|了|嘛|亲|小助手|机器人|朋友|老师|据文|juwen|there|bot|sir|friend|everyone|all|please)"
)
_SEPARATORS = r"[\s,，.。!！?？~～、;；…:：)(（）]*"
_LONGEST = 40  # no courtesy is longer; the bound also keeps matching time constant
_MESSAGES = {
    kind: re.compile(rf"{_SEPARATORS}(?:{pattern}){_SEPARATORS}(?:{_FILLERS}{_SEPARATORS}){{0,2}}", re.IGNORECASE)
    for kind, pattern in _PHRASES.items()
}


def chitchat_kind(text: str) -> ChitchatKind | None:
    """The kind of small talk that the whole of ``text`` is, or None where it asks something.

    Several courtesies in a row count as the last one: 好的，谢谢，再见！ is a goodbye.

    Example:
        >>> chitchat_kind("谢谢！"), chitchat_kind("谢谢，那2024年呢？")
        ('thanks', None)
    """
    remaining = text.strip()
    if not remaining or len(remaining) > _LONGEST:
        return None
    found: ChitchatKind | None = None
    while remaining:
        ends = [(match.end(), kind) for kind, pattern in _MESSAGES.items() if (match := pattern.match(remaining))]
        # "Hi" must not eat the start of "history": a courtesy in Latin letters ends where a word ends.
        ends = [(end, kind) for end, kind in ends if end and not _cuts_a_word(remaining, end)]
        if not ends:
            return None
        end, found = max(ends, key=lambda one: one[0])
        remaining = remaining[end:]
    return found


def chitchat_reply(kind: ChitchatKind, language: Language) -> str:
    """What is said in return, as plain text."""
    chinese, english = _REPLIES[kind]
    return chinese if language == "zh" else english


def _cuts_a_word(text: str, end: int) -> bool:
    if end >= len(text):
        return False
    before, after = text[end - 1], text[end]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
