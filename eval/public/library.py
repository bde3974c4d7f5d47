"""Paragraphs of a benchmark as a corpus of articles, in a folder that goes away with the run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from eval.public.squad import Paragraph
from rag.settings import Settings


def write_articles(folder: Path, paragraphs: Sequence[Paragraph]) -> list[str]:
    """Writes each paragraph as an article of its own, the title above it; returns the ids of the articles."""
    names = [f"paragraph-{number:05d}" for number in range(1, len(paragraphs) + 1)]
    for name, paragraph in zip(names, paragraphs, strict=True):
        # Always with front matter, so that no paragraph is taken for one; a JSON string is a YAML one too.
        title = json.dumps(paragraph.title, ensure_ascii=False)
        head = f"---\ntitle: {title}\n---\n{paragraph.title}\n\n"
        (folder / f"{name}.txt").write_text(f"{head}{paragraph.text}\n", encoding="utf-8")
    return names


def settings_for(folder: Path, settings: Settings) -> Settings:
    """``settings`` with the corpus and the index in ``folder``, the corpus's folder made."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    return settings.model_copy(update={"corpus_dir": corpus, "index_dir": folder / "index"})
