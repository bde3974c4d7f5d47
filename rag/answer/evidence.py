"""Sentences of retrieved passages together with what they take from around them.

A sentence of an article seldom stands alone: 其中出口量12万台 takes its year and place from the sentence
before it. `Sentence` keeps the sentence apart from that context, so that a citation stays exact while a check
can still see the year.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.times.report_time import is_as_of_now, reported_time
from rag.answer.times.told_times import COMPARED_AFTER, is_reference, leading_times, told_times
from rag.index.introduction import introduction
from rag.question.full_names import full_names
from rag.text.dates import Period, TimeExpression
from rag.text.normalise import fold
from rag.text.numbers import Quantity, find_quantities
from rag.text.sentences import split_clauses, split_sentences
from rag.text.tokens import Token, tokenize
from rag.types import Article, BlockKind, Passage, Span

_LEANS_ON_THE_PARAGRAPH_BEFORE = re.compile(
    r"^[“\"]?(?:这|那|该|此|其(?![他它实余])|他|她|它|两人|双方|同时|不仅如此|与此同时)|全县|全镇|全村|全馆|该县|该市|该省|该馆|该公司|该校|该区"
)
_SENTENCE_END = re.compile(r"[。!?！？;；\n]")
_AFTER = 40
_SPEAKS_OF_NOW = re.compile(r"^(?:目前|如今|现在|眼下|当前|至今)")
_NOW_AGAIN = re.compile(r"(?:^|[,，、(（“])(?:[^\W\d]{0,4})(?:目前|如今|现在|眼下)(?!的)")
_GOES_ON = re.compile(
    r"^(?:其中|同比|环比|比上年|较上年|增长|下降|增速|这|该|其|全年|累计|占|是|净|此外|同时|那一?年|这一年|该年|当年|同年)"
)
_OF_THE_NEXT_FIGURE = re.compile(r"^的?\s*(?=[约近超]?[\d一二两三四五六七八九十百])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article with its surroundings.

    ``text`` and all offsets inside ``clauses``, ``tokens``, ``times`` and ``quantities`` are relative to the
    sentence; ``start`` is where it begins in the article. ``before`` is the folded text of its paragraph up to
    it (with the paragraph before, where this one leans on it), ``after`` the few words that follow, ``heading`` the
    folded section and title, ``introduced`` the folded `introduction` of the article. ``times_before`` and
    ``times_of_section`` are the times in ``before`` and in the heading of its section, relative to these;
    ``reported`` is the time that the whole article reports on, if it is a report; ``people`` are the `full_names` of
    the article.
    """

    article_id: str
    start: int
    text: str
    folded: str
    kind: BlockKind
    section: str
    before: str
    before_start: int
    after: str
    heading: str
    introduced: str
    clauses: tuple[Span, ...]
    tokens: tuple[Token, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    times_before: tuple[TimeExpression, ...]
    times_of_section: tuple[TimeExpression, ...]
    reported: TimeExpression | None
    published: Period | None
    people: frozenset[str]

    @property
    def span(self) -> Span:
        """Where the sentence stands in the article."""
        return Span(self.start, self.start + len(self.text))

    def is_reference(self, time: TimeExpression) -> bool:
        """Whether a time is only what something is compared with (是2021年的6倍, 比2023年), not when it was."""
        return is_reference(self.folded, time)

    def _governs(self, time: TimeExpression, offset: int) -> bool:
        """Whether a time may govern ``offset``; in 从去年的23个增加到35个 it is the time of the 23 alone.

        A time in brackets with a figure of its own (去年为9200元) holds for that alone.
        """
        brackets = _brackets_around(self.folded, time)
        if brackets is not None and not brackets.start <= offset < brackets.end:
            inside = (q for q in self.quantities if brackets.start <= q.start and q.end <= brackets.end)
            if any(q.end <= time.start or q.start >= time.end for q in inside):
                return False
        match = _OF_THE_NEXT_FIGURE.match(self.folded[time.end :])
        if match and match.group().startswith("的"):
            return offset == time.end + match.end() and not COMPARED_AFTER.match(self.folded[time.end :])
        return not self.is_reference(time)

    def time_at(self, offset: int) -> TimeExpression | None:
        """The time that governs the words at ``offset``: the last one before it that is no mere comparison.

        Falls back on the first time of the same clause after the offset, then on the paragraph before. None too where
        the sentence has come from a year gone by to now: 2003年有3家,如今有8家.
        """
        own = [time for time in self.times if self._governs(time, offset)]
        earlier = [time for time in own if time.start <= offset]
        if earlier:
            return None if self._is_now_again(earlier[-1], offset) else earlier[-1]
        clause = next((span for span in self.clauses if span.start <= offset < span.end), None)
        if clause is not None:
            later = [time for time in own if clause.start <= time.start < clause.end]
            if later:
                return later[0]
        return self._carried_time()

    def _is_now_again(self, time: TimeExpression, offset: int) -> bool:
        if time.period is None or self.published is None or time.period.last.year >= self.published.first.year:
            return False
        return _NOW_AGAIN.search(self.folded[time.end : offset]) is not None

    def _carried_time(self) -> TimeExpression | None:
        """The time that the paragraph before gives: its last, unless that was set against another (2023年则为…).

        Where it gives none, the time of the section's heading, as a diary has it, or the one that the article reports
        on. The day on which a report came out is not the time that it tells of.
        """
        if _SPEAKS_OF_NOW.match(self.folded):
            return None
        told = self._told_time()
        if told is not None and told.period is not None and self.folded.startswith("全年"):
            return dataclasses.replace(told, period=Period.year(told.period.first.year))
        is_day = told is not None and told.period is not None and told.period.is_point
        return self.reported if self.reported and (told is None or is_day) and not is_as_of_now(self.folded) else told

    def _told_time(self) -> TimeExpression | None:
        if not self.times_before:
            return self.times_of_section[0] if len(self.times_of_section) == 1 else None
        last = self.times_before[-1]
        goes_on = bool(_GOES_ON.match(self.folded)) or self.before.rstrip().endswith((";", "；", ":", "："))
        agree = all(
            time.period is None or last.period is None or time.period == last.period for time in self.times_before
        )
        return last if goes_on or agree or len(self.times_before) == 1 else None


def _brackets_around(folded: str, time: TimeExpression) -> Span | None:
    """The stretch in round brackets that holds ``time``."""
    opened = folded.rfind("(", 0, time.start)
    closed = folded.find(")", time.end)
    if opened < 0 or closed < 0 or ")" in folded[opened : time.start] or "(" in folded[time.end : closed]:
        return None
    return Span(opened, closed)


def gather(passages: Iterable[Passage], articles: Mapping[str, Article]) -> list[Sentence]:
    """All sentences of ``passages``, in their order, each once."""
    seen: dict[tuple[str, int], Sentence] = {}
    for passage in passages:
        article = articles[passage.article_id]
        # A caption or a byline is read as one: its credit says nothing without the rest.
        whole = passage.kind in (BlockKind.CAPTION, BlockKind.BYLINE)
        for span in (passage.span,) if whole else passage.sentences:
            key = (article.id, span.start)
            if key not in seen:
                seen[key] = read_sentence(article, span.start, span.end)
    return list(seen.values())


@lru_cache(maxsize=16384)
def read_sentence(article: Article, start: int, end: int) -> Sentence:
    """The sentence ``article.text[start:end]`` with its surroundings."""
    block = article.block_at(start)
    section = block.section if block else ""
    text = article.text[start:end].rstrip()
    before_start = _context_start(article, start)
    before = article.text[before_start:start]
    reported = reported_time(article)
    times_before = leading_times(before, article.published, reported.period if reported else None)
    told = times_before[-1].period if times_before else None
    times = told_times(text, article.published, told, reported.period if reported else None)
    published = Period.day(*article.published.timetuple()[:3]) if article.published else None
    return Sentence(
        article_id=article.id,
        start=start,
        text=text,
        folded=fold(text),
        kind=block.kind if block else BlockKind.PARAGRAPH,
        section=section,
        before=fold(before),
        before_start=before_start,
        after=fold(article.text[end : min(block.end, end + _AFTER)]) if block else "",
        heading=fold(f"{section} {article.title} {article.subtitle}"),
        introduced=_introduced(article),
        clauses=tuple(split_clauses(text)),
        tokens=tuple(tokenize(text)),
        times=times,
        quantities=tuple(find_quantities(text)),
        times_before=times_before,
        times_of_section=leading_times(section, article.published),
        reported=reported,
        published=published,
        people=full_names(article.text),
    )


@lru_cache(maxsize=256)
def _introduced(article: Article) -> str:
    return fold(introduction(article))


def _context_start(article: Article, start: int) -> int:
    """Where the context of the sentence at ``start`` begins: its paragraph, or the one before if it leans on it."""
    position = next((i for i, block in enumerate(article.blocks) if block.start <= start < block.end), None)
    if position is None:
        return start
    block = article.blocks[position]
    if position == 0 or not _LEANS_ON_THE_PARAGRAPH_BEFORE.search(article.text[block.start : block.end]):
        return block.start
    previous = article.blocks[position - 1]
    leans = previous.kind is BlockKind.PARAGRAPH and block.kind is BlockKind.PARAGRAPH
    return previous.start if leans else block.start


def last_sentence(sentence: Sentence) -> str:
    """The folded sentence before ``sentence`` in its paragraph."""
    return _SENTENCE_END.split(sentence.before.rstrip("。!?！？;；\n 　"))[-1]


def sentence_before(sentence: Sentence) -> list[Span]:
    """The sentences of the context of ``sentence``, nearest last, as spans in the article."""
    return split_sentences(sentence.before, sentence.before_start)
