"""The answer of a language model, sentence by sentence, each checked before it is shown.

The model words what the reader found; it never decides whether there is an answer. Nothing is shown until a checked
sentence states the reader's finding, so that a fluent answer to another question cannot slip through.
"""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from rag.answer.citations import cite
from rag.answer.evidence import gather
from rag.answer.grounding import agrees
from rag.answer.reading import Support
from rag.answer.worded.claim import plain
from rag.answer.worded.claim_check import Verdict
from rag.answer.worded.prompt import answer_messages, repair_messages
from rag.answer.worded.sentence_judge import Judged, SentenceJudge
from rag.answer.worded.task import Task
from rag.answer.worded.written import WrittenSentences
from rag.answer.wording import marks, say
from rag.errors import LanguageModelError, LanguageModelFailure
from rag.llm.language_model import Deadline, LanguageModel, Message, Usage
from rag.text.normalise import fold
from rag.text.numbers import find_quantities
from rag.types import Answer, Language, Span

MOST_SENTENCES = 8
MOST_REPAIRS = 2
_LONG_SHORT = 12
_NOT_THERE = (
    "文章没有提到",
    "文章没有提及",
    "文中没有提到",
    "文章未提",
    "文中未提",
    "没有提到",
    "段落里没有",
    "段落中没有",
)
_NOT_THERE_ENGLISH = ("the article does not", "the passages do not", "the article doesn't", "not mentioned")
_REASONS = {LanguageModelFailure.TIMEOUT: "llm_timeout", LanguageModelFailure.BUSY: "llm_busy"}
_AT_ITS_END = re.compile(r"[。！？!?.…；;\]］】〕][”’」』）)》\"'\s]*$")
_ENDS = "。！？!?.…；;"

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """How an answer has come along so far; filled in while it is written."""

    usage: Usage = dataclasses.field(default_factory=Usage)
    shown: list[Judged] = dataclasses.field(default_factory=list)
    dropped: int = 0
    repaired: int = 0
    says_not_there: bool = False
    failure: LanguageModelFailure | None = None


def word(task: Task, model: LanguageModel, deadline: Deadline, progress: Progress) -> Generator[str, None, Answer]:
    """Yield the answer sentence by sentence and return it whole; the reader's, yielded as one, where the model fails.

    Args:
        task: what is to be worded.
        model: words it.
        deadline: when the reader's answer is given, whatever the model is about.
        progress: told what happened on the way.
    """
    writer = _Writer(task, model, deadline, progress)
    text = ""
    for judged in writer.agreed():
        piece = writer.show(judged, first=not text)
        text += piece
        yield piece
    if not text:
        answer = readers_answer(task, progress)
        yield answer.text
        return answer
    return _worded(task, text, writer.support, progress)


class _Writer:
    """One answer while it is written."""

    def __init__(self, task: Task, model: LanguageModel, deadline: Deadline, progress: Progress) -> None:
        self._task = task
        self._model = model
        self._deadline = deadline
        self._progress = progress
        self._messages = answer_messages(task.question, task.published, task.passages, task.found)
        sentences = {number: gather([passage], task.articles) for number, passage in enumerate(task.passages, start=1)}
        self._judge = SentenceJudge(sentences, task.published, task.question.language)
        self._repairs = 0
        self.support: list[Support] = []

    def agreed(self) -> Iterator[Judged]:
        """The sentences that passed, held back until one of them states what the reader found."""
        held: list[Judged] = []
        agreed = False
        for judged in self._passed():
            held.append(judged)
            agreed = agreed or states(self._task.found, judged)
            if agreed:
                yield from held
                held.clear()

    def show(self, judged: Judged, *, first: bool) -> str:
        """A sentence with the marks of its citations, numbered in the order in which they are first used."""
        self._progress.shown.append(judged)
        self._progress.repaired += judged.repaired
        numbers = []
        for part in judged.support:
            if part not in self.support:
                self.support.append(part)
            numbers.append(self.support.index(part) + 1)
        words = judged.claim.text.rstrip(_ENDS)
        closing = judged.claim.text[len(words) :] or _full_stop(self._task.question.language)
        space = "" if first or self._task.question.language == "zh" else " "
        return f"{space}{words}{marks(numbers)}{closing}"

    def _passed(self) -> Iterator[Judged]:
        seen: set[str] = set()
        said = ""
        try:
            for written in self._written():
                if says_not_there(written):
                    self._progress.says_not_there = True
                    continue
                judged = self._judge.judge(written, self._rewrite)
                words = "" if judged is None else plain(judged.claim.text)
                if judged is None or (judged.repaired and words in seen):
                    self._progress.dropped += 1
                elif words not in seen and not (said and _adds_nothing(judged, said)):
                    seen.add(words)
                    said += judged.claim.sentence.folded
                    yield judged
                if len(seen) == MOST_SENTENCES:
                    return
        except LanguageModelError as error:
            self._progress.failure = error.reason
            logger.warning("%s", error)

    def _written(self) -> Iterator[str]:
        collected = WrittenSentences()
        pieces = self._model.write(self._messages, self._deadline)
        try:
            while True:
                try:
                    piece = next(pieces)
                except StopIteration as end:
                    self._progress.usage += end.value
                    break
                yield from collected.add(piece)
        finally:
            pieces.close()
        for sentence in collected.end():
            # A model that came to the end of its tokens breaks off in the middle of a sentence.
            if is_whole(sentence):
                yield sentence
            else:
                self._progress.dropped += 1

    def _rewrite(self, sentence: str, verdict: Verdict) -> str:
        if verdict.fault is None or self._deadline.passed or self._repairs == MOST_REPAIRS:
            return ""
        self._repairs += 1
        messages = repair_messages(self._messages, sentence, verdict.fault, verdict.words, self._task.question.language)
        return _whole(self._model, messages, self._deadline, self._progress)


def states(found: Answer, judged: Judged) -> bool:
    """Whether a sentence states what the reader found: its figures or its name, or, of longer words, their place."""
    short = found.short or ""
    figures = find_quantities(short)
    if figures:
        return all(any(agrees(figure, other) for other in judged.claim.figures) for figure in figures)
    if short and plain(short) in plain(judged.claim.text):
        return True
    if short and len(short) <= _LONG_SHORT:
        return False
    places = [(citation.article_id, Span(citation.start, citation.end)) for citation in found.citations[:1]]
    return any(part.article_id == id_ and part.span.overlaps(span) for part in judged.support for id_, span in places)


def _adds_nothing(judged: Judged, said: str) -> bool:
    """Whether all that a sentence tells was told before: 这就是30件 after 展出了30件."""
    claim = judged.claim
    told = [term.text for term in claim.terms] + [fold(figure.text) for figure in claim.figures]
    return all(words in said for words in told)


def is_whole(written: str) -> bool:
    """Whether the last sentence of a text is at its end: a full stop or its like stands there, or a mark.

    Example:
        >>> is_whole("产量30万吨[1]"), is_whole("产量30万吨。”"), is_whole("产量30万")
        (True, True, False)
    """
    return bool(_AT_ITS_END.search(written))


def says_not_there(written: str) -> bool:
    """Whether a sentence says that the article holds no answer.

    Example:
        >>> says_not_there("文章没有提到。"), says_not_there("文章没有写作者[1]。")
        (True, False)
    """
    folded = plain(written)
    return folded.startswith(_NOT_THERE) or written.lower().startswith(_NOT_THERE_ENGLISH)


def _whole(model: LanguageModel, messages: Sequence[Message], deadline: Deadline, progress: Progress) -> str:
    """One sentence from the model, "" where it fails: what has been shown so far stands without it."""
    collected = WrittenSentences()
    sentences: list[str] = []
    pieces = model.write(messages, deadline)
    try:
        while True:
            try:
                sentences += collected.add(next(pieces))
            except StopIteration as end:
                progress.usage += end.value
                break
    except LanguageModelError as error:
        logger.warning("a sentence could not be repaired: %s", error)
        return ""
    finally:
        pieces.close()
    sentences += collected.end()
    return sentences[0] if sentences else ""


def _worded(task: Task, text: str, support: Sequence[Support], progress: Progress) -> Answer:
    language = task.question.language
    told = [say("worded", language)]
    if progress.repaired:
        told.append(say("worded_repaired", language, count=str(progress.repaired)))
    if progress.dropped:
        told.append(say("worded_dropped", language, count=str(progress.dropped)))
    if progress.failure is not None:
        told.append(say("worded_cut", language))
    notes = (*task.found.notes, ("；" if language == "zh" else "; ").join(told))
    citations = cite(support, task.articles, task.public_url, task.found.confidence)
    return dataclasses.replace(task.found, text=text, citations=citations, mode="llm", notes=notes)


def readers_answer(task: Task, progress: Progress) -> Answer:
    """The reader's answer, which says why it is not worded by the model."""
    language = task.question.language
    if progress.failure is not None:
        note = say("llm_failed", language, reason=say(_REASONS.get(progress.failure, "llm_error"), language))
    else:
        note = say("llm_unsure" if progress.says_not_there else "llm_rejected", language)
    return dataclasses.replace(task.found, notes=(*task.found.notes, note))


def _full_stop(language: Language) -> str:
    return "。" if language == "zh" else "."
