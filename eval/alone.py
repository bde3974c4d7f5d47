"""A corpus of its own for each article, so that its questions are asked of it by itself."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from rag.ingest.read import SUFFIXES, article_id


def single_corpora(corpus: Path, wanted: Collection[str], folder: Path) -> dict[str, Path]:
    """Copy each article of ``corpus`` whose id is ``wanted`` into a corpus of its own in ``folder``; these, by id.

    An article keeps its id there.
    """
    corpora = {}
    for path in sorted(corpus.rglob("*")):
        name = article_id(path, corpus)
        if path.suffix.lower() in SUFFIXES and name in wanted:
            corpora[name] = folder / name / "corpus"
            copy = corpora[name] / path.relative_to(corpus)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return corpora
