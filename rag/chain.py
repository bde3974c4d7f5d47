"""The whole way of a question, on one page: understand -> retrieve -> read -> answer -> word.

Each step is a function of an `Inquiry` that returns the inquiry a step further; `build_chain` joins them into one
LangChain Runnable, so that batches, callbacks and tracing work as they do for any chain.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from rag.answer.compose import compose, refuse
from rag.answer.confidence import ConfidenceModel
from rag.answer.coverage import TermWeights
from rag.answer.reading import Material, Reader, Reading
from rag.answer.sentence_reader import SentenceReader
from rag.answer.suggest import Suggestion, next_questions
from rag.answer.trained_reader import TrainedReader
from rag.answer.worded.task import Task
from rag.index.index import Index
from rag.models.span_model import SpanModel
from rag.question.asked_outline import asked_part
from rag.question.chitchat import chitchat_reply
from rag.question.english.question import chinese_of
from rag.question.focus import find_focus
from rag.question.full_names import full_names_of
from rag.question.kinds import asked_block
from rag.question.understand import Draft, Embed, check_question, complete, resolve_time
from rag.settings import Settings
from rag.text.normalise import fold
from rag.types import WORD, Answer, BlockKind, Question, ScoredPassage, Turn

if TYPE_CHECKING:
    # Only where a language model is set is anything of it loaded.
    from rag.answer.worded.worded_answers import WordedAnswers
    from rag.llm.language_model import Usage
    from rag.question.followups.rewritten_followup import Rewritten

MOST_NEXT = 3
"""Questions offered with an answer."""
STAGES = ("understand", "retrieve", "read", "answer")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way; each step fills in what it found. ``timings`` are milliseconds.

    ``llm_seconds`` bounds the time of the language model, where the one who asks has less than the setting gives; it
    is counted from ``begun``, a moment on the clock of `time.monotonic`. ``chinese`` is an English question in Chinese,
    "" where it is read as it is.
    """

    text: str
    history: Sequence[Turn] = ()
    llm_seconds: float | None = None
    begun: float = field(default_factory=time.monotonic, compare=False)
    draft: Draft | None = None
    question: Question | None = None
    published: date | None = None
    chinese: str = ""
    passages: tuple[ScoredPassage, ...] = ()
    reading: Reading = field(default_factory=Reading)
    answer: Answer | None = None
    usage: Usage | None = None
    timings: Mapping[str, float] = field(default_factory=dict)


Step = Callable[[Inquiry], Inquiry]
Rewrite = Callable[[str, Sequence[Turn], float | None], "Rewritten"]
"""Completes a follow-up, given the turns before it and the seconds that there are (None: as the settings say)."""


class AnswerSteps:
    """The steps of the way, over one index that never changes.

    ``embed`` turns words into vectors for follow-ups; ``suggestions`` are questions that are answered, to go on with;
    ``worded`` words answers with a language model, ``rewrite`` completes follow-ups with one.
    """

    def __init__(
        self,
        index: Index,
        reader: Reader,
        settings: Settings,
        embed: Embed | None,
        suggestions: Sequence[Suggestion] = (),
        worded: WordedAnswers | None = None,
        rewrite: Rewrite | None = None,
    ) -> None:
        self._index = index
        self._reader = reader
        self._settings = settings
        self._embed = embed
        self._suggestions = tuple(suggestions)
        self._worded = worded
        self._rewrite = rewrite
        self._dates = {article.published for article in index.articles.values()}

    def understand(self, inquiry: Inquiry) -> Inquiry:
        """Check and normalise the question, complete a follow-up, read relative time by the article's date."""
        text = check_question(inquiry.text, self._settings.max_question_chars)
        limit = self._settings.max_history_turns
        history = inquiry.history[-limit:] if limit else ()
        draft = complete(text, history, self._embed)
        usage = inquiry.usage
        if self._rewrite is not None and history and not draft.chitchat:
            # The rules' question stays wherever the model has none that may be used.
            rewritten = self._rewrite(draft.original, history, inquiry.llm_seconds)
            draft = dataclasses.replace(draft, text=rewritten.text or draft.text)
            usage = rewritten.usage
        inquiry = dataclasses.replace(inquiry, usage=usage)
        if draft.chitchat:
            return dataclasses.replace(inquiry, draft=draft, question=Question(draft.original, draft.text))
        published = self._date_for(draft.text)
        return dataclasses.replace(inquiry, draft=draft, published=published, question=resolve_time(draft, published))

    def retrieve(self, inquiry: Inquiry) -> Inquiry:
        """Find the passages nearest to the question, by meaning and by words."""
        if inquiry.question is None or _is_chitchat(inquiry):
            return inquiry
        question = inquiry.question
        passages = self._index.retrieve(question.standalone, self._settings.retrieve_k)
        near = dict.fromkeys(scored.passage.article_id for scored in passages)
        chinese = chinese_of(question, [self._index.articles[id_].text for id_ in near])
        if chinese:
            passages = self._index.retrieve(chinese, self._settings.retrieve_k)
            read_as = f"Read in Chinese as “{chinese}”" if question.language == "en" else f"读作“{chinese}”"
            question = dataclasses.replace(question, notes=(*question.notes, read_as))
        passages = [*passages, *self._credits(chinese or question.standalone, passages)]
        return dataclasses.replace(inquiry, question=question, chinese=chinese, passages=tuple(passages))

    def read(self, inquiry: Inquiry) -> Inquiry:
        """Look in the passages for what the question asks."""
        material = self.material(inquiry)
        return dataclasses.replace(inquiry, reading=self._reader.read(material)) if material else inquiry

    def material(self, inquiry: Inquiry) -> Material | None:
        """What the reader is given once passages are found; None where nothing is asked of the articles."""
        if inquiry.question is None or _is_chitchat(inquiry):
            return None
        question = inquiry.chinese or inquiry.question.standalone
        articles = dict.fromkeys(scored.passage.article_id for scored in inquiry.passages)
        people = full_names_of(self._index.articles[id_].text for id_ in articles)
        return Material(
            question=question,
            focus=find_focus(question, inquiry.published, people),
            passages=[scored.passage for scored in inquiry.passages],
            articles=self._index.articles,
        )

    def answer(self, inquiry: Inquiry) -> Inquiry:
        """Put the best finding into words if its figures stand in what it cites; else say that there is none."""
        answer = self._answer(inquiry)
        asked = {answer.question, inquiry.text, *(turn.content for turn in inquiry.history)}
        near = answer.citations or answer.related
        suggestions = next_questions(self._suggestions, near, asked, MOST_NEXT)
        return dataclasses.replace(inquiry, answer=dataclasses.replace(answer, suggestions=suggestions))

    @property
    def words_answers(self) -> bool:
        """Whether a language model words the answers."""
        return self._worded is not None

    def is_worded(self, inquiry: Inquiry) -> bool:
        """Whether the language model words this answer; refusals, sums and small talk stay as they are."""
        return self._worded is not None and inquiry.answer is not None and self._worded.takes(inquiry.answer)

    def word(self, inquiry: Inquiry) -> Generator[str, None, Inquiry]:
        """Yield the answer's text as the language model words it, each sentence checked; return it with the answer."""
        task = self._task(inquiry)
        if self._worded is None:
            yield task.found.text
            return inquiry
        worded = yield from self._worded.word(task, self._index.version, self._seconds_left(inquiry))
        usage = worded.usage if inquiry.usage is None else inquiry.usage + worded.usage
        return dataclasses.replace(inquiry, answer=worded.answer, usage=usage)

    def _seconds_left(self, inquiry: Inquiry) -> float:
        """The language model's time less what the completing of the question took of it."""
        spent = inquiry.timings.get("understand", 0.0) / 1000 if self._rewrite is not None else 0.0
        left = self._settings.llm_seconds - spent
        if inquiry.llm_seconds is not None:
            # On a busy machine the steps before have had a part of it that cannot be foreseen.
            left = min(left, inquiry.llm_seconds - (time.monotonic() - inquiry.begun))
        return max(0.0, left)

    def _task(self, inquiry: Inquiry) -> Task:
        if inquiry.question is None or inquiry.answer is None:
            raise ValueError("the question must be answered before the answer is worded")
        found = [(citation.article_id, citation.start) for citation in inquiry.answer.citations]
        passages = [scored.passage for scored in inquiry.passages]
        # What the reader found comes first, so that a cut never leaves it out.
        passages.sort(key=lambda p: not any(id_ == p.article_id and p.start <= at < p.end for id_, at in found))
        return Task(
            question=inquiry.question,
            found=inquiry.answer,
            passages=tuple(passages[: self._settings.llm_passages]),
            articles=self._index.articles,
            published=inquiry.published,
            public_url=self._settings.public_url,
        )

    def _answer(self, inquiry: Inquiry) -> Answer:
        question, draft = inquiry.question, inquiry.draft
        if question is None or draft is None:
            raise ValueError("the question must be understood before it is answered")
        if draft.chitchat:
            reply = chitchat_reply(draft.chitchat, draft.language)
            return Answer(reply, None, "chitchat", (), draft.text, confidence=1.0)
        articles, url = self._index.articles, self._settings.public_url
        best = inquiry.reading.best
        if best is None or best.confidence < self._settings.refusal_threshold:
            return refuse(question, inquiry.reading, articles, url)
        answer = compose(question, best, articles, url)
        if answer is None:
            return refuse(question, inquiry.reading, articles, url, reason="ungrounded")
        return answer

    def _credits(self, question: str, found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """The captions or bylines of the articles found, where the question can be answered by nothing else.

        Where it asks of a part of the article, its headings.
        """
        kind = BlockKind.HEADING if asked_part(question) else asked_block(fold(question))
        known = {scored.passage.id for scored in found}
        articles = {scored.passage.article_id for scored in found}
        return [
            ScoredPassage(passage, 0.0)
            for passage in self._index.passages
            if kind and passage.kind is kind and passage.article_id in articles and passage.id not in known
        ]

    def _date_for(self, text: str) -> date | None:
        """The date that relative time is read against: the articles' own, of the nearest article where they differ."""
        if len(self._dates) == 1:
            return next(iter(self._dates))
        nearest = self._index.retrieve(text, 1)
        return self._index.articles[nearest[0].passage.article_id].published if nearest else None


def build_chain(steps: AnswerSteps) -> Runnable[Inquiry, Answer]:
    """The steps as one LangChain Runnable from an `Inquiry` to its `Answer`."""
    chain: Runnable[Inquiry, Inquiry] = RunnableLambda(timed("understand", steps.understand))
    for name in STAGES[1:]:
        chain = chain | RunnableLambda(timed(name, getattr(steps, name)))
    if steps.words_answers:
        chain = chain | RunnableLambda(timed(WORD, lambda inquiry: last(steps.word(inquiry))))
    return chain | RunnableLambda(finish)


def last(pieces: Generator[str, None, Inquiry]) -> Inquiry:
    """What a generator of pieces returns, once all have come."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            inquiry: Inquiry = end.value
            return inquiry


def timed(name: str, step: Step) -> Step:
    """``step``, with the milliseconds that it took added to the inquiry's timings under ``name``."""

    def run(inquiry: Inquiry) -> Inquiry:
        begun = time.perf_counter()
        done = step(inquiry)
        milliseconds = round((time.perf_counter() - begun) * 1000, 2)
        return dataclasses.replace(done, timings={**done.timings, name: milliseconds})

    run.__name__ = name
    return run


def finish(inquiry: Inquiry) -> Answer:
    """The answer of an inquiry that has gone all the way, with its timings, their total, and the tokens it cost."""
    if inquiry.answer is None:
        raise ValueError("the inquiry has not gone all the way")
    timings = {**inquiry.timings, "total": round(sum(inquiry.timings.values()), 2)}
    if inquiry.usage is not None:
        timings["prompt_tokens"] = float(inquiry.usage.prompt_tokens)
        timings["completion_tokens"] = float(inquiry.usage.completion_tokens)
    return dataclasses.replace(inquiry.answer, timings=timings)


def reader_for(index: Index, model: SpanModel) -> Reader:
    """The reader of ``index``: the trained ``model``, with rules for what must be compared or computed."""
    rules = SentenceReader(index.sentence_similarity, TermWeights(index.document_frequency, len(index.passages)))
    return TrainedReader(model, rules, ConfidenceModel.load())


def _is_chitchat(inquiry: Inquiry) -> bool:
    return inquiry.draft is not None and inquiry.draft.chitchat is not None
