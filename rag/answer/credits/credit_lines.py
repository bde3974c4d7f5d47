"""Who did what, in the credits of an article: 文 | 本报记者 甲 乙, 图/丙, 丁 摄, （记者 甲 通讯员 乙）, 责编：戊.

A credit is a label and names, in either order. Offices (本报记者, 通讯员) are labels too, but weak ones: 本报记者 甲 摄
names a photographer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.question.asked_credit import Role
from rag.question.surnames import looks_like_person
from rag.text.folding import fold
from rag.types import Span

OFFICES = frozenset({Role.REPORTER, Role.CORRESPONDENT})
PICTURE_ROLES = frozenset({Role.PHOTOGRAPHER, Role.SUPPLIER, Role.ARTIST})
_BOTH = frozenset({Role.AUTHOR, Role.PHOTOGRAPHER})
_DRAWN = "制图|绘图|制表|插图|插画|漫画|绘画|绘制|手绘|绘"
_LABELS: tuple[tuple[re.Pattern[str], frozenset[Role]], ...] = tuple(
    (re.compile(pattern), roles)
    for pattern, roles in (
        (r"图文|文图|摄影报道|采写摄影|文并摄|撰文摄影", _BOTH),
        (
            r"文字?|撰文|文字作者|作者|采写|采写者|.{0,8}?(?:特约)?撰稿人?|执笔人?|采访|采访整理|整理|报道|供稿|by",
            frozenset({Role.AUTHOR}),
        ),
        (r".{0,16}?(?<!摄影)(?:记者|评论员|实习生|观察员)", frozenset({Role.REPORTER})),
        (r".{0,10}?(?<!摄影)通讯员", frozenset({Role.CORRESPONDENT})),
        (r".{0,12}?摄影(?:师|者|记者)?|拍摄|摄|图片?|图片摄影|photo(?: by)?", frozenset({Role.PHOTOGRAPHER})),
        (r"供图|图源|图片来源|图片提供|照片提供|提供|资料图", frozenset({Role.SUPPLIER})),
        (_DRAWN, frozenset({Role.ARTIST})),
        (r"(?:责任|执行|值班|本版|本期|文字|新媒体|网络|实习|文稿)?(?:编辑|责编)|编发", frozenset({Role.EDITOR})),
        (r"(?:执行|副)?(?:主编|总编辑?)|值班(?:主任|总编)", frozenset({Role.CHIEF_EDITOR})),
        (r"(?:责任|本版)?校对|(?:一|二|三)校", frozenset({Role.PROOFREADER})),
        (
            r"(?:责任)?审核|终审|初审|复审|审校|校审|审读|审定|审稿|编审|(?:一|二|三)审|签发|审签",
            frozenset({Role.REVIEWER}),
        ),
        (r"(?:总)?监制|出品人?|总制片", frozenset({Role.PRODUCER})),
        (r"(?:总)?(?:策划|统筹)", frozenset({Role.PLANNER})),
        (r"编译|翻译|译者|译", frozenset({Role.TRANSLATOR})),
        (
            r"(?:版式|版面|美术|视觉)?设计|视觉(?:编辑|总监)|版式|美编|美术编辑|排版|版面|视觉",
            frozenset({Role.DESIGNER}),
        ),
        (
            r"(?:文章|稿件|信息|本文|新闻|内容)?(?:来源|稿源|出处)|转自|转载自|原载|原载于|首发于|选自",
            frozenset({Role.SOURCE}),
        ),
        (r"(?:发布|发表|刊发|更新|发稿)(?:时间|日期)|发布于|刊发于|发表于", frozenset({Role.PUBLISHED})),
    )
)
# Labels that may also stand behind the names.
_BEHIND = re.compile(
    rf"图文|文图|摄影报道|文字?|撰文|采写|撰稿|整理|报道|供稿|.{{0,12}}?摄影|拍摄|摄|图片?|供图|提供|编译|翻译|译|{_DRAWN}"
)
_GLUED_OFFICE = re.compile(r"(?P<office>.{0,16}?(?:记者|通讯员|评论员|实习生|特约撰稿人?|撰稿人))(?P<name>.+)")
_GLUED_BEHIND = re.compile(rf"(?P<name>.{{2,24}}?)(?P<label>摄影报道|摄影|拍摄|摄|供图|提供|{_DRAWN})")
_OF_THE_PAGE = re.compile(r"^本[版期栏](?=[校统策编美监主责])")
_JOINED_BEHIND = re.compile(r"[/／、](?:图片?|文字?|摄影?)(?![\w/／:：])")
_OF_ALL = re.compile(
    r"(?:本文|本版|文中|以上|全部|本组|所有|题图)?(?:图片|照片|配图|图)?(?:除署名(?:者)?外)?(?:均|都|全部|全)?(?:由|为|系)"
)
_ATOM = re.compile(r"[^\s/／|｜丨:：、，,;；（）()【】\[\]。.!！?？□■◆●▲△▼▽◇—–]+|\S")
_NAME = re.compile(r"[\u4e00-\u9fff·•]{1,12}|[A-Za-z][\w'’-]*")
_ORGANISATION = re.compile(r"[\w·•“”《》-]{2,30}")
_BETWEEN = frozenset("、，,和与/／·")
_JOINS = frozenset("/／|｜丨:：")
_COLONS = frozenset(":：|｜丨")
_MARKS = _BETWEEN | _JOINS
_NO_NAME = re.compile(
    r"发自.*|无人机|航拍|手机|.{0,2}(?:电子)?(?:邮箱|邮件)|.{0,4}(?:电话|热线|微信|投稿)|.*[发电讯]|完|左|右|中|等|综合|资料图?片?|之[一二三]|.*(?:教授|研究员|院长|学者|作家|系)"
)
_SHORT = 1
_LENGTH_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class Credit:
    """Names and the roles they are credited with.

    ``office`` is where the office that leads them stands, if any; ``label`` the folded word that gave the roles. All
    spans are in the text that was read.
    """

    roles: frozenset[Role]
    names: tuple[Span, ...]
    office: Span | None = None
    label: str = ""

    @property
    def span(self) -> Span:
        """From the first name to the last."""
        return Span(self.names[0].start, self.names[-1].end)

    def moved(self, by: int) -> Credit:
        """The same credit in a text in which the one that was read begins at ``by``."""
        names = tuple(Span(name.start + by, name.end + by) for name in self.names)
        office = Span(self.office.start + by, self.office.end + by) if self.office else None
        return replace(self, names=names, office=office)


@dataclass(frozen=True, slots=True)
class _Atom:
    text: str
    start: int
    end: int
    roles: frozenset[Role] = frozenset()

    @property
    def is_office(self) -> bool:
        return bool(self.roles) and self.roles <= OFFICES


def read_credits(text: str) -> list[Credit]:
    """The credits of a line, left to right; names that no label goes with are `Role.UNLABELLED`.

    Example:
        >>> line = "文/王小明 李红 图/赵刚"
        >>> [(sorted(c.roles), line[c.span.start : c.span.end]) for c in read_credits(line)]
        [([<Role.AUTHOR: 'author'>], '王小明 李红'), ([<Role.PHOTOGRAPHER: 'photographer'>], '赵刚')]
    """
    return _Scan(text).credits()


def count_names(text: str, credit: Credit) -> int:
    """How many people a credit names, also where they are written without a space between.

    Example:
        >>> line = "本报记者王小明李红"
        >>> count_names(line, read_credits(line)[0])
        2
    """
    return sum(_people_in(fold(text[name.start : name.end])) for name in credit.names)


def _people_in(name: str) -> int:
    if len(name) <= _LENGTH_OF_ONE or "·" in name or name.isascii() or looks_like_person(name):
        return 1
    cuts = (cut for cut in (3, 2) if looks_like_person(name[:cut]))
    return next((1 + _people_in(name[cut:]) for cut in cuts if len(name) - cut > 1), 1)


class _Scan:
    """One walk over the atoms of a line."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self._atoms = _atoms(self._folded)
        self._credits: list[Credit] = []
        self._open = 0
        self._owner: frozenset[Role] = frozenset()
        self._office: Span | None = None
        self._word = ""
        self._names: list[Span] = []

    def credits(self) -> list[Credit]:
        place = 0
        while place < len(self._atoms):
            atom = self._atoms[place]
            if atom.roles:
                place = self._label(place)
                continue
            if self._is_unknown_label(place):
                self._flush()
                self._owner, self._office, self._word = frozenset(), None, ""
            elif atom.text not in _MARKS and self._is_name(atom):
                self._add(atom)
            elif atom.text not in _MARKS:
                self._flush()
                self._owner, self._office, self._word = frozenset(), None, ""
                self._open = len(self._credits)
            place += 1
        self._flush()
        return self._credits

    def _is_unknown_label(self, place: int) -> bool:
        """Whether the word behind some names is a label that is not known: 电话 in 编辑：甲 电话：110."""
        after = self._atoms[place + 1 : place + 2]
        return bool(self._names) and bool(after) and after[0].text in _COLONS and self._atoms[place].text not in _MARKS

    def _is_name(self, atom: _Atom) -> bool:
        if self._owner & {Role.SOURCE, Role.SUPPLIER, Role.PHOTOGRAPHER} and _ORGANISATION.fullmatch(atom.text):
            return True
        return _NAME.fullmatch(atom.text) is not None and not _NO_NAME.fullmatch(atom.text)

    def _add(self, atom: _Atom) -> None:
        last = self._names[-1] if self._names else None
        # A name of two characters is often spread: 陈 骅.
        spread = last is not None and last.length == _SHORT == len(atom.text)
        if last is not None and spread and self._folded[last.end : atom.start].isspace():
            self._names[-1] = Span(last.start, atom.end)
        else:
            self._names.append(Span(atom.start, atom.end))

    def _label(self, place: int) -> int:
        """Take up the label at ``place``, with those joined to it (文/图); return where the next atom is."""
        first = self._atoms[place]
        roles, end = first.roles, place + 1
        while (
            not first.is_office
            and end + 1 < len(self._atoms)
            and self._atoms[end].text in "/／、"
            and self._atoms[end + 1].roles
            and not self._atoms[end + 1].is_office
            and not self._belongs_to_next(end + 1)
        ):
            roles, end = roles | self._atoms[end + 1].roles, end + 2
        if self._stands_behind(place, end):
            self._close_with(roles)
        else:
            unnamed = bool(self._owner) and not self._names and not self._owner <= OFFICES
            self._flush()
            if not first.is_office:
                self._open = len(self._credits)
            # 摄影/本报记者 王小明: the office only says who the photographer is.
            self._owner = self._owner if unnamed and first.is_office else roles
            self._office = Span(first.start, first.end) if first.is_office else None
            self._word = first.text
        return end

    def _belongs_to_next(self, place: int) -> bool:
        """Whether the label at ``place`` leads the next names: 图 in 甲/文、图/乙."""
        behind = self._atoms[place + 1 : place + 2]
        return bool(self._names) and bool(behind) and behind[0].text in _JOINS

    def _stands_behind(self, place: int, end: int) -> bool:
        first = self._atoms[place]
        if not self._names or first.is_office or not _BEHIND.fullmatch(first.text):
            return False
        after = self._atoms[end] if end < len(self._atoms) else None
        if after is None:
            return True
        if after.text in _JOINS:
            return False
        if self._atoms[place - 1].text in _JOINS:
            return True
        if after.roles or not self._is_name(after):
            return True
        explicit = bool(self._owner) and not self._owner <= OFFICES
        return not explicit and len(first.text) == _SHORT

    def _close_with(self, roles: frozenset[Role]) -> None:
        """A label behind names: theirs, and that of the offices right before that have none of their own."""
        self._flush()
        for at in range(self._open, len(self._credits)):
            credit = self._credits[at]
            kept = credit.roles - {Role.UNLABELLED} if Role.AUTHOR in roles else credit.roles - OFFICES
            self._credits[at] = replace(credit, roles=(kept - {Role.UNLABELLED}) | roles)
        self._open = len(self._credits)
        self._owner, self._office, self._word = frozenset(), None, ""

    def _flush(self) -> None:
        if self._names:
            roles = self._owner or frozenset({Role.UNLABELLED})
            self._credits.append(Credit(roles, tuple(self._names), self._office, self._word))
        self._names = []


def _atoms(folded: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    for match in _ATOM.finditer(folded):
        word, start = match.group(), match.start()
        joined = _JOINED_BEHIND.match(folded, match.end()) and len(word) > len("王文")
        if joined and word[-1] in "文图" and not _roles_of(word):
            # 王小明文/摄: only before another label is the last character one.
            cut = match.end() - 1
            atoms += [*_parts(word[:-1], start), _Atom(word[-1], cut, match.end(), _roles_of(word[-1]))]
        else:
            atoms += _parts(word, start)
    return atoms


def _parts(word: str, start: int) -> Sequence[_Atom]:
    """A word as atoms: 本报记者王小明摄 is an office, a name and a label."""
    end = start + len(word)
    of_all = _OF_ALL.match(word)
    if of_all and of_all.end() < len(word):
        return _parts(word[of_all.end() :], start + of_all.end())
    roles = _roles_of(word)
    if roles:
        return [_Atom(word, start, end, roles)]
    office = _GLUED_OFFICE.fullmatch(word)
    if office:
        cut = start + office.end("office")
        return [_Atom(office["office"], start, cut, _roles_of(office["office"])), *_parts(office["name"], cut)]
    behind = _GLUED_BEHIND.fullmatch(word)
    if behind and not _roles_of(behind["name"]):
        cut = start + behind.end("name")
        return [_Atom(behind["name"], start, cut), _Atom(behind["label"], cut, end, _roles_of(behind["label"]))]
    return [_Atom(word, start, end)]


def _roles_of(word: str) -> frozenset[Role]:
    word = _OF_THE_PAGE.sub("", word)
    return next((roles for pattern, roles in _LABELS if pattern.fullmatch(word)), frozenset())
