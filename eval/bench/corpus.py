"""A corpus of any size, made from the development articles by changing their figures."""

from __future__ import annotations

import random
import re
from pathlib import Path

from eval.sets import HERE

SOURCES = HERE / "dev" / "articles"
_FIGURE = re.compile(r"(?<![\d.\-])[1-9]\d{1,3}(?![\d\-年月日])")


def write_corpus(folder: Path, articles: int, seed: int = 20) -> None:
    """Writes ``articles`` articles into ``folder``: the development articles in turn, each time with other figures.

    Dates stay, so that every article can be read; one ``seed`` always gives the same corpus.

    Raises:
        ValueError: ``articles`` is below 1.
    """
    if articles < 1:
        raise ValueError(f"articles is {articles}; a corpus needs at least 1")
    draw = random.Random(seed)  # noqa: S311 - figures for a benchmark, no secret
    sources = sorted(SOURCES.glob("*.md"))
    for number in range(articles):
        source = sources[number % len(sources)]
        _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
        changed = _FIGURE.sub(lambda figure: str(draw.randrange(10, 10 ** len(figure.group()))), body)
        # One line that no other article has, even should two draw the same figures.
        changed += f"\n\n本篇为第{number + 1}号样稿，仅供测速之用。\n"
        path = folder / f"{source.stem}-{number + 1:04d}.md"
        path.write_text(f"---\n{head}---\n{changed}", encoding="utf-8")
