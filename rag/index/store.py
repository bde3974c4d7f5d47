"""Indexes on disk: written beside the old one, swapped in by one rename, verified when read.

::

    <index_dir>/
        current            one line: the folder of the index in use and the checksum of its manifest
        lock               held by the one process that builds
        <version>.<n>/     an index: its files and manifest.json; never changed once it is there

A crash at any point leaves ``current`` as it was, and with it the old index whole; what the crash left behind is
removed by the next build. The locks belong to open files, so the system frees them when a process ends, however
it ends: there are no stale locks.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from langchain_core.embeddings import Embeddings

from rag.errors import IndexStoreError
from rag.index.contents import IndexContents
from rag.index.manifest import MANIFEST_FILE, Description, Manifest, checksums
from rag.progress import Progress, silent

CURRENT_FILE = "current"
LOCK_FILE = "lock"

_FOLDER_NAME = re.compile(r"[0-9a-f]{16}\.[0-9]{1,9}")
_POINTER = re.compile(rf"(?P<folder>{_FOLDER_NAME.pattern}) (?P<checksum>[0-9a-f]{{64}})\n")


class IndexStore:
    """The indexes in one folder, of which one is current. Many may read while one builds, in any processes."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read or written yet."""
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the indexes are."""
        return self._folder

    def pointer(self) -> str | None:
        """What ``current`` says, as it stands; None where there is no index. It changes whenever the index does.

        Raises:
            IndexStoreError: the file is there and cannot be read.
        """
        try:
            return (self._folder / CURRENT_FILE).read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexStoreError(
                f"{self._folder / CURRENT_FILE} cannot be read ({error.strerror}); set another index_dir or mend it"
            ) from error

    def load(self, embedding: Embeddings) -> tuple[IndexContents, str]:
        """The current index, every file of it verified, and the pointer that led to it.

        Raises:
            IndexStoreError: there is none, it is damaged, or it is of another format; the message names the file.
        """
        while True:
            pointer = self.pointer()
            if pointer is None:
                raise IndexStoreError(f"there is no index in {self._folder}; index anew")
            try:
                return self._load(pointer, embedding), pointer
            except IndexStoreError:
                # A builder may have put a new index in place, and removed this one, before it was locked.
                if self.pointer() == pointer:
                    raise

    @contextlib.contextmanager
    def building(self, progress: Progress = silent) -> Iterator[None]:
        """Hold the lock of the builder, waiting for another one to end.

        Raises:
            IndexStoreError: the folder or its lock cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise IndexStoreError(
                f"the index cannot be written to {self._folder} ({error.strerror}); set another index_dir"
            ) from error
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                label = "Waiting for another process that builds the index"
                progress(label, 0, 1)
                fcntl.flock(lock, fcntl.LOCK_EX)
                progress(label, 1, 1)
            yield
        finally:
            os.close(lock)

    def save(self, contents: IndexContents) -> str:
        """Write an index and make it the current one; call it inside `building`.

        Returns:
            The new pointer.

        Raises:
            IndexStoreError: it cannot be written (the disk is full, say); the old index is as it was.
        """
        try:
            return self._save(contents)
        except OSError as error:
            raise IndexStoreError(
                f"the index cannot be written to {self._folder} ({error.strerror or error}); free space or set another "
                "index_dir; the index that was there is unchanged"
            ) from error
        finally:
            self.remove_unused()

    def remove_unused(self) -> None:
        """Remove every index but the current one and those being read; call it inside `building`."""
        pointer = self.pointer() or ""
        for path in self._folder.iterdir():
            if _FOLDER_NAME.fullmatch(path.name) and path.name != pointer.partition(" ")[0]:
                # In use or not removable now; the next build tries again.
                with contextlib.suppress(OSError), _folder_lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    shutil.rmtree(path)

    def description(self) -> Description | None:
        """What the current index was made from, with no look at its other files; None where there is no index.

        Raises:
            IndexStoreError: it is damaged, or of another format.
        """
        pointer = self.pointer()
        if pointer is None:
            return None
        folder, checksum = self._place(pointer)
        try:
            return _manifest(folder, checksum).description
        except OSError as error:
            raise IndexStoreError(f"{folder} cannot be read ({error.strerror}); index anew") from error

    def _place(self, pointer: str) -> tuple[Path, str]:
        parts = _POINTER.fullmatch(pointer)
        if parts is None:
            raise IndexStoreError(f"{self._folder / CURRENT_FILE} is damaged (it names no index); index anew")
        return self._folder / parts["folder"], parts["checksum"]

    def _load(self, pointer: str, embedding: Embeddings) -> IndexContents:
        folder, checksum = self._place(pointer)
        try:
            # Held while reading, so that no builder removes the folder under our feet.
            with _folder_lock(folder, fcntl.LOCK_SH):
                manifest = _manifest(folder, checksum)
                manifest.verify(folder)
                return IndexContents.load(folder, manifest.description, embedding)
        except OSError as error:
            raise IndexStoreError(
                f"{error.filename or folder} cannot be read ({error.strerror}); index anew"
            ) from error

    def _save(self, contents: IndexContents) -> str:
        number = 1
        while (folder := self._folder / f"{contents.description.version}.{number}").exists():
            number += 1
        folder.mkdir()
        contents.save(folder)
        manifest = Manifest(contents.description, checksums(folder)).to_bytes()
        (folder / MANIFEST_FILE).write_bytes(manifest)
        # All must be on the disk before the pointer is, or a power cut could leave a pointer to half an index.
        for path in (*folder.rglob("*"), folder, self._folder):
            _flush(path)
        pointer = f"{folder.name} {hashlib.sha256(manifest).hexdigest()}\n"
        successor = self._folder / f"{CURRENT_FILE}.new"
        successor.write_text(pointer, encoding="ascii")
        _flush(successor)
        successor.replace(self._folder / CURRENT_FILE)
        _flush(self._folder)
        return pointer


def _manifest(folder: Path, checksum: str) -> Manifest:
    content = (folder / MANIFEST_FILE).read_bytes()
    if hashlib.sha256(content).hexdigest() != checksum:
        raise IndexStoreError(
            f"{folder / MANIFEST_FILE} is damaged (its checksum is not that in {CURRENT_FILE}); index anew"
        )
    return Manifest.from_bytes(content)


@contextlib.contextmanager
def _folder_lock(folder: Path, kind: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
