"""What stands under an answer on the chat page, as HTML in which nothing from outside is ever markup.

`escape` writes every character with a meaning to HTML, Markdown, LaTeX or a template language as a character
reference, so the text stays text whichever of them the page's framework passes it through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rag.serve.articles import quote_id
from rag.serve.phrases import PHRASES
from rag.types import Answer, Article, Citation

# Letters, digits, spaces and most CJK punctuation mean nothing to any of them.
_SPEAKING: Final = re.compile(r"[^\w \u3000-\u303f\uff0c\uff1a\uff1b\uff01\uff1f（）“”‘’…—·、。，]|_")
_SAFE_LINK: Final = re.compile(r"(https?://[^\s]+|/[^/\\\s][^\s]*)\Z")


def escape(text: str) -> str:
    """Text as HTML that shows exactly it.

    Example:
        >>> escape("<b>$x$</b> [95万辆]")
        '&#60;b&#62;&#36;x&#36;&#60;&#47;b&#62; &#91;95万辆&#93;'
    """
    return _SPEAKING.sub(lambda match: f"&#{ord(match[0])};", text)


def safe_link(url: str) -> str | None:
    """``url`` where it leads to a web page or a place on this server, else None."""
    return url if _SAFE_LINK.match(url) else None


def answer_cards(answer: Answer, language: str) -> str:
    """How the question was read, the formula of a computed figure, and a card for each cited sentence.

    What only comes close to a question that is refused is set apart.
    """
    phrases = PHRASES[language]
    refused = answer.status == "refused"
    parts = []
    if answer.formula is not None:
        parts.append(
            f'<p class="formula"><span class="badge">{escape(phrases["computed"])}</span> {escape(answer.formula)}</p>'
        )
    parts.extend(f'<p class="note">{escape(note)}</p>' for note in answer.notes)
    for label, citations in (("sources", answer.citations), ("closest", answer.related)):
        if citations:
            parts.append(f'<p class="label">{escape(phrases[label])}</p>')
            parts.append(_list(_card(citation, answer.short, phrases["open"]) for citation in citations))
    # A refusal is marked as one even with nothing below it: the style sheet makes its text look like one.
    return f'<div class="juwen-cards {answer.status}">{"".join(parts)}</div>' if parts or refused else ""


def article_list(articles: Iterable[Article], language: str) -> str:
    """The head of the page: what this is, and the articles with their dates."""
    phrases = PHRASES[language]
    items = [
        f'<li><a href="/a/{escape(quote_id(article.id))}" target="_blank" rel="noopener">{escape(article.title)}</a>'
        f"{_date(article)}</li>"
        for article in articles
    ]
    listed = f'<ul class="articles">{"".join(items)}</ul>' if items else f"<p>{escape(phrases['empty'])}</p>"
    return (
        f'<div class="juwen-head"><h1>{escape(phrases["name"])}</h1><p>{escape(phrases["tagline"])}</p>{listed}</div>'
    )


def _list(cards: Iterable[str]) -> str:
    return f'<ol class="cards">{"".join(cards)}</ol>'


def _card(citation: Citation, short: str | None, open_phrase: str) -> str:
    place = " · ".join(part for part in (citation.title, citation.section) if part)
    inside = (
        f'<span class="place"><span class="number">{citation.number}</span>{escape(place)}</span>'
        f"<q>{_with_mark(citation.quote, short)}</q>"
    )
    link = safe_link(citation.url)
    if link is None:
        return f"<li>{inside}</li>"
    return (
        f'<li><a href="{escape(link)}" target="_blank" rel="noopener">{inside}'
        f'<span class="open">{escape(open_phrase)}</span></a></li>'
    )


def _with_mark(quote: str, short: str | None) -> str:
    before, found, after = quote.partition(short) if short else (quote, "", "")
    return f"{escape(before)}<b>{escape(found)}</b>{escape(after)}" if found else escape(quote)


def _date(article: Article) -> str:
    if article.published is None:
        return ""
    day = article.published.isoformat()
    return f' <time datetime="{day}">{day}</time>'
