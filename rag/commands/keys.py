"""``juwen keys``: who may use the API."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.state.keys import ApiKeys

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys of the API.")


@contextlib.contextmanager
def _api_keys() -> Iterator[ApiKeys]:
    from rag.settings import load_settings
    from rag.state.database import Database
    from rag.state.keys import ApiKeys

    with Database.open(load_settings().database_url.get_secret_value()) as database:
        yield ApiKeys(database)


@app.command()
def add(name: Annotated[str, typer.Argument(help="Who the key is for.")]) -> None:
    """Make a key and show it, once."""
    with _api_keys() as keys:
        key = keys.add(name)
    typer.echo(key)
    typer.echo("Keep it now: it cannot be shown again.", err=True)


@app.command("list")
def show() -> None:
    """List all keys by name; none of them can be shown itself."""
    with _api_keys() as keys:
        records = keys.records()
    if not records:
        typer.echo("There are no keys; `juwen keys add NAME` makes one.", err=True)
    for record in records:
        revoked = f"  revoked {record.revoked:%Y-%m-%d %H:%M} UTC" if record.revoked else ""
        typer.echo(f"{record.name}  made {record.made:%Y-%m-%d %H:%M} UTC{revoked}")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="The name the key was made with.")]) -> None:
    """Make a key worthless, at once and for good."""
    with _api_keys() as keys:
        keys.revoke(name)
    typer.echo(f"The key {name} is revoked.", err=True)
