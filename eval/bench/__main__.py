"""``python -m eval.bench``: measures everything and prints the table."""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.bench.corpus import write_corpus
from eval.bench.measure import BenchError, Job, in_child
from eval.bench.table import table
from eval.report import write_json
from eval.sets import SETS
from rag.errors import JuwenError
from rag.settings import load_settings

_MOST_SECONDS = 3600
_LEAST_ASKED = 10


def run(name: str, articles: int, rounds: int, seconds: float, asked: int, console: Console) -> dict[str, Any]:
    """All measurements, one process after the other, with the questions and the corpus of the set ``name``.

    The index build is measured on ``articles`` generated articles, or on the set's own for 0. Each load lasts
    ``seconds``, and the server's memory is watched over ``asked`` questions.

    Raises:
        BenchError: a measurement failed.
    """
    chosen = SETS[name]
    corpus = chosen.corpus or load_settings().corpus_dir
    with tempfile.TemporaryDirectory(prefix="juwen-bench-") as folder:
        job = Job(str(corpus.resolve()), str(Path(folder) / "index"), str(chosen.questions), rounds, seconds, asked)
        results: dict[str, Any] = {"set": name, "prepared": _child("prepare", job, console)}
        results["questions"] = _child("questions", job, console)
        results["indexing"] = _child("indexing", _larger(job, Path(folder), articles), console)
        results["page"] = _child("page", job, console)
        ceiling = _child("ceiling", job, console)
        results["load"] = _child("load", job, console) | {"ceiling": ceiling}
        starts = [(_child("start_ours", job, console), _child("start_peer", job, console)) for _ in range(rounds)]
        results["start"] = {
            "ours_s": statistics.median(ours["wall_s"] for ours, _ in starts),
            "peer_s": statistics.median(peer["wall_s"] for _, peer in starts),
        }
        results["memory"] = {
            "ours_mb": _child("memory_ours", job, console)["peak_mb"],
            "peer_mb": _child("memory_peer", job, console)["peak_mb"],
        }
    return results


def _child(name: str, job: Job, console: Console) -> dict[str, Any]:
    with console.status(f"measuring: {name}"):
        return in_child(name, job)


def _larger(job: Job, folder: Path, articles: int) -> Job:
    if not articles:
        return job
    corpus = folder / "corpus"
    corpus.mkdir()
    write_corpus(corpus, articles)
    return dataclasses.replace(job, corpus=str(corpus))


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and prints; returns 0, or 2 where a measurement failed. No figure makes it fail."""
    arguments = argparse.ArgumentParser(
        prog="python -m eval.bench", description="Measure 据文 beside the plain recipe."
    )
    arguments.add_argument("--set", choices=sorted(SETS), default="dev", dest="name", help="whose questions (dev)")
    arguments.add_argument("--articles", type=int, default=6, help="articles of the build; 0: the set's own (6)")
    arguments.add_argument("--rounds", type=int, default=3, help="times that a build and a start are measured (3)")
    arguments.add_argument("--seconds", type=float, default=60.0, help="how long each load lasts (60)")
    arguments.add_argument("--asked", type=int, default=2000, help="questions over which memory is watched (2000)")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    chosen = arguments.parse_args(argv)
    console = Console()
    try:
        if chosen.rounds < 1 or chosen.articles < 0:
            raise BenchError(
                f"--rounds {chosen.rounds} --articles {chosen.articles}: give at least 1 round, 0 articles"
            )
        if not 0 < chosen.seconds <= _MOST_SECONDS or chosen.asked < _LEAST_ASKED:
            raise BenchError(
                f"--seconds {chosen.seconds:g} --asked {chosen.asked}: give up to {_MOST_SECONDS} seconds, "
                f"at least {_LEAST_ASKED} questions"
            )
        results = run(chosen.name, chosen.articles, chosen.rounds, chosen.seconds, chosen.asked, console)
        if chosen.json:
            write_json(chosen.json, results)
    except JuwenError as error:
        Console(stderr=True).print(f"{error}", style="red", markup=False, soft_wrap=True)
        return 2
    console.print(table(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
