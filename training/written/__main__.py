"""Tells how many examples the written articles hold, or what is wrong with them: `python -m training.written`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from training.written.reading import FOLDER, WrittenError, read_written


def main(folder: Annotated[Path, typer.Argument(help="folder with the articles")] = FOLDER) -> None:
    """Count the examples by kind; exit code 1 and one line where an article is faulty."""
    try:
        kinds = Counter(example.source for example in read_written(folder))
    except WrittenError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for kind, count in sorted(kinds.items()):
        typer.echo(f"{kind}: {count}")


if __name__ == "__main__":
    typer.run(main)
