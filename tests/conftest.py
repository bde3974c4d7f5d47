"""What all tests share: settings in a temporary folder, and the real model, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.models.embedder import Embedder
from rag.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a corpus and an index of their own; models stay in the user's cache, converted once."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return Settings(corpus_dir=corpus, index_dir=tmp_path / "index")


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real default embedder."""
    return Embedder.load(Settings())
