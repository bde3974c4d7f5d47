"""What somebody is whom only the credits of an article name: the office before the names (江城日报记者 甲 乙)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.credits.article_credits import credits_of
from rag.answer.credits.credit_lines import Credit
from rag.answer.credits.pictures import pictures_of
from rag.answer.reading import Finding, Support
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.text.folding import fold
from rag.types import Article, BlockKind, Span

SURE = 0.97
_ASKING = re.compile(
    r"(?:请问|文中的?|文章里的?|作者|记者|的|是|做|干|从事|担任|任|当|什么|啥|何许?|谁|哪位|身份|职务|职业|职位|头衔|工作|人|呢|啊|[?？。,，])+"
)


def find_post(focus: Focus, articles: Sequence[Article]) -> Finding | None:
    """The office of whom ``focus`` asks what somebody is; None for any other question.

    Who is named in the prose too is left to who reads that: it may say more, and of another of the same name.
    """
    if focus.kind is not AnswerKind.POSITION:
        return None
    for article in articles:
        for line, credit in _credits(article):
            if credit.office is not None and any(_is_asked(name, focus) for name in _names(article, credit)):
                if any(_is_asked(name, focus) and _is_in_prose(name, article) for name in _names(article, credit)):
                    return None
                span = credit.office
                support = (Support(article.id, line),)
                return Finding(article.text[span.start : span.end], span, support, SURE)
    return None


def _credits(article: Article) -> Iterator[tuple[Span, Credit]]:
    yield from credits_of(article)
    for picture in pictures_of(article):
        yield from ((picture.line, credit) for credit in picture.credits)


def _names(article: Article, credit: Credit) -> list[str]:
    """The names as a question writes them, without the space inside."""
    return ["".join(fold(article.text[name.start : name.end]).split()) for name in credit.names]


def _is_asked(name: str, focus: Focus) -> bool:
    before, found, after = focus.wording.partition(name)
    return bool(found) and all(not rest or _ASKING.fullmatch(rest) for rest in (before, after))


def _is_in_prose(name: str, article: Article) -> bool:
    return any(
        block.kind is BlockKind.PARAGRAPH and name in fold(article.text[block.start : block.end])
        for block in article.blocks
    )
