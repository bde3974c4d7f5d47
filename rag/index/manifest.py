"""What an index on disk says about itself: from what it was made, and the checksum of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.errors import IndexStoreError

FORMAT = 1
"""Raised whenever the files of an index or their meaning change; an index of another format is made anew."""

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Description:
    """From what an index is made. ``version`` is a hash over all that goes into it; equal versions are equal indexes.

    ``articles`` are content hashes by article id; ``problems`` name the files of the corpus that were left out.
    """

    version: str
    embedder: str
    dimensions: int
    passage_min_chars: int
    passage_max_chars: int
    articles: Mapping[str, str]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of an index and the SHA-256 of every other file of it, by path within its folder."""

    description: Description
    files: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """The manifest as a JSON file."""
        data = {"format": FORMAT, "description": asdict(self.description), "files": dict(self.files)}
        return json.dumps(data, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """The manifest in a JSON file.

        Raises:
            IndexStoreError: it is of another format, or no manifest.
        """
        try:
            data = json.loads(content)
            if data["format"] != FORMAT:
                raise IndexStoreError(
                    f"the index is of format {data['format']}, and this program reads format {FORMAT}; index anew"
                )
            described = data["description"]
            description = Description(**{**described, "problems": tuple(described["problems"])})
            return cls(description, data["files"])
        except (ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(f"{MANIFEST_FILE} is no manifest of an index ({error}); index anew") from error

    def verify(self, folder: Path) -> None:
        """Check every file against its checksum.

        Raises:
            IndexStoreError: a file is missing, cannot be read or is damaged; the message names it.
        """
        for name, expected in self.files.items():
            try:
                found = checksum(folder / name)
            except OSError as error:
                raise IndexStoreError(f"{folder / name} cannot be read ({error.strerror}); index anew") from error
            if found != expected:
                raise IndexStoreError(f"{folder / name} is damaged (its checksum differs); index anew")


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file under a folder, by path within it."""
    return {path.relative_to(folder).as_posix(): checksum(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def reason_to_rebuild(found: Description, wanted: Description) -> str:
    """Why an index that was found is not the one that is wanted, in one line; "" where it is."""
    if found.version == wanted.version:
        return ""
    if (found.embedder, found.dimensions) != (wanted.embedder, wanted.dimensions):
        return f"the index was made with the embedder {found.embedder}, the settings name {wanted.embedder}"
    lengths = (found.passage_min_chars, found.passage_max_chars)
    wanted_lengths = (wanted.passage_min_chars, wanted.passage_max_chars)
    if lengths != wanted_lengths:
        return (
            f"the index has passages of {lengths[0]}–{lengths[1]} characters, "
            f"the settings say {wanted_lengths[0]}–{wanted_lengths[1]}"
        )
    new = [name for name in wanted.articles if name not in found.articles]
    gone = [name for name in found.articles if name not in wanted.articles]
    changed = [name for name, text in wanted.articles.items() if found.articles.get(name, text) != text]
    parts = [
        f"{len(names)} {what} ({names[0]}{', …' if len(names) > 1 else ''})"
        for what, names in (("new", new), ("changed", changed), ("gone", gone))
        if names
    ]
    if parts:
        return f"articles: {', '.join(parts)}"
    if found.problems != wanted.problems:
        return "the files that cannot be read as articles are not the same as before"
    return "the way in which articles are split or searched has changed"
