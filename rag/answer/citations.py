"""From the slices that a finding rests on to numbered citations with stable links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from rag.answer.reading import Support
from rag.types import Article, Citation


def citation_url(public_url: str, article_id: str, start: int, end: int) -> str:
    """The stable link that opens an article with one slice highlighted.

    Example:
        >>> citation_url("https://example.org", "expo-2025", 120, 145)
        'https://example.org/a/expo-2025#120-145'
    """
    return f"{public_url.rstrip('/')}/a/{quote(article_id, safe='')}#{start}-{end}"


def cite(
    support: Sequence[Support], articles: Mapping[str, Article], public_url: str, score: float
) -> tuple[Citation, ...]:
    """Numbered citations of ``support`` in its order, each slice once.

    Every citation is an exact slice: ``article.text[start:end] == quote``.
    """
    citations: list[Citation] = []
    for part in dict.fromkeys(support):
        article = articles[part.article_id]
        block = article.block_at(part.span.start)
        citations.append(
            Citation(
                number=len(citations) + 1,
                article_id=article.id,
                title=article.title,
                section=block.section if block else "",
                quote=article.text[part.span.start : part.span.end],
                start=part.span.start,
                end=part.span.end,
                url=citation_url(public_url, article.id, part.span.start, part.span.end),
                score=round(score, 4),
            )
        )
    return tuple(citations)
