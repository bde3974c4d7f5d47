"""``python -m eval.claims``: the table of what the check of worded answers catches, with its thresholds."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.claims.measure import LEAST_CAUGHT, MOST_REJECTED, PER_KIND, Measured, measure, shortfalls
from eval.sets import SETS
from rag.errors import JuwenError
from rag.settings import load_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a figure is under its threshold, 2 where it could not run."""
    arguments = argparse.ArgumentParser(prog="python -m eval.claims", description=__doc__)
    arguments.add_argument("--set", choices=list(SETS), default="gold", dest="name", help="which set (gold)")
    arguments.add_argument("--failures", action="store_true", help="list the sentences on which the check was wrong")
    given = arguments.parse_args(argv)
    console = Console()
    try:
        measured = measure(SETS[given.name], load_settings())
    except JuwenError as error:
        Console(stderr=True).print(f"eval.claims: {error}", style="red", markup=False, soft_wrap=True)
        return 2
    console.print(_table(given.name, measured))
    if given.failures:
        for kind, share in [*measured.caught.items(), *measured.true.items()]:
            for text in share.others:
                console.print(f"{kind}: {text}", markup=False, soft_wrap=True)
    short = shortfalls(measured)
    for line in short:
        console.print(line, style="red", markup=False, soft_wrap=True)
    return 1 if short else 0


def _table(name: str, measured: Measured) -> Table:
    asked = sum(share.asked for share in measured.caught.values())
    table = Table(title=f"{name}: {asked} corrupted sentences (up to {PER_KIND} a kind), and the true ones")
    for column in ("one thing changed", "sentences", "caught", "wanted"):
        table.add_column(column, justify="left" if column == "one thing changed" else "right")
    for kind, share in measured.caught.items():
        table.add_row(kind, str(share.asked), f"{share.share:.1%}", f"{LEAST_CAUGHT[kind]:.0%}")
    for wording, share in measured.true.items():
        table.add_row(f"true, {wording}: rejected", str(share.asked), f"{share.share:.1%}", "")
    table.add_row("true, all: rejected", str(measured.asked), f"{measured.rejected:.1%}", f"under {MOST_REJECTED:.0%}")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
