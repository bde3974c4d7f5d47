"""The command ``python -m eval.public``: public benchmarks, from files on disk."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.public.errors import BenchmarkError
from rag.errors import JuwenError


def parser() -> argparse.ArgumentParser:
    """The arguments of ``python -m eval.public``."""
    arguments = argparse.ArgumentParser(
        prog="python -m eval.public", description="Hold 据文 and simpler systems against a public benchmark."
    )
    chosen = arguments.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--squad", type=Path, metavar="FILE", help="a SQuAD-style .json or .json.gz file")
    chosen.add_argument("--rgb", type=Path, metavar="FILE", help="RGB's zh_refine.json")
    arguments.add_argument("--open", action="store_true", help="--squad: search all paragraphs, none is given")
    arguments.add_argument("--noise", type=float, default=0.4, metavar="SHARE", help="--rgb: negative passages (0.4)")
    arguments.add_argument("--limit", type=int, default=0, metavar="N", help="so many questions (0: all of them)")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write figures and answers there")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a benchmark; returns 0, or 2 where it could not run, with one line that says why."""
    arguments = parser().parse_args(argv)
    console, errors = Console(), Console(stderr=True)
    try:
        _run(arguments, console)
    except JuwenError as error:
        errors.print(f"eval.public: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        return 2
    return 0


def _run(arguments: argparse.Namespace, console: Console) -> None:
    _check(arguments)
    from eval.public.run import run_rgb, run_squad
    from eval.public.table import rgb_table, squad_table
    from rag.settings import load_settings
    from rag.terminal import ProgressBars

    settings = load_settings()
    with ProgressBars() as bars:
        if arguments.squad:
            mode = "open retrieval" if arguments.open else "paragraph given"
            squad = run_squad(arguments.squad, settings, over_all=arguments.open, limit=arguments.limit, progress=bars)
            table = squad_table(f"{arguments.squad.name}: {mode}", squad)
            written = {"file": arguments.squad.name, "mode": mode, "systems": [asdict(one) for one in squad]}
        else:
            mode = f"noise {arguments.noise:g}"
            rgb = run_rgb(arguments.rgb, settings, noise=arguments.noise, limit=arguments.limit, progress=bars)
            table = rgb_table(f"{arguments.rgb.name}: {mode}", rgb)
            written = {"file": arguments.rgb.name, "mode": mode, "systems": [asdict(one) for one in rgb]}
    if arguments.json:
        _write(arguments.json, written)
    console.print(table)


def _check(arguments: argparse.Namespace) -> None:
    if not 0 <= arguments.noise <= 1:
        raise BenchmarkError(f"--noise is {arguments.noise:g}; it must be a share from 0 to 1")
    if arguments.limit < 0:
        raise BenchmarkError(f"--limit is {arguments.limit}; it must be 0 (all questions) or more")
    if arguments.open and not arguments.squad:
        raise BenchmarkError("--open belongs to --squad; leave it out with --rgb")


def _write(path: Path, data: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise BenchmarkError(f"{path}: cannot be written ({error.strerror}); give another --json FILE") from error
