"""Chinese surnames, to tell a person's name from another proper name.

The list holds the common single surnames and the double ones still borne; a rare surname is missed, which leaves
the name a proper name of unknown kind.
"""

from __future__ import annotations

import re

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱"
    "侯江尹薛闫雷龙史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛毕聂丛焦柳邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹"
    "关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阚万骆臧尚申解喻骆"
    "萧傅黎阎尤伍辜饶瞿戚滕邬褚廉娄奚穆郎冀姬屠晏栾窦鄢卓仇巩虞卞竺冼佟栗匡荆谌岑习胥蔺苟"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|司空|夏侯|轩辕|端木|百里|南宫|西门|独孤"
_NAME = re.compile(rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SINGLE}][\u4e00-\u9fff]{{1,2}})(?<!人)")
_POLITE = re.compile(rf"(?:{_DOUBLE}|[{_SINGLE}])(?:先生|女士|老师|师傅|大爷|大妈|阿姨|某某?)")


def looks_like_person(text: str) -> bool:
    """Whether ``text`` has the shape of a Chinese full name: a surname and one or two characters.

    Example:
        >>> looks_like_person("欧阳修"), looks_like_person("莱茵河")
        (True, False)
    """
    return _NAME.fullmatch(text) is not None


def addressed_politely(text: str) -> bool:
    """Whether ``text`` is a surname with what a person is called by: 戚先生, 欧阳老师.

    Example:
        >>> addressed_politely("戚先生"), addressed_politely("先生")
        (True, False)
    """
    return _POLITE.fullmatch(text) is not None
