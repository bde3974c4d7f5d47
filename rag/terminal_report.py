"""How a report on the conversations looks in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rag.state.question_groups import QuestionGroup
from rag.state.report import Dislike, Report


def report_tables(report: Report, public_url: str = "") -> Iterator[RenderableType]:
    """The parts of ``report``, to be printed one below the other.

    Args:
        report: what was asked.
        public_url: the address under which visitors reach the server, for the links; empty: links stay as they are.
    """
    yield _by_day(report)
    yield _by_status(report)
    yield _questions("asked most", report.asked)
    yield _questions("refused: what the articles lack", report.refused)
    if report.refused_words:
        words = ", ".join(f"{plain(word)} {count}" for word, count in report.refused_words.items())
        yield Text(f"words that these have in common: {words}\n")
    yield _disliked(report, public_url)


def plain(text: str) -> str:
    r"""One line of ``text`` that visitors wrote, without the characters that would command a terminal.

    Example:
        >>> plain("桥\n\x1b[31m几座\u202e")
        '桥 [31m几座'
    """
    kept = (" " if character.isspace() else character for character in text)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in {"Cc", "Cf", "Cs"}).split())


def _by_day(report: Report) -> RenderableType:
    channels = sorted({channel for counts in report.days.values() for channel in counts})
    table = _table("day", *channels, "all")
    for day, counts in report.days.items():
        figures = [*(counts.get(channel, 0) for channel in channels), sum(counts.values())]
        table.add_row(day.isoformat(), *map(str, figures))
    return _under(f"{report.questions} questions since {report.since.date().isoformat()}", table)


def _by_status(report: Report) -> RenderableType:
    table = _table("answer", "questions", "%")
    for status, count in report.statuses.items():
        table.add_row(status, str(count), f"{100 * count / report.questions:.1f}")
    if report.confidence is None:
        return _under("how they were answered", table)
    return _under(f"how they were answered (median confidence {report.confidence:.2f})", table)


def _questions(title: str, groups: Sequence[QuestionGroup]) -> RenderableType:
    table = _list("question")
    for group in groups:
        shown = Text(plain(group.question))
        for other in group.others:
            shown.append(f"\n{plain(other)}", style="dim")
        table.add_row(str(group.count), shown)
    return _under(title, table)


def _disliked(report: Report, public_url: str) -> RenderableType:
    table = _list("question, answer, comments, links")
    for dislike in report.disliked:
        table.add_row(str(dislike.votes), _dislike(dislike, public_url))
    return _under(f"disliked ({report.liked} votes were up)", table)


def _dislike(dislike: Dislike, public_url: str) -> Text:
    shown = Text(plain(dislike.question))
    shown.append(f"\n{plain(dislike.answer)}", style="dim")
    for comment in dislike.comments:
        shown.append(f"\n“{plain(comment)}”", style="bold")
    for source in dislike.sources:
        link = urljoin(f"{public_url.rstrip('/')}/", source.lstrip("/")) if public_url else source
        shown.append(f"\n{plain(link)}")
    return shown


def _under(title: str, table: Table) -> RenderableType:
    if not table.row_count:
        return Text(f"{title}: none\n")
    return Group(Text(title, style="bold"), table, Text())


def _list(what: str) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False)
    table.add_column("times", justify="right", no_wrap=True)
    table.add_column(what, overflow="fold")
    return table


def _table(first: str, *figures: str) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False)
    table.add_column(first, no_wrap=True)
    for figure in figures:
        table.add_column(figure, justify="right", no_wrap=True)
    return table
