"""The sets of test questions that come with the project, and the corpus that each is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.settings import Settings

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set: its questions and the corpus they are asked of (None: the corpus of the settings).

    ``alone`` where the questions of an article are asked of it by itself, as on a page with one article.
    """

    name: str
    questions: Path
    corpus: Path | None = None
    alone: bool = False

    def settings(self, settings: Settings) -> Settings:
        """The settings with the corpus of the set, and an index of its own beside the index of the settings."""
        if self.corpus is None:
            return settings
        index_dir = settings.index_dir.parent / "eval" / self.name
        return settings.model_copy(update={"corpus_dir": self.corpus, "index_dir": index_dir})


def _with_articles(name: str, *, alone: bool = False) -> QuestionSet:
    return QuestionSet(name, HERE / name / "questions.jsonl", HERE / name / "articles", alone)


SETS: Mapping[str, QuestionSet] = {
    "gold": QuestionSet("gold", HERE / "gold" / "zhibo-dividend-2025.jsonl"),
    **{name: _with_articles(name) for name in ("samples", "dev", "calibration", "heldout")},
    **{name: _with_articles(name, alone=True) for name in ("everyday", "unread")},
}
