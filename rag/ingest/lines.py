"""What a line of an article looks like taken alone: a caption, a byline, a heading, an item of a list, prose."""

from __future__ import annotations

import re
import unicodedata

ENDINGS = "。！？!?…；;：:｡"
CLAUSE_MARKS = "，,、"
CLOSERS = "”’」』）)】〕》〉\"'"
PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_OPENERS = {closer: opener for opener, closer in PAIRS.items()}
_PAIR_MARKS = re.compile("[" + re.escape("".join([*PAIRS, *_OPENERS])) + "]")

_HAN_NUMERAL = "一二三四五六七八九十百"
_NUMBERINGS = {
    "一、": re.compile(rf"[{_HAN_NUMERAL}]{{1,4}}[、.．]"),
    "（一）": re.compile(rf"[（(][{_HAN_NUMERAL}]{{1,4}}[）)]"),
    "第一章": re.compile(rf"第[{_HAN_NUMERAL}\d]{{1,4}}[章节编部篇]"),
    "1.": re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))"),
    "（1）": re.compile(r"[（(]\d{1,2}[）)]"),
    "①": re.compile(r"[①-⑳]"),
}
_BULLET = re.compile(r"[•·●○■□◆◇▪►▶]|[-*–+]\s")

# The halves of a heading such as 以链为媒，激活产业新动能 differ in length by this factor at most.
_BALANCE = 2
_COUPLET_WIDTH = 36
_CAPTION_LIMIT = 160
_NAME = r"[\w·•、，,. ]{2,24}"
_CAPTION_OPENS = tuple(
    re.compile(pattern)
    for pattern in (
        r"图为|[▲△▼▽]|(?:图|图说|图片说明|图片来源|图源|摄影|供图)\s*[：:]|图\s*\d{1,3}\s*[：:.、 ]",
        # 图①：…, 左图：…, 本版图片均由…
        r"图\s*(?:[①-⑳]|[一二三四五六七八九十]\s*[：:])|[（(]?[左右上下中大小题头]图\s*[：:为]|"
        r"[（(]?(?:本文|本版|文中|以上|本组)(?:图片|照片|配图)\w{0,8}(?:由|为|系)",
        r"[（(]?(?:Photos?|Image|Picture|Figure|Fig\.)(?:\s+\d{1,3}|\s+by\b|\s+courtesy\b|\s*[:：./|])",
    )
)
_CAPTION_CLOSES = tuple(
    re.compile(pattern)
    for pattern in (
        # 图/王五, 摄影：王五
        rf".*(?:图片?|摄影|摄|供图|图源|图片来源)\s*[/／|｜丨]\s*{_NAME}[)）。]?",
        rf".*(?:摄影|供图|图源|图片来源)\s*[:：]\s*{_NAME}[)）。]?",
        # 王五/摄, 本刊记者 王五／摄影, 王五/图
        r".*[\w·）)]\s*[/／|｜丨]\s*(?:摄影?|供图|制图)[)）]?。?",
        r"(?:.*[\s。，,；;])?[\w·]{2,16}\s*[/／|｜丨]\s*图[)）]?。?",
        # （张三 摄）, （图/张三）
        r".*[（(][^（）()]{0,30}(?:摄|摄影|供图|制图|\s图|photo|Photo)[）)]。?",
        r".*[（(](?:图|图片|摄影|图源|图片来源|Photo|Image)[^（）()]{0,3}[/／|｜丨:：][^（）()]{1,30}[）)]。?",
        # （图片由某公司提供）, （资料图片）
        r".*[（(](?:(?:图片?|照片)由?[^（）()，。]{1,24}提供|(?!数据|免费|资料|信息)[^（）()，。由]{2,16}提供|资料图?片?|资料照片)[）)]。?",
        r"(?:.*[\s。，,])?(?:图片|照片)由[\w·“”]{2,24}提供。?",
        # 新华社记者 李四 摄, 受访者供图
        r".*(?:^|[\s。，,])(?:\w{0,12}(?:记者|通讯员|摄影师))?\s*[\w·]{2,4}(?:\s[\w·]{1,4}){0,5}\s+摄。?",
        r".*(?:记者|通讯员)\s*[\w·]{2,4}\s*摄。?",
        r".*[。！？]\s*[\w·]{1,3}[^\W拍]摄。?",
        r".*(?:^|[\s。，,])[\w·]{2,16}(?:供图|制图)。?",
        # ... Photo: Jane Roe
        r".*\b(?:Photo|Photograph|Image|Credit)s?\s*(?:by\b|[:/|]).{2,60}",
    )
)

_BYLINE_LIMIT = 80
_ROLE = r"(?:记者|通讯员|评论员|特约撰稿人?|撰稿人?|撰文|作者|编译|编辑|责任编辑|责编|校对|监制|实习生|来源|稿源|译者)"
# These are common words too: only a mark behind them tells.
_MARKED_ROLE = (
    r"(?:翻译|审核|审稿|审校|校审|[一二三初复终]审|[一二三]校|签发|主编|统筹|策划|美编|版式|制图|出品|"
    r"发布时间|发布日期|发表时间)"
)
_TEXT_CREDIT = re.compile(r"(?:文|文字|图文|文图|文\s*[/／、]\s*图|撰文)\s*[/／|｜丨:：]\s*\S.*")
# 张三/文, 张三/文 李四/图
_TEXT_CREDIT_AFTER = re.compile(
    r"[\w·、 ]{2,24}[/／|｜丨]\s*(?:文字?|图文|文图|撰文)(?:\s+[\w·、 ]{2,24}[/／|｜丨]\s*(?:图片?|摄影?|供图))?"
)
_BYLINE = (
    _TEXT_CREDIT,
    _TEXT_CREDIT_AFTER,
    # 作者：王小明
    re.compile(rf"(?:\w{{0,12}}\s*)?(?:{_ROLE}|{_MARKED_ROLE})\s*[/／|｜丨:：]\s*\S.*"),
    # 本报记者 王小明 通讯员 李红, □ 本刊特约撰稿 王小明
    # 本报记者 王小明 文/图
    re.compile(
        rf"[（(]?(?:[□■◆●▲○◇]\s*)?[^\s，,]{{0,16}}{_ROLE}(?:\s+[\w·]{{1,8}})+"
        r"(?:\s*[/／、]\s*(?:文|图|摄影?))?[）)]?"
    ),
    re.compile(r"[（(]?(?:本报|本刊|本网|本台|新华社)\w{0,6}记者[\w·、]{2,16}[）)]?"),
    # （责任编辑：王小明）
    re.compile(rf"[（(][^（）()]{{0,8}}(?:{_ROLE}|{_MARKED_ROLE})\s*[/／|｜丨:：][^（）()]{{1,50}}[）)]"),
    # （作者系某大学教授）
    re.compile(r"[（(][^（）()]{0,16}(?:记者|通讯员|作者)[^（）()]{1,50}[）)]"),
    # By Jane Roe and John Doe
    re.compile(r"(?:By|by|BY)\s+[A-Z][\w.'’-]*(?:[\s,]+(?:and|&|[A-Z][\w.'’-]*))*"),
    # 2025年3月1日 08:30
    re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+\S{1,20}){0,3}"),
)


def width(text: str) -> int:
    """Columns that ``text`` fills in a fixed-width font: two for a Chinese character, one for a Latin letter."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def is_caption(text: str) -> bool:
    """Whether a line describes or credits a picture.

    Example:
        >>> is_caption("开幕式现场。（张三 摄）"), is_caption("图为展区一角。新华社记者 李四 摄")
        (True, True)
    """
    if len(text) > _CAPTION_LIMIT or _TEXT_CREDIT.fullmatch(text) or _TEXT_CREDIT_AFTER.fullmatch(text):
        return False
    if any(pattern.match(text) for pattern in _CAPTION_OPENS):
        return True
    return any(pattern.fullmatch(text) for pattern in _CAPTION_CLOSES)


def is_byline(text: str) -> bool:
    """Whether a line says who wrote, edited or published the article, or when; only at its head or its foot.

    Example:
        >>> is_byline("本报记者 王小明 通讯员 李红"), is_byline("记者发现，花开了。")
        (True, False)
    """
    return len(text) <= _BYLINE_LIMIT and not ends(text) and any(pattern.fullmatch(text) for pattern in _BYLINE)


def numbering(text: str) -> str | None:
    """The style of the number that opens a line ("一、", "（一）", "第一章", "1.", "（1）", "①"), or None."""
    return next((style for style, pattern in _NUMBERINGS.items() if pattern.match(text)), None)


def is_item(text: str) -> bool:
    """Whether a line opens as an item of a list does, with a bullet, a number or a dash."""
    return bool(_BULLET.match(text)) or text.startswith("—") or numbering(text) is not None


def ends(text: str) -> bool:
    """Whether a line ends where a sentence does; closing quotes, and a note in brackets after the end, aside.

    Example:
        >>> ends("花开了。（完）"), ends("花开在"), ends("3.5"), ends("It rains.")
        (True, False, False, True)
    """
    rest = re.sub(r"[（(][^（）()]*[）)]$", "", text) or text
    return any(_ends_bare(part.rstrip(CLOSERS + " ")) for part in (text, rest))


def _ends_bare(text: str) -> bool:
    return text.endswith(tuple(ENDINGS)) or (text.endswith(".") and not text[:-1].isdigit())


def unclosed(text: str) -> list[str]:
    """The opening quotes and brackets of ``text`` that nothing closes, each kind once.

    Example:
        >>> unclosed("他说：“《春天》刚刚")
        ['“']
    """
    depths = dict.fromkeys(PAIRS, 0)
    for mark in _PAIR_MARKS.findall(text):
        if mark in depths:
            depths[mark] += 1
        else:
            depths[_OPENERS[mark]] = max(0, depths[_OPENERS[mark]] - 1)
    return [opener for opener, depth in depths.items() if depth]


def is_prose(text: str) -> bool:
    """Whether a line is too long, or holds too much, to be anything but (part of) a paragraph.

    That is: more than 40 characters, or at least 20 with the end of a sentence among them, or at least 24 with two
    commas (a numbered line aside, as numbered headings can have several).
    """
    columns = width(text[:81])
    inner = text[:-1].rstrip(CLOSERS + ENDINGS)
    sentences = any(mark in inner for mark in "。！？；!?;")
    clauses = sum(inner.count(mark) for mark in "，,") >= 2 and numbering(text) is None
    return columns > 80 or (columns >= 40 and sentences) or (columns >= 48 and clauses)


def could_be_heading(text: str) -> bool:
    """Whether a line by itself could be a heading: short, a whole phrase, no sentence."""
    limit = 80 if numbering(text) else 48
    return (
        len(text) <= limit
        and width(text) <= limit
        and not ends(text)
        and text[-1] not in CLAUSE_MARKS + "—"
        and text[0] not in "—，。、；：！？”’）》」』】"
        and not _BULLET.match(text)
        and not unclosed(text)
        and not is_prose(text)
        and any(character.isalpha() for character in text)
    )


def is_balanced(text: str) -> bool:
    """Whether a line is one phrase, or a short couplet whose halves weigh about the same, as a heading with a comma is.

    Half of a torn sentence is long and has its comma anywhere.

    Example:
        >>> is_balanced("以链为媒，激活产业新动能"), is_balanced("老桥上已经没有一个人了，灯")
        (True, False)
    """
    parts = [width(part) for part in re.split("[，,]", text)]
    couplet = len(parts) == 2 and max(parts) <= _BALANCE * min(parts) and sum(parts) <= _COUPLET_WIDTH
    return len(parts) == 1 or couplet
