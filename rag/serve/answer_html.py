"""An answer on the chat page: its words, how the question was read, and a card for each cited sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rag.answer.wording import quoted
from rag.serve.articles import quote_id
from rag.serve.marks import marks
from rag.serve.markup import escape
from rag.serve.phrases import PHRASES
from rag.types import Answer, Citation

PANE: Final = "juwen-article"
"""The name of the frame that shows an article; links to a citation aim at it."""

_PRESSED: Final = ' aria-pressed="false"'


def answer_html(answer: Answer, asked: str, language: str, conversation: str = "") -> str:
    """``answer`` to the question ``asked`` in ``conversation`` (its id), with what a visitor can do with it.

    Every [n] of a citation is a link to its slice of the article. What only comes close to a question that is refused
    is set apart.
    """
    phrases = PHRASES[language]
    lines, cited = _lines(answer), answer.citations
    # What a language model worded is whole sentences, no short answer.
    has_short = bool(lines and answer.short and answer.mode == "reader")
    parts = [f'<p class="short">{_with_links(lines[0], cited, phrases)}</p>'] if has_short else []
    parts += [f'<p class="words">{_with_links(line, cited, phrases)}</p>' for line in lines[len(parts) :]]
    if answer.formula is not None:
        badge = f'<span class="badge">{escape(phrases["computed"])}</span>'
        parts.append(f'<p class="formula">{badge} {escape(answer.formula)}</p>')
    parts += [f'<p class="note">{escape(note)}</p>' for note in answer.notes]
    for label, citations in (("sources", answer.citations), ("closest", answer.related)):
        if citations:
            parts.append(f'<p class="label">{escape(phrases[label])}</p>')
            parts.append(_list(_card(citation, answer.short, phrases["open"]) for citation in citations))
    if answer.status != "chitchat":
        parts.append(_actions(answer, phrases))
    return (
        f'<div class="juwen-answer {answer.status}" data-asked="{escape(asked)}" '
        f'data-understood="{escape(answer.question)}" data-conversation="{escape(conversation)}">{"".join(parts)}</div>'
    )


def link_to(citation: Citation) -> str:
    """The stable link of a citation, from the chat page: it also holds below a path of another site."""
    return f"a/{quote_id(citation.article_id)}#{citation.start}-{citation.end}"


def _lines(answer: Answer) -> list[str]:
    """The lines of the text, without those that a card below repeats: the cited sentence, the formula."""
    shown = [quoted(citation.quote) for citation in answer.citations]
    lines = [line for line in answer.text.split("\n") if line.strip() and line not in shown]
    if answer.formula is not None:
        lines = [line for line in lines if answer.formula not in line]
    return lines


def _with_links(line: str, citations: tuple[Citation, ...], phrases: Mapping[str, str]) -> str:
    done, parts = 0, []
    for mark in marks(line, citations):
        label = f"{phrases['source_number']} {mark.citation.number}"
        link = f'<a class="cite" href="{escape(link_to(mark.citation))}" target="{PANE}" aria-label="{escape(label)}">'
        parts += [escape(line[done : mark.start]), link, escape(line[mark.start : mark.end]), "</a>"]
        done = mark.end
    return "".join([*parts, escape(line[done:])])


def _list(cards: Iterable[str]) -> str:
    return f'<ol class="cards">{"".join(cards)}</ol>'


def _card(citation: Citation, short: str | None, open_phrase: str) -> str:
    place = " · ".join(part for part in (citation.title, citation.section) if part)
    return (
        f'<li><a href="{escape(link_to(citation))}" target="{PANE}">'
        f'<span class="place"><span class="number">{citation.number}</span>{escape(place)}</span>'
        f'<q>{_with_mark(citation.quote, short)}</q><span class="open">{escape(open_phrase)}</span></a></li>'
    )


def _with_mark(quote: str, short: str | None) -> str:
    before, found, after = quote.partition(short) if short else (quote, "", "")
    return f"{escape(before)}<b>{escape(found)}</b>{escape(after)}" if found else escape(quote)


def _actions(answer: Answer, phrases: Mapping[str, str]) -> str:
    """Buttons that page.js brings to life; a refusal has nothing to copy."""
    names = ["share", "up", "down"] if answer.status == "refused" else ["copy", "share", "up", "down"]
    buttons = "".join(
        f'<button type="button" data-action="{name}"{_PRESSED if name in ("up", "down") else ""}>'
        f"{escape(phrases[name])}</button>"
        for name in names
    )
    return f'<div class="actions">{buttons}</div>'
