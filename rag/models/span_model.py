"""The trained reader: finds in each context the spans that may answer a question, with the score of "no answer".

Runs an int8 model by ONNX Runtime. How it was trained and quantised is told in the folder's model card.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.models.span_manifest import MODEL_FILE, TOKENIZER_FILE, Calibration, ReaderManifest
from rag.models.span_search import best_spans
from rag.models.span_windows import TokenizedText, Window, Windows
from rag.models.threads import usable_cores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

READER_FOLDER = Path(__file__).parent / "reader"
"""The reader inside the package."""

CANDIDATES = 5
_ONLY_FATAL = 4
_OUTPUTS = ["start", "end", "answerable"]


@dataclass(frozen=True, slots=True)
class SpanCandidate:
    """A span of a context that may answer: ``context[start:end]``, in code points.

    ``score`` is the logit of its start plus that of its end, ``null_score`` the same sum for "no answer" and
    ``answerable`` the logit of the context answering at all, both from the window that the span was found in.
    """

    start: int
    end: int
    score: float
    null_score: float
    answerable: float

    @property
    def margin(self) -> float:
        """How far the span is above "no answer"; comparable between contexts, as ``score`` alone is not."""
        return self.score - self.null_score


class SpanModel:
    """The reader. May be used from several threads at once; they take turns, since one call uses all cores.

    Example:
        >>> reader = SpanModel.load()
        >>> candidates = reader.read("谁写了这本书？", ["这本书的作者是王小明。"])
    """

    def __init__(self, session: InferenceSession, windows: Windows, manifest: ReaderManifest, threads: int = 1) -> None:
        self._session = session
        # A window to a core: two cores on one window wait for each other at every layer (124 ms against 82).
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._windows = windows
        self._manifest = manifest
        self._turn = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 0) -> SpanModel:
        """The reader in `folder`, by default the one inside the package; `threads` 0: as many as there are cores.

        Raises:
            ModelError: a file of the reader is missing, damaged or of another format; the message says what to do.
        """
        folder = folder or READER_FOLDER
        manifest = ReaderManifest.read(folder)
        windows = Windows(_load_tokenizer(folder / TOKENIZER_FILE), manifest)
        return cls(_open_session(folder / MODEL_FILE), windows, manifest, threads or usable_cores())

    @property
    def calibration(self) -> Calibration:
        """How this reader's logits become probabilities, and the default threshold for refusing."""
        return self._manifest.calibration

    @property
    def identity(self) -> str:
        """A short name that differs between any two readers, for caches and logs."""
        return f"reader@{self._manifest.digests[MODEL_FILE][:16]}"

    def read(self, question: str, contexts: Sequence[str], count: int = CANDIDATES) -> list[list[SpanCandidate]]:
        """For each of `contexts`, in their order, its `count` best spans, the one of the greatest margin first.

        No two spans of a context overlap. A context without visible text has none. What is found in a context does
        not depend on the other contexts, nor on the number of threads that ask at the same time. Of a long question
        only the start is read; a long context is read in overlapping windows.
        """
        return self.read_pairs([(question, context) for context in contexts], count)

    def read_pairs(self, pairs: Sequence[tuple[str, str]], count: int = CANDIDATES) -> list[list[SpanCandidate]]:
        """As `read`, for pairs of a question and a context; one call for all keeps every core busy."""
        questions = {question: self._windows.tokenize(question) for question, _ in pairs}
        tokenized = [self._windows.tokenize(context) for _, context in pairs]
        windows = [
            window
            for number, (question, _) in enumerate(pairs)
            for window in self._windows.cut(questions[question], tokenized[number], number)
        ]
        # The longest first, so that no core is left with a long one at the end.
        windows.sort(key=lambda window: -len(window.ids))
        found: list[list[SpanCandidate]] = [[] for _ in pairs]
        with self._turn:
            read = self._pool.map(lambda window: self._read_window(window, tokenized[window.context], count), windows)
            for window, candidates in zip(windows, read, strict=True):
                found[window.context] += candidates
        return [_without_overlaps(candidates, count) for candidates in found]

    def probability(self, candidate: SpanCandidate) -> float:
        """The probability, 0.0 to 1.0, that the candidate's context answers the question with it."""
        return self.calibration.probability(candidate.margin, candidate.answerable)

    def _read_window(self, window: Window, context: TokenizedText, count: int) -> list[SpanCandidate]:
        # One window at a time, without padding: the numbers of a window then can't depend on its neighbours.
        start: NDArray[np.float32]
        end: NDArray[np.float32]
        start, end, answerable = self._session.run(_OUTPUTS, {"input_ids": window.ids[None]})
        null = float(start[0, 0] + end[0, 0])
        tokens = slice(window.first, window.first + window.tokens.stop - window.tokens.start)
        spans = best_spans(
            start[0, tokens],
            end[0, tokens],
            context.starts[window.tokens],
            context.ends[window.tokens],
            longest=self._manifest.answer_tokens,
            count=count,
        )
        return [SpanCandidate(first, last, score, null, float(answerable[0])) for first, last, score in spans]


def _without_overlaps(candidates: list[SpanCandidate], count: int) -> list[SpanCandidate]:
    chosen: list[SpanCandidate] = []
    for candidate in sorted(candidates, key=lambda candidate: (-candidate.margin, candidate.start, candidate.end)):
        if len(chosen) < count and all(
            candidate.end <= other.start or other.end <= candidate.start for other in chosen
        ):
            chosen.append(candidate)
    return chosen


def _load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))


def _open_session(path: Path) -> InferenceSession:
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = _ONLY_FATAL
    # The graph is written fused; a later release of ONNX Runtime shall not rewrite it and change the numbers.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    names = "Fail InvalidArgument InvalidGraph InvalidProtobuf NotImplemented RuntimeException"
    refusals: tuple[type[Exception], ...] = tuple(getattr(failures, name) for name in names.split())
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except refusals as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{path} cannot be run by ONNX Runtime {onnxruntime.__version__} ({reason})") from error
