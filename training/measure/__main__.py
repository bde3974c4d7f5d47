"""``python -m training.measure --data DIR``: measures the reader and prints the table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rag.errors import JuwenError
from rag.models.threads import yield_while_waiting
from training.measure.results import Measure

FAILED = 1

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="folder with cmrc2018-trial.json.gz")],
    reader: Annotated[str, typer.Option(help="folder of the reader, or module:factory; default: what ships")] = "",
    full: Annotated[
        str, typer.Option(help="folder of the training run, to measure the unquantised model beside it")
    ] = "",
    only: Annotated[list[Measure] | None, typer.Option(help="measure only this; may be given several times")] = None,
    limit: Annotated[int, typer.Option(min=0, help="questions per measure, for a quick look; 0: all")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="write the figures there")] = None,
) -> None:
    """Measure the trained reader: CMRC 2018, near misses, calibration, open retrieval, time."""
    yield_while_waiting()
    from rich.console import Console

    from rag.terminal import ProgressBars
    from training.measure.loading import load_full, load_shipped
    from training.measure.run import Run
    from training.measure.table import tables

    try:
        with ProgressBars() as bars:
            run = Run(data, load_shipped(reader), load_full(full) if full else None, limit, bars)
            results = run.measure(only or list(Measure))
        if json_file:
            results.write_json(json_file)
    except (JuwenError, OSError) as error:
        typer.echo(f"measure: {error}", err=True)
        raise typer.Exit(FAILED) from error
    Console().print(tables(results))


if __name__ == "__main__":
    app()
