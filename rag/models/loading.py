"""Finding and loading a sentence-transformers model: from the cache, from a folder, from a model hub.

Loading writes nothing to the terminal, sends no telemetry, runs no code that a model carries, and asks the network
only for a model that is not on this machine.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

from rag.errors import ModelError
from rag.models.default_model import (
    DEFAULT_MODEL,
    content_hashes,
    folder_digest,
    prepare_default_model,
)
from rag.models.threads import yield_while_waiting
from rag.progress import Progress, silent
from rag.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_TIMEOUT_SECONDS = 10.0
HUB_ORGANISATION = "sentence-transformers"


def load_model(settings: Settings, progress: Progress = silent) -> tuple[SentenceTransformer, str]:
    """The model that `settings.embedder` names, on the CPU in float32, and the digest of its weights.

    Raises:
        ModelError: the model is not there, cannot be fetched, or is no sentence-transformers model.
    """
    name = settings.embedder
    if name == DEFAULT_MODEL:
        folder = prepare_default_model(settings, progress)
        return _load(str(folder.path)), folder.digest
    path = Path(name).expanduser()
    if path.is_dir():
        return _load(str(path)), folder_digest(content_hashes(path))
    if name.startswith((".", "~", "/")) or name.count("/") > 1:
        raise ModelError(
            f"embedder folder {name!r} is not there; set JUWEN_EMBEDDER to a sentence-transformers folder, "
            f"or to {DEFAULT_MODEL!r}, which needs no download"
        )
    return _load_from_hub(name if "/" in name else f"{HUB_ORGANISATION}/{name}")


def _load_from_hub(repository: str) -> tuple[SentenceTransformer, str]:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        snapshot = snapshot_download(repository, local_files_only=True, cache_dir=_hub_cache())
    except (LocalEntryNotFoundError, ValueError):
        _check_reachable(repository)
        return _load(repository, local=False), _commit(repository)
    try:
        return _load(snapshot), Path(snapshot).name
    except ModelError:
        # An interrupted download leaves a snapshot without some of its files.
        _check_reachable(repository)
        return _load(repository, local=False), _commit(repository)


def _check_reachable(repository: str) -> None:
    """Ask the hub for the model once, in plain words: its own client retries a dead network for half a minute."""
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError

    try:
        if not constants.is_offline_mode():
            with suppress(HTTPError), urlopen(constants.ENDPOINT, timeout=HUB_TIMEOUT_SECONDS):  # noqa: S310
                pass  # any reply will do, a refusal too
        HfApi().model_info(repository, timeout=HUB_TIMEOUT_SECONDS)
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise ModelError(
            f"embedder {repository!r} is neither a folder here nor a public model of the hub; "
            f"mend JUWEN_EMBEDDER, or log in with `hf auth login` if it is private"
        ) from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise ModelError(
            f"embedder {repository!r} is not on this machine and the model hub cannot be reached; where there is a "
            f"network, run `hf download {repository} --local-dir MODEL`, copy the folder MODEL here and set "
            f"JUWEN_EMBEDDER to its path, or use {DEFAULT_MODEL!r}, which needs no download"
        ) from error


def _load(source: str, *, local: bool = True) -> SentenceTransformer:
    with _quiet():
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(
                source,
                device="cpu",
                local_files_only=local,
                model_kwargs={"dtype": torch.float32},
                cache_folder=_hub_cache(),
            )
        except (OSError, ValueError, KeyError, AttributeError, ImportError, RuntimeError, SafetensorError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                f"embedder {source!r} cannot be loaded as a sentence-transformers model ({reason}); "
                f"download it anew or set JUWEN_EMBEDDER to another"
            ) from error
    return model.eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from writing progress bars and advice to the terminal; their errors are raised anyway."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # Batches are cut into pieces in a millisecond; threads for that only bring a warning when a process forks.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    yield_while_waiting()
    import transformers.utils.logging

    of_transformers: Any = transformers.utils.logging  # its functions carry no types

    own = logging.getLogger("sentence_transformers")
    level, verbosity = own.level, of_transformers.get_verbosity()
    bars = of_transformers.is_progress_bar_enabled()
    own.setLevel(logging.ERROR)
    of_transformers.set_verbosity_error()
    of_transformers.disable_progress_bar()
    try:
        yield
    finally:
        own.setLevel(level)
        of_transformers.set_verbosity(verbosity)
        if bars:
            of_transformers.enable_progress_bar()


def _hub_cache() -> str | None:
    return os.environ.get("SENTENCE_TRANSFORMERS_HOME")


def _commit(repository: str) -> str:
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(repository, local_files_only=True, cache_dir=_hub_cache())).name
