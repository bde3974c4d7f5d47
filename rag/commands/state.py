"""``juwen export | report | forget``: what is kept of visitors, for the publisher."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.settings import Settings
    from rag.state.database import Database

app = typer.Typer()


@contextlib.contextmanager
def open_database() -> Iterator[tuple[Database, Settings]]:
    """The database of the present settings, and the settings."""
    from rag.settings import load_settings
    from rag.state.database import Database

    settings = load_settings()
    with Database.open(settings.database_url.get_secret_value()) as database:
        yield database, settings


@app.command()
def export(
    to: Annotated[Path | None, typer.Option(help="File to write, readable by you alone; else standard output.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out what is older than this day.")
    ] = None,
) -> None:
    """Write conversations and feedback as JSON, one object a line."""
    from rag.state.export import exported

    with contextlib.ExitStack() as stack:
        database, _ = stack.enter_context(open_database())
        file = None if to is None else stack.enter_context(open(to, "w", encoding="utf-8", opener=_for_the_owner))
        for row in exported(database, since and since.astimezone()):
            typer.echo(json.dumps(row, ensure_ascii=False), file=file)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@app.command()
def report(
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days back.")] = 30,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many questions each list has at most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what readers asked, what was refused, and what was disliked."""
    import dataclasses
    from datetime import timedelta

    from rag.state.report import make_report

    # Whole days: from midnight, today among them.
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    with open_database() as (database, settings):
        made = make_report(database, today - timedelta(days=days - 1), most)
    if as_json:
        plain = dataclasses.asdict(made)
        plain["since"] = made.since.isoformat()
        plain["days"] = {day.isoformat(): counts for day, counts in made.days.items()}
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from rag.terminal_report import report_tables

    console = Console()
    for part in report_tables(made, settings.public_url):
        console.print(part)


@app.command()
def forget(
    channel: Annotated[str, typer.Option(help="Where the visitor came from: page, api, mp or wecom.")],
    conversation: Annotated[str, typer.Option(help="The visitor's conversation, as `juwen export` names it.")],
) -> None:
    """Delete all that is kept of one visitor's conversation."""
    from rag.state.conversations import Asker, forget_visitor

    with open_database() as (database, _):
        deleted = forget_visitor(database, Asker(channel, conversation))
    typer.echo(f"{deleted} questions, votes and messages are deleted")
