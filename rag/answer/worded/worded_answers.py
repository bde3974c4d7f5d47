"""Where answers are worded by a language model: within a time limit, a few at once, and none again that is kept."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass

from cachetools import LRUCache

from rag.answer.worded.prompt import VERSION
from rag.answer.worded.task import Task
from rag.answer.worded.worded_answer import Progress, readers_answer, word
from rag.errors import LanguageModelFailure
from rag.llm.language_model import Deadline, LanguageModel, Usage
from rag.question.focus import find_focus
from rag.question.kinds import AnswerKind
from rag.types import Answer

MOST_KEPT = 1000
_Key = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer and what its wording cost."""

    answer: Answer
    usage: Usage = dataclasses.field(default_factory=Usage)


class WordedAnswers:
    """Words answers with ``model``; safe to use from many threads.

    Args:
        model: the language model.
        seconds: the most that one answer may take.
        at_once: how many may be worded at a time; whoever finds no place in time gets the reader's answer.
        close: lets go of the model; answers under way, and those that come, are the reader's then.

    ``tally`` counts what happened, by name: "worded", "kept" (from the cache), the names of failures, and so on.
    """

    def __init__(
        self, model: LanguageModel, seconds: float, at_once: int, close: Callable[[], None] = lambda: None
    ) -> None:
        self.model = model
        self.close = close
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(at_once)
        self._kept: LRUCache[_Key, Answer] = LRUCache(MOST_KEPT)
        self._under_way: dict[_Key, threading.Event] = {}
        self._lock = threading.Lock()
        self.tally: Counter[str] = Counter()

    def word(self, task: Task, index_version: str, seconds: float | None = None) -> Generator[str, None, Worded]:
        """Yield the answer in pieces, each as soon as it has been checked, and return it whole.

        Whoever asks what another is being answered waits for that answer; the model is not asked twice.

        Args:
            task: what is to be worded.
            index_version: the version of the articles, for which alone an answer is kept.
            seconds: a limit below the usual one.
        """
        if not self.takes(task.found):
            yield task.found.text
            return Worded(task.found)
        key = (index_version, task.question.standalone, task.question.language, self.model.name, VERSION)
        deadline = Deadline.within(min(self._seconds, seconds if seconds is not None else self._seconds))
        with self._lock:
            another = self._under_way.get(key)
            mine = self._under_way.setdefault(key, threading.Event()) if another is None else None
        try:
            if another is not None:
                another.wait(deadline.remaining)
            with self._lock:
                kept = self._kept.get(key)
            if kept is None:
                return (yield from self._word(task, key, deadline))
        finally:
            if mine is not None:
                with self._lock:
                    del self._under_way[key]
                mine.set()
        self._count("kept")
        yield kept.text
        return Worded(_onto(task.found, kept))

    def _word(self, task: Task, key: _Key, deadline: Deadline) -> Generator[str, None, Worded]:
        progress = Progress()
        if self._places.acquire(timeout=deadline.remaining):
            try:
                answer = yield from word(task, self.model, deadline, progress)
            finally:
                self._places.release()
        else:
            progress.failure = LanguageModelFailure.BUSY
            answer = readers_answer(task, progress)
            yield answer.text
        self._note(progress, answer)
        if answer.mode == "llm" and progress.failure is None:
            with self._lock:
                self._kept[key] = dataclasses.replace(answer, notes=answer.notes[len(task.found.notes) :])
        return Worded(answer, progress.usage)

    def takes(self, found: Answer) -> bool:
        """Whether an answer is one to be worded; see `is_wordable`."""
        return is_wordable(found)

    def _note(self, progress: Progress, answer: Answer) -> None:
        self._count("worded" if answer.mode == "llm" else "not_worded")
        if progress.failure is not None:
            self._count(f"failed_{progress.failure}")
        for name, count in (("sentences_dropped", progress.dropped), ("sentences_repaired", progress.repaired)):
            if count:
                self._count(name, count)
        if progress.says_not_there:
            self._count("said_not_there")

    def _count(self, name: str, count: int = 1) -> None:
        with self._lock:
            self.tally[name] += count


def is_wordable(found: Answer) -> bool:
    """Whether an answer is one to be worded: not a refusal, small talk, a sum with its formula, or a yes or no.

    What these say is decided by rules that name what they do; a model's wording would only blur it.
    """
    if found.status != "answered" or not found.citations:
        return False
    return find_focus(found.question).kind is not AnswerKind.YES_NO


def _onto(found: Answer, kept: Answer) -> Answer:
    """The kept wording as the answer to a question that was read with notes of its own."""
    return dataclasses.replace(
        found, text=kept.text, citations=kept.citations, mode=kept.mode, notes=(*found.notes, *kept.notes)
    )
