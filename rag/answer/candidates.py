"""Spans that the trained reader found, as candidates with the sentence and the figure that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.dealt_rows import dealt_figure, whole_row
from rag.answer.evidence import Sentence, gather
from rag.answer.figure_ranking import is_asked_kind
from rag.answer.figures import Figure, find_figures
from rag.answer.guards.averages import with_its_each
from rag.answer.guards.figure_guards import FIGURE_GUARDS
from rag.answer.rank_wording import word_ranks
from rag.answer.reading import Material
from rag.answer.spans.whole_span import whole_span
from rag.answer.times.time_ranges import asked_end
from rag.answer.times.time_wording import word_times
from rag.index.introduction import introduction
from rag.models.span_model import SpanCandidate, SpanModel
from rag.question.focus import Focus
from rag.question.full_names import full_names
from rag.question.granted_names import leave_out_granted
from rag.question.kinds import AnswerKind, asked_block
from rag.types import Article, BlockKind, Passage, Span

MOST_READ = 6
"""Passages that are read: the answer is nearly always in the first five, and each takes a fiftieth of a second."""
_PER_PASSAGE = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer.

    ``span`` is in the article, ``within`` in its first sentence; ``sentences`` are all that it touches; ``figure`` is
    the figure in it that fits best what is asked. ``scored`` is what the reader made of it. Of a quantity the span is
    the figure alone; of a date or of several things it is the whole of them, see `whole_span`.
    """

    text: str
    span: Span
    within: Span
    sentences: tuple[Sentence, ...]
    figure: Figure | None
    scored: SpanCandidate

    @property
    def sentence(self) -> Sentence:
        """The sentence that it begins in."""
        return self.sentences[0]


def find_candidates(material: Material, model: SpanModel) -> list[Candidate]:
    """What ``model`` finds in the first passages of ``material``, each span once, the widest margin first.

    The margin is that over "no answer".

    Where only captions or the byline can answer, only these are read.

    Each passage is read with the question in its own words for times, see `word_times`, and without the names that
    it takes for granted, see `leave_out_granted`.
    """
    passages = _readable(material)
    sentences = gather(passages, material.articles)
    read = _read(model, [_worded(material, passage) for passage in passages], passages)
    found = [
        candidate
        for passage, spans in zip(passages, read, strict=True)
        for candidate in _candidates(material, passage, spans, sentences)
    ]
    best: dict[tuple[str, Span], Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.scored.margin):
        best.setdefault((candidate.sentence.article_id, candidate.span), candidate)
    return list(best.values())


def _worded(material: Material, passage: Passage) -> str:
    """The question as it is asked of ``passage``."""
    article = material.articles[passage.article_id]
    focus, published = material.focus, article.published
    counted = focus.kind is AnswerKind.QUANTITY
    question = word_times(material.question, focus.times, passage.text, published, exact=counted)
    context, _ = under_title(passage.title, passage.text)
    left = leave_out_granted(question, context, introduction(article), full_names(article.text))
    return word_ranks(left, passage.text)


def under_title(title: str, text: str) -> tuple[str, int]:
    """What the reader reads of a text of an article, and where the text begins in it.

    The title says whose figures and which place a passage speaks of, which the passage itself often leaves out.
    """
    return f"{title}\n{text}", len(title) + 1


def _read(model: SpanModel, questions: Sequence[str], passages: Sequence[Passage]) -> Iterator[list[SpanCandidate]]:
    """What ``model`` finds in each of ``passages``, asked its own of ``questions``, in the offsets of the passage.

    Spans of the title are left out.
    """
    contexts = [(p.text, 0) if p.kind is BlockKind.TITLE else under_title(p.title, p.text) for p in passages]
    pairs = [(question, context) for question, (context, _) in zip(questions, contexts, strict=True)]
    for (_, first), spans in zip(contexts, model.read_pairs(pairs, _PER_PASSAGE), strict=True):
        yield [replace(span, start=span.start - first, end=span.end - first) for span in spans if span.start >= first]


def _readable(material: Material) -> Sequence[Passage]:
    wanted = asked_block(material.focus.wording)
    fitting = [passage for passage in material.passages if passage.kind is wanted]
    return fitting or material.passages[:MOST_READ]


def _candidates(
    material: Material, passage: Passage, spans: Sequence[SpanCandidate], sentences: Sequence[Sentence]
) -> Iterator[Candidate]:
    article = material.articles[passage.article_id]
    for scored in spans:
        span = Span(passage.start + scored.start, passage.start + scored.end)
        touched = [s for s in sentences if s.article_id == article.id and s.span.overlaps(span)]
        if not touched or (material.focus.kind is not AnswerKind.LIST and _crosses_paragraphs(article, span)):
            continue
        figure, focus = _fitting_figure(material.focus, span, touched), material.focus
        dealt = dealt_figure(focus, figure) if figure and focus.kind is not AnswerKind.LIST else None
        figure = dealt or figure
        row = whole_row(focus, figure) if figure else None
        if row is not None:
            touched, span, figure = (
                [s for s in sentences if s.article_id == article.id and s.span.covers(row)],
                row,
                None,
            )
        elif figure is not None and (dealt or focus.kind is AnswerKind.QUANTITY):
            touched, span = [figure.sentence], asked_end(focus, figure.span, figure.sentence)
            span = with_its_each(focus, figure, span)
        else:
            inside = [s for s in sentences if s.article_id == article.id and passage.span.covers(s.span)]
            span = whole_span(material.focus, span, inside)
            touched = [s for s in sentences if s.article_id == article.id and s.span.overlaps(span)]
            span = asked_end(material.focus, span, touched[0])
        first = touched[0]
        within = Span(max(0, span.start - first.start), min(span.end - first.start, len(first.text)))
        yield Candidate(article.text[span.start : span.end], span, within, tuple(touched), figure, scored)


def _crosses_paragraphs(article: Article, span: Span) -> bool:
    """Whether a span runs from one paragraph into the next: but for a list, that is no one thing."""
    return "\n" in article.text[span.start : span.end].strip()


def _fitting_figure(focus: Focus, span: Span, sentences: Sequence[Sentence]) -> Figure | None:
    """The figure inside ``span`` that is asked for: of the right kind, with the fewest guards against it."""
    inside = [figure for sentence in sentences for figure in find_figures(sentence) if figure.span.overlaps(span)]

    def doubts(figure: Figure) -> tuple[bool, int]:
        against = sum(guard.speaks_against(focus, figure) for guard in FIGURE_GUARDS.values())
        return not is_asked_kind(focus, figure), against

    return min(inside, key=doubts, default=None)
