"""The parts of the chat page around the conversation: its head, the pane that shows an article, and its phrases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rag.serve.answer_html import PANE
from rag.serve.articles import quote_id
from rag.serve.markup import escape
from rag.serve.phrases import PHRASES
from rag.types import Article

_IN_SCRIPTS = (
    "copied",
    "not_copied",
    "shared",
    "thanks",
    "comment",
    "send",
    "skip",
    "not_sent",
    "lost",
    "retry",
    "close",
    "sources",
    "delete",
    "delete_sure",
    "keep",
    "deleted",
    "not_deleted",
)


def article_list(articles: Iterable[Article], language: str) -> str:
    """The head of the page: what this is, and the articles with their dates."""
    phrases = PHRASES[language]
    items = [f"<li>{_link(article)}{_date(article)}</li>" for article in articles]
    listed = f'<ul class="articles">{"".join(items)}</ul>' if items else f"<p>{escape(phrases['empty'])}</p>"
    return (
        f'<div class="juwen-head" lang="{"zh-CN" if language == "zh" else "en"}">'
        f"<h1>{escape(phrases['name'])}</h1><p>{escape(phrases['tagline'])}</p>{listed}</div>"
    )


def article_pane(articles: Sequence[Article], language: str) -> str:
    """The frame beside the conversation, or over it on a phone, with the first article; and what page.js says."""
    phrases = PHRASES[language]
    source = f' src="a/{escape(quote_id(articles[0].id))}"' if articles else ""
    said = escape(json.dumps({name: phrases[name] for name in _IN_SCRIPTS}, ensure_ascii=False))
    return (
        f'<section class="juwen-pane" aria-label="{escape(phrases["article"])}" data-phrases="{said}">'
        f'<div class="bar"><button type="button" data-action="close">{escape(phrases["close"])}</button></div>'
        f'<iframe name="{PANE}" title="{escape(phrases["article"])}"{source} loading="lazy"></iframe></section>'
    )


def _link(article: Article) -> str:
    return f'<a href="a/{escape(quote_id(article.id))}" target="{PANE}">{escape(article.title)}</a>'


def _date(article: Article) -> str:
    if article.published is None:
        return ""
    day = article.published.isoformat()
    return f' <time datetime="{day}">{day}</time>'
