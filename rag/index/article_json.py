"""An article as plain JSON, and back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rag.types import Article, Block, BlockKind


def article_to_json(article: Article) -> dict[str, Any]:
    """The article in plain JSON types."""
    return {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "content_hash": article.content_hash,
        "text": article.text,
        "blocks": [
            {"kind": block.kind.value, "start": block.start, "end": block.end, "section": block.section}
            for block in article.blocks
        ],
    }


def article_from_json(data: Mapping[str, Any]) -> Article:
    """The article that `article_to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: ``data`` is nothing that `article_to_json` writes.
    """
    return Article(
        id=data["id"],
        title=data["title"],
        subtitle=data["subtitle"],
        authors=tuple(data["authors"]),
        publisher=data["publisher"],
        source=data["source"],
        published=date.fromisoformat(data["published"]) if data["published"] is not None else None,
        content_hash=data["content_hash"],
        text=data["text"],
        blocks=tuple(
            Block(BlockKind(block["kind"]), block["start"], block["end"], block["section"]) for block in data["blocks"]
        ),
    )
