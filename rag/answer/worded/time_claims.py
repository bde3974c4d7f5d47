"""Which sentence of the passages gives a time that a worded sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.evidence import Sentence
from rag.answer.worded.claim import Claim, plain
from rag.text.dates import Period, TimeExpression

_LEAP_AND_LONG_MONTHS = 4
_LINE_BREAK = 2


def time_carrier(
    claim: Claim, time: TimeExpression, pool: Sequence[Sentence], carriers: Sequence[Sentence]
) -> Sentence | None:
    """The sentence that gives ``time``, one of ``claim``; None where none does.

    Args:
        claim: the worded sentence.
        time: a time that it names.
        pool: the sentences of the passages that it cites.
        carriers: those of them that carry its figures and words, the nearest to it first.
    """
    if time.period is None:
        return next((s for s in carriers if plain(time.text) in plain(s.folded)), None)
    if claim.sentence.is_reference(time):
        # What something is compared with is named in the article too, not understood.
        return next((s for s in carriers if any(other.period == time.period for other in s.times)), None)
    teller = next((sentence for sentence in carriers if _tells_of(time, time.period, sentence)), None)
    if teller is not None:
        return teller
    giver = time_giver(carriers[0], pool)
    return giver if giver is not None and any(other.period == time.period for other in giver.times) else None


def time_giver(sentence: Sentence, around: Sequence[Sentence]) -> Sentence | None:
    """Where neither a sentence nor its paragraph names a time: the last one that does in the paragraph before it."""
    if sentence.times or sentence.times_before:
        return None
    before = [s for s in around if s.article_id == sentence.article_id and s.start < sentence.before_start]
    if not before or sentence.before_start - before[-1].span.end > _LINE_BREAK:
        return None
    paragraph = [s for s in before if s.before_start == before[-1].before_start]
    telling = [other for other in paragraph if any(not other.is_reference(time) for time in other.times)]
    return telling[-1] if telling else None


def _tells_of(time: TimeExpression, asked: Period, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a time: names it or a part of it; 今年 is also that of one that names none."""
    own = [time.period for time in sentence.times if time.period is not None]
    if asked in own:
        return True
    set_for = [time.period for time in sentence.times if time.period is not None and not sentence.is_reference(time)]
    # 2023年 may tell of 2023年3月, but not beside 2024年, for which it was put.
    if any(abs(_days(period) - _days(asked)) <= _LEAP_AND_LONG_MONTHS for period in set_for):
        return False
    if any(asked.covers(period) for period in own):
        return True
    if set_for:
        return False
    carried = sentence.time_at(0)
    if carried is not None:
        return carried.period is not None and asked.covers(carried.period)
    if sentence.published is None or not time.relative or not asked.covers(sentence.published):
        return False
    told = [other.period for other in sentence.times_before if other.period is not None]
    return not told or any(asked.overlaps(period) for period in told)


def _days(period: Period) -> int:
    return (period.last - period.first).days
