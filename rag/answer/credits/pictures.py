"""The pictures of an article, as its captions tell of them: what each shows, and whom it is credited to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.credits.credit_lines import PICTURE_ROLES, Credit, count_names, read_credits
from rag.question.asked_credit import Role
from rag.question.surnames import looks_like_person
from rag.text.folding import fold
from rag.types import Article, Block, BlockKind, Span

_LABEL = re.compile(
    r"(?:(?<=[。；;！!\s])|^)[（(]?(?P<label>图\s*(?:[①-⑳]|\d{1,2}|[一二三四五六七八九])|[左右上下中大小题头]图|[左右上下中])"
    r"(?P<mark>[）)]\s*(?:[:：为])?|\s*(?:[:：为]|[.、](?!\d)|\s))"
)
_LEAD = re.compile(
    r"(?:[▲△▼▽■□◆●]|\s)*(?:(?:图片说明|图说|图注|配图|图|以上图|上图)\s*[:：]|(?:图为|图中为|这是|照片为)[:：]?)?(?:[▲△▼▽]|\s)*"
)
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{1,40})[）)]\s*。?\s*$")
_LEADING = re.compile(
    r"(?:摄影|图片来源|图源|供图|图片|图)\s*[:：/／|｜]\s*[\w·•“”]{2,20}(?=[\s。；;，,]|$)[\s。；;，,]*"
)
_AGENCY = re.compile(r"(?:(?<=[。！？!?”\s])|^)\s*[\w]{2,8}发\s*。?\s*$")
_STOCK = re.compile(r"资料图?片?|资料照片|示意图|效果图|视频截图|截图|图文无关|网络图片?")
_OF_ALL = re.compile(r"本版|本文|文中|均|全部|除署名|所有")
_ENDING = "。！？!?；;…"
_LONGEST_TAIL = 40
_LONGEST_LINE = 100
_NAME_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: ``shown`` is where the article says what it shows (without its credit), ``line`` the whole caption.

    ``label`` is what tells it from its neighbours (图①, 左图), "" where nothing does. All spans are in the article.
    """

    article: Article
    line: Span
    shown: Span
    label: str
    credits: tuple[Credit, ...]

    @property
    def text(self) -> str:
        """What the picture shows, as the article says it."""
        return self.article.text[self.shown.start : self.shown.end]

    def names_of(self, role: Role) -> Span | None:
        """The names that the picture is credited to in ``role``, or None."""
        return next((credit.span for credit in self.credits if role in credit.roles), None)


def pictures_of(article: Article) -> list[Picture]:
    """The pictures of ``article`` in order; a line that only credits belongs to the picture beside it."""
    pictures: list[Picture] = []
    pending: tuple[Credit, ...] = ()
    for place, block in enumerate(article.blocks):
        if block.kind is not BlockKind.CAPTION or _is_of_all(article, place):
            continue
        found = list(_read_caption(article, block))
        if len(found) > 1 or found[0].shown.length:
            if pending and not found[0].credits:
                found[0] = replace(found[0], credits=pending)
            pending = ()
            pictures += found
            continue
        run = _uncredited_above(pictures, article, place)
        line = None if run else _line_before(article, place)
        for at in run:
            line_of_it = Span(pictures[at].line.start, block.end) if at == run[-1] else pictures[at].line
            pictures[at] = replace(pictures[at], credits=found[0].credits, line=line_of_it)
        if line is not None:
            pictures.append(Picture(article, Span(line.start, block.end), line, "", found[0].credits))
        elif not run:
            pending = found[0].credits
    return pictures


def _uncredited_above(pictures: Sequence[Picture], article: Article, place: int) -> list[int]:
    """The pictures right above the block at ``place`` that nobody is credited with: 图①…, 图②…, and below 甲 摄."""
    run: list[int] = []
    for at in reversed(range(len(pictures))):
        place -= pictures[at].line.end == article.blocks[place - 1].end
        beside = pictures[at].line.end == article.blocks[place].end
        if pictures[at].credits or not beside or (run and not (pictures[at].label and pictures[run[0]].label)):
            break
        run.insert(0, at)
    return run


def _is_of_all(article: Article, place: int) -> bool:
    """Whether the caption at ``place`` credits all pictures: it says so, or it stands among the bylines."""
    block = article.blocks[place]
    text = article.text[block.start : block.end]
    if _OF_ALL.search(text):
        return True
    found = list(_read_caption(article, block))
    if len(found) > 1 or found[0].shown.length:
        return False
    if any(Role.AUTHOR in credit.roles for credit in found[0].credits):
        return True
    beside = {other.kind for other in article.blocks[max(0, place - 1) : place + 2]}
    return bool(_LEADING.match(text)) and BlockKind.BYLINE in beside


def credited_for_all(article: Article) -> list[Credit]:
    """The credits of the article's pictures that its byline gives, or a line about all of them: 文/甲 图/乙."""
    found: list[Credit] = []
    for place, block in enumerate(article.blocks):
        text = article.text[block.start : block.end]
        if block.kind is BlockKind.BYLINE or (block.kind is BlockKind.CAPTION and _is_of_all(article, place)):
            found += [credit.moved(block.start) for credit in read_credits(text) if credit.roles & PICTURE_ROLES]
    return found


def _line_before(article: Article, place: int) -> Span | None:
    """The short line above a bare credit, which says what the picture shows."""
    above = article.blocks[place - 1] if place else None
    if above is None or above.kind is not BlockKind.PARAGRAPH or above.span.length > _LONGEST_LINE:
        return None
    return Span(above.start, above.start + len(article.text[above.start : above.end].rstrip(_ENDING)))


def _read_caption(article: Article, block: Block) -> Iterator[Picture]:
    text = article.text[block.start : block.end]
    labels = [match for match in _LABEL.finditer(text) if _is_label(match)]
    borders = [match.start() for match in labels] or [0]
    if borders[0] and text[: borders[0]].strip():
        borders = [0, *borders]
    pieces = [
        _read_piece(text, Span(start, end), labels)
        for start, end in zip(borders, [*borders[1:], len(text)], strict=True)
    ]
    # One credit at the end of several pictures is that of all of them.
    last = pieces[-1][2]
    for shown, label, given in pieces:
        own = given or (last if len(pieces) > 1 else ())
        yield Picture(
            article,
            block.span,
            Span(block.start + shown.start, block.start + shown.end),
            label,
            tuple(credit.moved(block.start) for credit in own),
        )


def _is_label(match: re.Match[str]) -> bool:
    return len(match["label"]) > 1 or match["mark"].strip(" ）)") in (":", "：")


def _read_piece(text: str, span: Span, labels: Sequence[re.Match[str]]) -> tuple[Span, str, tuple[Credit, ...]]:
    label = next((match for match in labels if match.start() == span.start), None)
    start = label.end() if label else span.start
    start += len(_match_text(_LEAD, text[start : span.end]))
    given: list[Credit] = []
    leading = _LEADING.match(text, start, span.end)
    if leading and not label:
        given += [credit.moved(leading.start()) for credit in read_credits(leading.group())]
        start = leading.end()
    elif not label and start > span.start:
        # 图：王小明 is a credit and no description where nothing else follows.
        whole = read_credits(text[span.start : span.end])
        rest = text[start : span.end].strip()
        if len(whole) == 1 and whole[0].roles & PICTURE_ROLES and rest == _words(text, whole[0]):
            return Span(span.end, span.end), "", tuple(whole)
    end, trailing = _cut_credits(text, Span(start, span.end))
    shown = Span(min(start, end), end)
    return shown, "".join(fold(label["label"]).split()) if label else "", (*given, *trailing)


def _words(text: str, credit: Credit) -> str:
    return text[credit.span.start : credit.span.end]


def _cut_credits(text: str, span: Span) -> tuple[int, list[Credit]]:
    """Where the description ends in ``span``, and the credits behind it."""
    given: list[Credit] = []
    end = span.end
    while True:
        cut, found = _last_credit(text, Span(span.start, end))
        if cut is None:
            break
        end, given = cut, [*found, *given]
    agency = _AGENCY.search(text[span.start : end]) if given else None
    if agency:
        end = span.start + agency.start()
    words = text[span.start : end].rstrip(" \t\u3000" + _ENDING + ",，")
    return span.start + len(words), given


def _last_credit(text: str, span: Span) -> tuple[int | None, list[Credit]]:
    words = text[span.start : span.end]
    bracket = _BRACKET.search(words)
    if bracket:
        inside = bracket["inside"]
        found = [credit.moved(span.start + bracket.start("inside")) for credit in _picture_credits(inside, loose=True)]
        if found or _STOCK.search(inside):
            return span.start + bracket.start(), found
    if re.search(rf"(?:^|[{_ENDING}\s])(?:{_STOCK.pattern})\s*。?$", words):
        return span.start + len(re.sub(rf"(?:{_STOCK.pattern})\s*。?$", "", words)), []
    for at, loose in _tails(words):
        tail = words[at:].rstrip(" 。")
        found = _picture_credits(tail, loose=loose)
        if found:
            return span.start + at, [credit.moved(span.start + at) for credit in found]
    return None, []


def _tails(words: str) -> Iterator[tuple[int, bool]]:
    """Where a credit at the end may begin: behind a sentence, at the very start, or behind a space.

    Behind a space or a comma it must name somebody with a surname; else 稻田丰收 would be a name.
    """
    bare = words.rstrip(" 。")
    ends = [match.end() for match in re.finditer(rf"[{_ENDING}][”’」』）)]?\s*", bare)]
    if ends and len(bare) - ends[-1] <= _LONGEST_TAIL:
        yield ends[-1], True
    spaces = [match.end() for match in re.finditer(r"[\s，,”）)]+", bare)]
    opening = read_credits(bare)[:1] if len(bare) <= _LONGEST_TAIL else []
    if opening and opening[0].office is not None and opening[0].office.start == 0:
        yield 0, True
    yield from ((at, False) for at in spaces if len(bare) - at <= _LONGEST_TAIL)
    yield 0, len(bare) <= _LONGEST_TAIL and not spaces
    yield from ((at, True) for at in reversed(spaces) if len(bare) - at <= _LONGEST_TAIL)


def _picture_credits(tail: str, *, loose: bool) -> list[Credit]:
    """The credits that all of ``tail`` is made of, if it is."""
    found = read_credits(tail)
    if not found or not all(credit.roles & PICTURE_ROLES for credit in found):
        return []
    for credit in found:
        names = [fold(tail[name.start : name.end]) for name in credit.names]
        if any(re.search(r"\d", name) for name in names):
            return []  # 3月5日摄
        person = Role.PHOTOGRAPHER in credit.roles
        if person and not loose and not all(looks_like_person(name) or not _is_han(name) for name in names):
            return []
        led = bool(re.match(r"(?:图|摄|供|制|photo)", fold(tail)))
        long = any(len(name) > _NAME_LENGTH and _is_han(name) for name in names)
        if person and not led and long and count_names(tail, credit) == len(names):
            return []
    return found


def _is_han(name: str) -> bool:
    return bool(re.fullmatch(r"[\u4e00-\u9fff]+", name))


def _match_text(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match.group() if match else ""
