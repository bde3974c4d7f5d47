"""What the server counts of its own work, for Prometheus. Nothing in it tells of a visitor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from rag.serve.backend import Backend
from rag.types import Answer

if TYPE_CHECKING:
    from rag.answer.worded.worded_answers import WordedAnswers

ERROR_STATUS: Final = "error"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


_TALLIES: Final = (
    (
        "juwen_llm_answers",
        "Answers by what became of the wording: worded, kept (worded before), not_worded (the reader's was given).",
        "outcome",
        "",
        ("worded", "kept", "not_worded"),
    ),
    ("juwen_llm_failures", "Answers in which the language model failed, by why.", "reason", "failed_", ()),
    (
        "juwen_llm_sentences",
        "Sentences of the language model that did not pass the check as they were: repaired or dropped.",
        "outcome",
        "sentences_",
        ("sentences_repaired", "sentences_dropped"),
    ),
    (
        "juwen_llm_denials",
        "Answers of which the language model said that the articles do not hold them.",
        "outcome",
        "",
        ("said_not_there",),
    ),
)
"""What `WordedAnswers.tally` counts, as metrics: name, help, label, prefix of the tally's names, names; () for all."""


class Crowded(Protocol):
    """Has questions in line: `rag.serve.workers.Workers`."""

    @property
    def crowd(self) -> tuple[int, int]:
        """How many wait, and how many are being answered."""


class Metrics:
    """The counters of one application, in a registry of their own: a process may hold many applications.

    Example:
        >>> metrics = Metrics()
        >>> metrics.votes.labels("up").inc()
        >>> 'juwen_feedback_votes_total{vote="up"} 1.0' in metrics.text()
        True
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "juwen_http_requests", "Requests.", ["route", "method", "status"], registry=self.registry
        )
        self.request_seconds = Histogram(
            "juwen_http_request_seconds",
            "Seconds until a response begins.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.questions = Counter(
            "juwen_questions",
            "Questions by how they ended: answered, computed, refused, chitchat or error.",
            ["status", "channel"],
            registry=self.registry,
        )
        self.answer_seconds = Histogram(
            "juwen_answer_seconds",
            "Seconds from a question's arrival to its whole answer, waiting included.",
            ["channel"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.answers = Counter(
            "juwen_answers",
            "Answers by who worded them: reader (this program) or llm (a language model).",
            ["mode"],
            registry=self.registry,
        )
        self.llm_tokens = Counter(
            "juwen_llm_tokens",
            "Tokens that the language model read (prompt) and wrote (completion) for answers, as its server says.",
            ["kind"],
            registry=self.registry,
        )
        self.overloaded = Counter(
            "juwen_overloaded", "Questions sent away as too many were waiting.", registry=self.registry
        )
        self.rate_limited = Counter(
            "juwen_rate_limited", "Requests sent away as their sender asked too often.", registry=self.registry
        )
        self.votes = Counter("juwen_feedback_votes", "Votes on answers.", ["vote"], registry=self.registry)

    def note_question(self, status: str, channel: str, seconds: float) -> None:
        """Count a question that has ended. ``seconds``: since it arrived."""
        self.questions.labels(status, channel).inc()
        if status != ERROR_STATUS:
            self.answer_seconds.labels(channel).observe(seconds)

    def note_answer(self, answer: Answer) -> None:
        """Count an answer, and the tokens that it cost."""
        self.answers.labels(answer.mode).inc()
        for kind in ("prompt", "completion"):
            if tokens := answer.timings.get(f"{kind}_tokens"):
                self.llm_tokens.labels(kind).inc(tokens)

    def watch(self, chatbot: Backend, workers: Crowded) -> None:
        """Tell of the articles of ``chatbot`` and of the questions with ``workers`` too."""
        self.registry.register(_State(chatbot, workers))

    def text(self) -> str:
        """All of it in Prometheus' text format, version 0.0.4."""
        return generate_latest(self.registry).decode("utf-8")


class _State(Collector):
    """What is read at the moment of asking."""

    def __init__(self, chatbot: Backend, workers: Crowded) -> None:
        self._chatbot = chatbot
        self._workers = workers

    def collect(self) -> Iterable[Metric]:
        """The gauges, and the version of the index."""
        waiting, answering = self._workers.crowd
        yield GaugeMetricFamily("juwen_questions_waiting", "Questions in line.", value=waiting)
        yield GaugeMetricFamily("juwen_questions_being_answered", "Questions being answered.", value=answering)
        yield GaugeMetricFamily("juwen_articles", "Articles in the index.", value=len(self._chatbot.articles))
        yield InfoMetricFamily("juwen_index", "The present index.", value={"version": self._chatbot.index_version})
        if self._chatbot.worded is not None:
            yield from _of_language_model(self._chatbot.worded)


def _of_language_model(worded: WordedAnswers) -> Iterable[Metric]:
    # Only where a language model is set is anything of it loaded.
    from rag.llm.circuit import STATES, Circuit

    tally = dict(worded.tally)
    for name, help_text, label, prefix, outcomes in _TALLIES:
        counted = outcomes or sorted(key for key in tally if key.startswith(prefix))
        family = CounterMetricFamily(name, help_text, labels=[label])
        for key in counted:
            family.add_metric([key.removeprefix(prefix)], tally.get(key, 0))
        yield family
    if isinstance(worded.model, Circuit):
        now = worded.model.state
        circuit = GaugeMetricFamily("juwen_llm_circuit", "1 for the state that it is in.", labels=["state"])
        for state in STATES:
            circuit.add_metric([state], float(state == now))
        yield circuit


def metrics_router(metrics: Metrics) -> APIRouter:
    """The route that Prometheus asks. It is open; where it must not be, the proxy before the server closes it."""
    router = APIRouter(tags=["Health"])

    @router.get("/metrics", response_class=PlainTextResponse)
    def read_metrics() -> Response:
        """What this process has counted since its start, in Prometheus' text format."""
        return Response(metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})

    return router
