"""The front door of the library: open a corpus, ask it questions."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable

from rag.answer.suggest import Suggestion, suggest_questions
from rag.chain import STAGES, AnswerSteps, Inquiry, build_chain, finish, reader_for, timed
from rag.errors import IndexStoreError
from rag.index.index import Index
from rag.kept_suggestions import kept_suggestions
from rag.models.span_model import SpanModel
from rag.progress import Progress, silent
from rag.settings import Settings, load_settings
from rag.types import WORD, Answer, Article, StreamEvent, Turn

if TYPE_CHECKING:
    from rag.answer.worded.worded_answers import WordedAnswers
    from rag.models.embedder import Embedder
    from rag.question.followups.rewritten_followup import Rewritten

_MOST_SESSIONS = 1000
_MOST_EXAMPLES = 5
_REWRITING_SHARE = 0.3
"""Of the language model's time for one answer, the most that the completing of its question takes."""
_TEXT_PIECE = re.compile(r".{1,12}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Open:
    """What belongs to one version of the index; swapped as a whole, so a question never sees half of two."""

    index: Index
    steps: AnswerSteps
    chain: Runnable[Inquiry, Answer]
    suggestions: tuple[Suggestion, ...]


class Chatbot:
    """Answers questions from the articles of a corpus, and only from them. Safe to use from many threads.

    Example::

        with Chatbot.open() as chatbot:
            answer = chatbot.ask("去年产量是多少？")
            print(answer.text, answer.citations[0].quote)
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        index: Index,
        model: SpanModel,
        worded: WordedAnswers | None = None,
    ) -> None:
        """Take what `open` has made ready."""
        self._worded = worded
        self._settings = settings
        self._embedder = embedder
        self._model = model
        self._sessions: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._lock = threading.Lock()
        self._reloading = threading.Lock()
        self._open = self._prepare(index)

    @classmethod
    def open(cls, settings: Settings | None = None, progress: Progress | None = None) -> Chatbot:
        """Make the model and the index ready and open them.

        Raises:
            SettingsError, ModelError, ArticleError, IndexStoreError: what is wrong and what to do, in one line.
        """
        from rag.models.embedder import Embedder

        settings = settings or load_settings()
        progress = progress or silent
        model = SpanModel.load(settings.reader_dir, settings.threads)
        embedder = Embedder.load(settings, progress)
        index = Index.build_or_load(settings, embedder, progress)
        for problem in index.problems:
            progress(f"left out: {problem}", 1, 1)
        return cls(settings, embedder, index, model, open_worded(settings))

    def ask(self, question: str, history: Sequence[Turn] = (), session: str | None = None) -> Answer:
        """Answer ``question``.

        ``history`` holds the turns before it, oldest first. With ``session`` the turns are remembered here, under
        that name, and ``history`` may stay empty.

        Raises:
            QuestionError: the question is empty, too long or no text.
        """
        inquiry = Inquiry(question, self._turns(history, session))
        answer = self._open.chain.invoke(inquiry)
        self._remember(session, question, answer)
        return answer

    async def aask(self, question: str, history: Sequence[Turn] = (), session: str | None = None) -> Answer:
        """As `ask`, without holding up the event loop."""
        return await asyncio.to_thread(self.ask, question, history, session)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        session: str | None = None,
        llm_seconds: float | None = None,
    ) -> Generator[StreamEvent]:
        """As `ask`, telling each stage as it begins, then the text in pieces, then the whole answer.

        ``llm_seconds`` bounds the time of a language model below the setting, counted from the first stage; without
        one it changes nothing.
        """
        opened = self._open
        inquiry = Inquiry(question, self._turns(history, session), llm_seconds)
        for name in STAGES:
            yield StreamEvent("stage", name)
            inquiry = timed(name, getattr(opened.steps, name))(inquiry)
        if opened.steps.is_worded(inquiry):
            yield StreamEvent("stage", WORD)
        answer = finish((yield from _worded_pieces(opened.steps, inquiry)))
        self._remember(session, question, answer)
        yield StreamEvent("answer", answer=answer)

    async def astream(
        self, question: str, history: Sequence[Turn] = (), session: str | None = None
    ) -> AsyncIterator[StreamEvent]:
        """As `stream`, without holding up the event loop."""
        events = self.stream(question, history, session)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    @property
    def settings(self) -> Settings:
        """The settings that it was opened with."""
        return self._settings

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles by id."""
        return self._open.index.articles

    @property
    def index(self) -> Index:
        """The index in use."""
        return self._open.index

    @property
    def index_version(self) -> str:
        """The version of the index in use."""
        return self._open.index.version

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Questions to begin with: the articles answer them, each was tried."""
        return tuple(suggestion.question for suggestion in self._open.suggestions[:_MOST_EXAMPLES])

    def reload_if_changed(self) -> bool:
        """Take up a newer index if one is on disk; questions under way finish on the old one.

        Returns whether a new one was taken up.

        Raises:
            IndexStoreError: the newer index cannot be used; the one in use stays.
        """
        if not self._reloading.acquire(blocking=False):
            return False
        try:
            if not self._open.index.newer_on_disk():
                return False
            self._open = self._prepare(Index.load(self._settings, self._embedder))
            return True
        finally:
            self._reloading.release()

    @property
    def worded(self) -> WordedAnswers | None:
        """What words the answers with a language model; None where none is set."""
        return self._worded

    def close(self) -> None:
        """Forget the conversations, and let go of the language model: answers under way are given without it.

        The index and the reader go with the object.
        """
        if self._worded is not None:
            self._worded.close()
        with self._lock:
            self._sessions.clear()

    def __enter__(self) -> Chatbot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, index: Index) -> _Open:
        if not index.articles:
            raise IndexStoreError(f"the index of {self._settings.corpus_dir} holds no article; add one and index anew")
        reader = reader_for(index, self._model)
        trial = build_chain(AnswerSteps(index, reader, self._settings, self._embedder.embed_queries))
        suggestions = kept_suggestions(
            self._settings.cache_dir / "suggestions",
            [index.version, self._model.identity, str(self._settings.refusal_threshold)],
            lambda: suggest_questions(index.articles, index.passages, lambda text: trial.invoke(Inquiry(text))),
        )
        embed = self._embedder.embed_queries
        rewrite = self._rewrite if self._worded is not None and self._settings.llm_rewrites_followups else None
        steps = AnswerSteps(index, reader, self._settings, embed, suggestions, self._worded, rewrite)
        return _Open(index, steps, build_chain(steps), suggestions)

    def _rewrite(self, question: str, history: Sequence[Turn], seconds: float | None) -> Rewritten:
        from rag.llm.language_model import Deadline
        from rag.question.followups.rewritten_followup import rewrite_followup

        if self._worded is None:
            raise ValueError("there is no language model to rewrite a follow-up")
        limit = self._settings.llm_seconds if seconds is None else min(seconds, self._settings.llm_seconds)
        return rewrite_followup(question, history, self._worded.model, Deadline.within(limit * _REWRITING_SHARE))

    def _turns(self, history: Sequence[Turn], session: str | None) -> tuple[Turn, ...]:
        if session is None or history:
            return tuple(history)
        with self._lock:
            return self._sessions.get(session, ())

    def _remember(self, session: str | None, question: str, answer: Answer) -> None:
        limit = self._settings.max_history_turns
        if session is None or limit == 0:
            return
        turns = (Turn("user", question), Turn("assistant", answer.text))
        with self._lock:
            self._sessions[session] = (*self._sessions.pop(session, ()), *turns)[-limit:]
            while len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)


def open_worded(settings: Settings) -> WordedAnswers | None:
    """What words answers with the language model of the settings; None, and nothing is loaded, where none is set.

    Raises:
        SettingsError: a package that it needs is missing.
    """
    if not settings.llm_model:
        return None
    from rag.answer.worded.worded_answers import WordedAnswers
    from rag.llm.circuit import Circuit
    from rag.llm.endpoint import Endpoint

    endpoint = Endpoint.open(settings)
    return WordedAnswers(Circuit.around(endpoint), settings.llm_seconds, settings.llm_at_once, endpoint.close)


def _worded_pieces(steps: AnswerSteps, inquiry: Inquiry) -> Generator[StreamEvent, None, Inquiry]:
    """The text of the answer in pieces; with a language model, each sentence as soon as it has been checked."""
    begun = time.perf_counter()
    pieces = steps.word(inquiry)
    while True:
        try:
            text = next(pieces)
        except StopIteration as end:
            done: Inquiry = end.value
            break
        for piece in _TEXT_PIECE.findall(text):
            yield StreamEvent("text", piece)
    if not steps.words_answers:
        return done
    milliseconds = round((time.perf_counter() - begun) * 1000, 2)
    return dataclasses.replace(done, timings={**done.timings, WORD: milliseconds})
