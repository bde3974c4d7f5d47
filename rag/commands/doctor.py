"""``juwen doctor``: whether everything works as it is set, and what to do where it does not."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.command()
def doctor() -> None:
    """Check settings, articles, index, database and language model; say what is wrong and what to do."""
    from rag.diagnosis import diagnose

    well = True
    for finding in diagnose():
        well = well and finding.well
        line = " ".join(finding.said.split()).encode("utf-8", "backslashreplace").decode("utf-8")
        typer.echo(f"{'ok ' if finding.well else 'BAD'}  {finding.part}: {line}")
    if not well:
        raise typer.Exit(1)
