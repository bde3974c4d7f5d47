"""Who wrote, edited and checked an article, where and when it came out: from its bylines and brackets in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.credits.credit_lines import OFFICES, PICTURE_ROLES, Credit, count_names, read_credits
from rag.question.asked_credit import Role
from rag.text.dates import find_times
from rag.text.folding import fold
from rag.text.sentences import split_sentences
from rag.types import Article, Block, BlockKind, Span

_AT_THE_EDGE = 6
_LONGEST_LINE = 80
# 本报讯（记者 甲 通讯员 乙）, （记者 甲）, （责任编辑：甲） at the beginning or the end of a paragraph.
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{2,50})[）)]")
_IN_BRACKET = re.compile(
    r".{0,12}?(?:记者|通讯员|实习生|评论员|撰稿人?|作者|采写|撰文|文|编辑|责编|校对|审核|来源|编译)(?:[\s/／|｜:：、]|[\u4e00-\u9fff])"
)
_DATELINE = re.compile(
    r"(?P<agency>[\w]{2,8}?(?:社|网|报|台|刊))?(?:讯)?[\w·]{0,10}?(?P<date>\d{1,2}月\d{1,2}日)(?:电|讯|消息|报道)"
)
_AGENCY = re.compile(r"(?P<agency>(?!本)[\w]{1,7}(?:社|网|报))[\w·]{0,10}?(?:\d{1,2}月\d{1,2}日)?[电讯](?=[\s（(:：])")
_GENERIC = re.compile(
    r"(?:本报|本刊|本网|本台|本社|特约|首席|特派|全媒体|融媒体?|实习|见习|驻.{2,4}|文字|采访|通讯员|记者|评论员|实习生|观察员|青年|首席)+$"
)
_FULL_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_WRITTEN = re.compile(r"写|成文|成稿")
_OCCASION = re.compile(
    r"[—–\-\s]*(?:写|作|成稿)[在于](?P<when>[^，,。；;]{2,40}?(?:之际|前夕|之[时夜前后初日]|[前后时]|周年|节|\d[日月年]))[。！!\s]*"
)
_STAGE = re.compile(r"[一二三1-3初复终][审校](?![校读])")
_STAGES = ("一1初", "二2复", "三3终")
_BETWEEN_CREDITS = re.compile(r"[\s、，,/／|｜:：和与]*(?:[\w]{0,12}(?:记者|通讯员|实习生|评论员))?[\s、，,/／|｜:：]*")


@dataclass(frozen=True, slots=True)
class Told:
    """A slice of an article that says what was asked, the line that it stands in, and how many it names."""

    span: Span
    line: Span
    count: int = 1


def tell(article: Article, role: Role, wording: str = "") -> list[Told]:
    """What the credits of ``article`` say of ``role``, best first; empty where they say nothing.

    ``wording`` is the folded question: who asks for the third of three reviewers gets no other.
    Who wrote it is told by 作者 and 文, else by the reporters and correspondents, else by a byline that is but a name.
    """
    if role is Role.PUBLISHED:
        occasion = list(_occasion(article)) if _WRITTEN.search(wording) else []
        return occasion or list(_dates(article))
    lines = credits_of(article)
    if role is Role.SOURCE:
        stated = [_told(article, line, [credit]) for line, credit in lines if role in credit.roles]
        return stated or list(_agencies(article, lines))
    if role is Role.AUTHOR:
        return _authors(article, lines)
    stage = _stage(wording)
    held = [(line, credit) for line, credit in lines if role in credit.roles]
    found = _grouped(article, [(line, credit) for line, credit in held if stage in ("", _stage(credit.label))])
    return found or (_authors(article, lines) if role is Role.REPORTER else [])


def _stage(label: str) -> str:
    """Which round of checking a label names (三审 and 终审 alike), "" where none."""
    match = _STAGE.search(label)
    if match is None:
        return ""
    return next((str(number) for number, marks in enumerate(_STAGES, 1) if match.group()[0] in marks), "")


def credits_of(article: Article) -> list[tuple[Span, Credit]]:
    """The credits of an article, each with the line that it stands in."""
    return [(line, credit) for line in _lines(article) for credit in _of_line(article, line)]


def credit_lines(article: Article) -> list[Span]:
    """The bylines of an article, and the brackets of its text that credit somebody."""
    return _lines(article)


def _authors(article: Article, lines: Sequence[tuple[Span, Credit]]) -> list[Told]:
    for wanted in ({Role.AUTHOR}, OFFICES, {Role.UNLABELLED}):
        found = _grouped(article, [(line, credit) for line, credit in lines if credit.roles & wanted])
        if found:
            return found
    return _named_in_front(article)


def _grouped(article: Article, lines: Sequence[tuple[Span, Credit]]) -> list[Told]:
    """The credits of each line as one slice, as far as nothing but offices stands between them."""
    groups: list[tuple[Span, list[Credit]]] = []
    for line, credit in lines:
        last = groups[-1] if groups else None
        if last is not None and last[0] == line:
            between = article.text[last[1][-1].span.end : credit.span.start]
            if _BETWEEN_CREDITS.fullmatch(between):
                last[1].append(credit)
                continue
        groups.append((line, [credit]))
    return [_told(article, line, group) for line, group in groups]


def _told(article: Article, line: Span, group: Sequence[Credit]) -> Told:
    span = Span(group[0].span.start, group[-1].span.end)
    return Told(span, _sentence(article, line), sum(count_names(article.text, credit) for credit in group))


def _sentence(article: Article, line: Span) -> Span:
    """The sentence around ``line`` where it stands in a paragraph, else the line."""
    block = article.block_at(line.start)
    if block is None or block.span == line:
        return line
    sentences = split_sentences(article.text[block.start : block.end], block.start)
    return next((span for span in sentences if span.covers(line)), line)


def _lines(article: Article) -> list[Span]:
    blocks = article.blocks
    found = []
    for place, block in enumerate(blocks):
        edge = place < _AT_THE_EDGE or place >= len(blocks) - _AT_THE_EDGE
        if block.kind is BlockKind.BYLINE or (edge and _is_line_of_credits(article, block)):
            found.append(block.span)
        elif block.kind is BlockKind.PARAGRAPH and edge:
            found += _brackets(article, block)
    return found


def _is_line_of_credits(article: Article, block: Block) -> bool:
    """Whether a short line that was taken for body is nothing but labelled credits."""
    text = article.text[block.start : block.end]
    if len(text) > _LONGEST_LINE:
        return False
    if block.kind is BlockKind.CAPTION:
        # 本报记者 王小明 文/图 is both.
        return any(Role.AUTHOR in credit.roles and credit.roles & PICTURE_ROLES for credit in read_credits(text))
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return False
    marked = re.match(r"[（(]?[\w\s]{1,8}[:：/／|｜丨]", text)
    found = read_credits(text) if marked else []
    not_here = PICTURE_ROLES | {Role.UNLABELLED}
    return bool(found) and not any(credit.roles & not_here for credit in found)


def _brackets(article: Article, block: Block) -> Iterator[Span]:
    text = article.text[block.start : block.end]
    for bracket in _BRACKET.finditer(text):
        opens = bracket.start() <= 24 and not re.search(r"[。！？；，,]", text[: bracket.start()])
        closes = not text[bracket.end() :].strip("。 \n")
        inside = Span(block.start + bracket.start("inside"), block.start + bracket.end("inside"))
        if (opens or closes) and _IN_BRACKET.match(bracket["inside"]):
            yield inside


def _of_line(article: Article, line: Span) -> list[Credit]:
    block = article.block_at(line.start)
    in_text = block is not None and block.kind is not BlockKind.BYLINE
    found = []
    for credit in read_credits(article.text[line.start : line.end]):
        if in_text and Role.UNLABELLED in credit.roles:
            continue
        found.append(credit.moved(line.start))
    return found


def _named_in_front(article: Article) -> list[Told]:
    """The authors of the front matter where a line of the article holds nothing but their names."""
    bare = ["".join(author.split()) for author in article.authors]
    for block in article.blocks:
        text = article.text[block.start : block.end]
        if bare and "".join(re.split(r"[\s、，,□■◆●○]+", text)) == "".join(bare):
            start = block.start + len(text) - len(text.lstrip("□■◆●○ \u3000"))
            return [Told(Span(start, block.end), block.span, len(bare))]
    return []


def _agencies(article: Article, lines: Sequence[tuple[Span, Credit]]) -> Iterator[Told]:
    """The newspaper or agency whose reporter wrote it (江淮日报记者), or that stands before the dateline."""
    for line, credit in lines:
        if credit.office is None:
            continue
        office = article.text[credit.office.start : credit.office.end]
        name = _GENERIC.sub("", office)
        if len(name) >= 2:
            yield Told(Span(credit.office.start, credit.office.start + len(name)), _sentence(article, line))
    for block in _opening_paragraphs(article):
        match = _AGENCY.match(fold(article.text[block.start : block.end]))
        if match:
            span = Span(block.start + match.start("agency"), block.start + match.end("agency"))
            yield Told(span, _sentence(article, span))


def _opening_paragraphs(article: Article) -> list[Block]:
    return [block for block in article.blocks if block.kind is BlockKind.PARAGRAPH][:1]


def _dates(article: Article) -> Iterator[Told]:
    """The date in a byline (2025年3月1日 08:30), or else that of the dateline (新华社杭州3月5日电)."""
    for line in _lines(article):
        text = article.text[line.start : line.end]
        for time in find_times(text, article.published):
            labelled = re.search(r"(?:发布|发表|刊发|发稿)[^，。]{0,6}$", text[: time.start])
            if time.period is not None and time.period.is_point and (labelled or _FULL_DATE.search(time.text)):
                yield Told(Span(line.start + time.start, line.start + time.end), _sentence(article, line))
    for block in _opening_paragraphs(article):
        match = _DATELINE.match(fold(article.text[block.start : block.end]))
        if match:
            span = Span(block.start + match.start("date"), block.start + match.end("date"))
            yield Told(span, _sentence(article, span))


def _occasion(article: Article) -> Iterator[Told]:
    """When an article was written, as its subtitle says: 写在大桥合龙之际."""
    for block in article.blocks:
        match = _OCCASION.fullmatch(article.text, block.start, block.end) if block.kind is BlockKind.SUBTITLE else None
        if match:
            yield Told(Span(match.start("when"), match.end("when")), block.span)
