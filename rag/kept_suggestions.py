"""Suggestions kept on disk: to try them takes seconds, and they only change with the index or the reader."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.answer.suggest import Suggestion
from rag.version import VERSION

_SUGGESTIONS = TypeAdapter(tuple[Suggestion, ...])
_MOST_FILES = 20


def kept_suggestions(
    folder: Path, made_from: Sequence[str], make: Callable[[], tuple[Suggestion, ...]]
) -> tuple[Suggestion, ...]:
    """What ``make`` made for ``made_from`` before, from ``folder``; made now, and put there, where it was not.

    A file that is damaged is made anew. Where the folder cannot be written nothing is kept: the next start takes its
    seconds again.
    """
    path = folder / f"{hashlib.sha256(json.dumps([VERSION, *made_from]).encode()).hexdigest()[:32]}.json"
    try:
        return _SUGGESTIONS.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        made = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_text(json.dumps([dataclasses.asdict(one) for one in made], ensure_ascii=False), "utf-8")
        unfinished.replace(path)
        for old in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[:-_MOST_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return made
    return made
