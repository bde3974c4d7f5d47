"""Test questions on disk: one JSON object a line, checked against the schema and against the articles.

The format is described in ``eval/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError

from rag.errors import JuwenError
from rag.types import Article, Span, Status, Turn

Kind = Literal[
    "mission",
    "fact",
    "lookalike",
    "paraphrase",
    "relative_time",
    "list",
    "who_where_when",
    "arithmetic",
    "followup",
    "caption_byline",
    "variant",
    "near_miss",
    "off_topic",
    "chitchat",
    "hostile",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class CaseError(JuwenError):
    """A file of test questions that cannot be used; the message names the file and the line."""

    code = "bad_case"


@dataclass(frozen=True, slots=True)
class Case:
    """One question, what is accepted as its answer, and the sentences that hold it.

    ``answers`` are accepted short answers, any one of which is right. ``evidence`` are sentences of the article
    in its repaired text, verbatim but for spaces. Both are empty where the article does not answer.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    id: str
    article: str
    kind: Kind
    question: str
    answerable: bool
    status: Status
    history: tuple[Turn, ...] = field(default=())
    answers: tuple[str, ...] = field(default=())
    evidence: tuple[str, ...] = field(default=())

    def flaw(self) -> str | None:
        """What contradicts itself in the case, in a few words; None where nothing does.

        Example:
            >>> Case("x-1", "x", "fact", "多少？", answerable=True, status="refused").flaw()
            "answerable is true but status is 'refused'"
        """
        if not self.id or not self.article:
            return "id and article must not be empty"
        if self.answerable != (self.status in ("answered", "computed")):
            return f"answerable is {str(self.answerable).lower()} but status is {self.status!r}"
        if self.answerable and not (self.answers and self.evidence):
            return "an answerable question needs answers and evidence"
        if not self.answerable and (self.answers or self.evidence):
            return "an unanswerable question has neither answers nor evidence"
        if not all(text.strip() for text in (*self.answers, *self.evidence)):
            return "answers and evidence must not be blank"
        if [turn.role for turn in self.history] != ["user", "assistant"] * (len(self.history) // 2):
            return "history must be pairs of a user's turn and the assistant's"
        return None


_LINE = TypeAdapter(Case)


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a ``.jsonl`` file, in its order; blank lines are skipped.

    Raises:
        CaseError: the file cannot be read or holds no case, or a line is not a case; the message names file and line.
    """
    cases: dict[str, Case] = {}
    for place, line in case_lines(path):
        case = parse_case(line, place)
        if case.id in cases:
            raise CaseError(f"{place}: id {case.id!r} is used twice; give each case its own")
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path}: holds no case; write one JSON object a line")
    return tuple(cases.values())


def case_lines(path: Path) -> list[tuple[str, str]]:
    """The lines of a file that are not blank, each after its place, ``file:number``.

    Raises:
        CaseError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: cannot be read ({error}); give a UTF-8 file of one JSON object a line") from error
    return [(f"{path}:{number}", line) for number, line in enumerate(lines, start=1) if line.strip()]


def parse_case(line: str, place: str) -> Case:
    """The case on one line.

    Raises:
        CaseError: it is no case, or contradicts itself; the message begins with ``place``.
    """
    try:
        case = _LINE.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the line"
        raise CaseError(f"{place}: {name}: {first['msg']} (got {first['input']!r:.80})") from error
    flaw = case.flaw()
    if flaw is not None:
        raise CaseError(f"{place}: {flaw} (case {case.id!r})")
    return case


def locate(quote: str, text: str) -> Span | None:
    """Where ``quote`` stands in ``text``, spaces and line ends aside; None where it does not.

    Example:
        >>> locate("智能 工厂", "建成智能工厂")
        Span(start=2, end=6)
    """
    places = [place for place, character in enumerate(text) if not character.isspace()]
    wanted = "".join(quote.split())
    first = "".join(text[place] for place in places).find(wanted)
    if first < 0 or not wanted:
        return None
    return Span(places[first], places[first + len(wanted) - 1] + 1)


def locate_evidence(cases: Iterable[Case], articles: Mapping[str, Article]) -> dict[str, tuple[Span, ...]]:
    """Where the evidence of each case stands in its article, by case id.

    Raises:
        CaseError: an article is missing, or sentences do not stand in it; the message names all of them.
    """
    places: dict[str, tuple[Span, ...]] = {}
    for case in cases:
        article = articles.get(case.article)
        if article is None:
            known = ", ".join(sorted(articles)) or "none"
            raise CaseError(f"case {case.id!r}: no article {case.article!r} in the corpus (there are: {known})")
        spans = [(quote, locate(quote, article.text)) for quote in case.evidence]
        missing = ", ".join(repr(quote) for quote, span in spans if span is None)
        if missing:
            raise CaseError(f"case {case.id!r}: evidence does not stand in {case.article!r}: {missing}")
        places[case.id] = tuple(span for _, span in spans if span is not None)
    return places
