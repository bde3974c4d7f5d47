"""Articles as ``/openapi.json`` describes them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from rag.types import BlockKind


class ArticleSummary(BaseModel):
    """An article without its text."""

    id: str = Field(description="names it in every address", examples=["bridges"])
    title: str = Field(examples=["河西的桥"])
    subtitle: str
    authors: list[str]
    publisher: str
    published: str | None = Field(description="as YYYY-MM-DD; null where nothing says it", examples=["2024-05-01"])
    source: str = Field(description="where it comes from, mostly an address")
    characters: int = Field(description="length of its text, in code points")
    url: str = Field(description="its page on this server; #12-40 after it highlights a slice", examples=["/a/bridges"])


class ArticleList(BaseModel):
    """All articles of the present index."""

    index_version: str = Field(description="changes with every index that is taken up")
    articles: list[ArticleSummary]


class BlockBody(BaseModel):
    """A title, heading, paragraph, caption …: `text[start:end]` of the article."""

    kind: BlockKind
    start: int
    end: int = Field(description="exclusive")
    section: str = Field(description="the heading that it stands under; empty before the first")


class ArticleBody(ArticleSummary):
    """An article with its text."""

    text: str = Field(description="its layout repaired; all offsets count characters (code points) here")
    blocks: list[BlockBody] = Field(description="in order, without overlap; between them is white space")
