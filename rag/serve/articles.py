"""The articles over HTTP: their list, and the page that a citation links to."""

from __future__ import annotations

import pathlib
from typing import Any, Final
from urllib.parse import quote

import jinja2
from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from rag.serve.article_schema import ArticleBody, ArticleList
from rag.serve.backend import Backend
from rag.serve.documentation import KEYS, NO_KEY_NEEDED, error_responses
from rag.serve.envelope import ApiError
from rag.serve.phrases import PHRASES, preferred_language
from rag.serve.security import page_headers
from rag.types import Article, BlockKind

STATIC_PATH: Final = "/juwen"
_HERE = pathlib.Path(__file__).parent
_TAGS: Final = {
    BlockKind.TITLE: "h1",
    BlockKind.SUBTITLE: "p",
    BlockKind.BYLINE: "p",
    BlockKind.HEADING: "h2",
    BlockKind.PARAGRAPH: "p",
    BlockKind.CAPTION: "figcaption",
}
_templates = jinja2.Environment(loader=jinja2.FileSystemLoader(_HERE / "templates"), autoescape=True)


def articles_router(chatbot: Backend, *, has_page: bool, embed_sites: str) -> APIRouter:
    """The routes of articles.

    Args:
        chatbot: holds the articles.
        has_page: whether there is a chat page to link back to.
        embed_sites: whose pages may hold an article in a frame.
    """
    router = APIRouter(tags=["Articles"], dependencies=[KEYS])
    own_headers = page_headers(embed_sites)
    example = next(iter(chatbot.articles), "bridges")
    named: Any = Path(description="as the list of articles names it; it may hold slashes", examples=[example])

    @router.get("/api/articles", response_model=ArticleList, responses=error_responses(), openapi_extra=NO_KEY_NEEDED)
    def list_articles() -> dict[str, Any]:
        """The articles that answers come from, without their texts."""
        articles = chatbot.articles.values()
        return {"index_version": chatbot.index_version, "articles": [describe(article) for article in articles]}

    @router.get(
        "/api/articles/{article_id:path}",
        response_model=ArticleBody,
        responses=error_responses(404),
        openapi_extra=NO_KEY_NEEDED,
    )
    def show_article(article_id: str = named) -> dict[str, Any]:
        """One article, with its text, layout repaired, and its blocks.

        Offsets count characters (code points): `text[start:end]` is what a citation quotes, or what a block holds.
        """
        article = chatbot.articles.get(article_id)
        if article is None:
            message = f"there is no article {article_id[:100]!r}; GET /api/articles lists them"
            raise ApiError(404, "article_not_found", message, param="article_id")
        blocks = [
            {"kind": block.kind.value, "start": block.start, "end": block.end, "section": block.section}
            for block in article.blocks
        ]
        return {**describe(article), "text": article.text, "blocks": blocks}

    @router.api_route("/a/{article_id:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def article_page(article_id: str, request: Request) -> HTMLResponse:
        """An article, with the slices that the link's fragment names (``#12-40,80-95``) highlighted."""
        article = chatbot.articles.get(article_id)
        # Relative, so that the page also works below a path of a site that passes requests on.
        root = "../" * (request.scope["raw_path"].count(b"/") - 1)
        language = preferred_language(request.headers.get("accept-language", ""))
        html = render(article, root=root, language=language, has_page=has_page)
        headers = {**own_headers, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return HTMLResponse(html, status_code=200 if article else 404, headers=headers)

    return router


def describe(article: Article) -> dict[str, Any]:
    """What a list of articles says of one."""
    return {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "characters": len(article.text),
        "url": f"/a/{quote_id(article.id)}",
    }


def quote_id(article_id: str) -> str:
    """An article's id as one segment of a path."""
    return quote(article_id, safe="")


def render(article: Article | None, *, root: str, language: str, has_page: bool) -> str:
    """The HTML of an article's page, or of the page that says that there is no such article.

    Every block carries where it starts in the article's text, and holds exactly that text: the script that
    highlights counts characters.
    """
    blocks = []
    if article is not None:
        blocks = [
            {
                "tag": _TAGS[block.kind],
                "kind": block.kind.value,
                "start": block.start,
                "text": article.text[block.start : block.end],
            }
            for block in article.blocks
        ]
    return _templates.get_template("article.html").render(
        article=article,
        blocks=blocks,
        titled=any(block["kind"] == BlockKind.TITLE.value for block in blocks),
        root=root,
        phrases=PHRASES[language],
        language=language,
        has_page=has_page,
    )


def static_files() -> StaticFiles:
    """The style sheets and scripts of our own pages, and the script that puts the chat on other pages."""
    return StaticFiles(directory=_HERE / "static")
