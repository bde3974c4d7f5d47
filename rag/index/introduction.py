"""What an article begins with: there it says whom and which place it speaks of, for all that follows."""

from __future__ import annotations

from functools import lru_cache

from rag.types import Article, BlockKind

_ENOUGH = 60
"""Characters of the first paragraphs; a salutation alone says nothing."""


@lru_cache(maxsize=256)
def introduction(article: Article) -> str:
    """The title, the subtitle, the publisher and the first paragraph of ``article``, one a line.

    Where the first paragraph is a short one, the next ones up to 60 characters are taken as well.
    """
    lead: list[str] = []
    for block in article.blocks:
        if block.kind is BlockKind.PARAGRAPH and sum(map(len, lead)) < _ENOUGH:
            lead.append(article.text[block.start : block.end])
    return "\n".join((article.title, article.subtitle, article.publisher, *lead))
