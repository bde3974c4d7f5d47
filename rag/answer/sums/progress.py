"""What is still to be done, and how much of it is done, where the article tells the whole and what is done of it.

全年计划开工120个,已开工87个 leaves 33个; 87 ÷ 120 is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.checks import is_introduced
from rag.answer.evidence import Sentence
from rag.answer.figures import Figure
from rag.answer.reading import Finding
from rag.answer.sums.calculation import Operand, calculate
from rag.answer.sums.told_of import amounts, as_found, same_unit, speaks_of, the_one, unit_is_asked
from rag.question.focus import Focus
from rag.question.units import RATE_UNITS

_ASKS_LEFT = re.compile(
    r"还[剩余]|剩[下余]?了?(?:多少|几)|还(?:差|缺|欠)|(?:还|仍)(?:要|需|需要|得)(?:再)?[\u4e00-\u9fff]{0,4}?(?:多少|几)|"
    r"(?:多少|几)(?!个?(?:天|年|月|日|周|小时|分钟|次)).{0,10}?(?:没有?|未(?!来)|尚未(?!来)|还没|不曾)(?P<verb>[\u4e00-\u9fff]{1,4})$|"
    r"(?:没有?|未(?!来)|尚未)(?P<verb2>[\u4e00-\u9fff]{1,4})的.{0,10}?(?:多少|几)"
)
_ASKS_DONE = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2}?)(?:了|到)?(?:百分之几|百分之多少|几成)$")
_NO_PROGRESS = re.compile(r"占|比(?!赛)|增长|增加|下降|提高|减少|率|份额|同比")
_SAYS_LEFT = re.compile(r"剩|余|差|缺|未(?!来)|没|尚|还|[只仅]|[减降缩][少低小]?[到至为]")
_DONE = re.compile(r"已|完成|实现|累计|办结|兑现|到位")
_DONE_TO = r"已经?[\u4e00-\u9fff]{0,2}?"
"""What leads in to a verb of what is done, before a figure (已恢复3万户) or behind it (8家已经答应)."""
_OF_A_PLAN = re.compile(r"计划|目标|总|共|全年|今年|安排|预算|应|拟|设|布|要|需|全部|一[共套]")
_BY_ITS_VERB_ALONE = 0.5
"""The score of a sentence that tells what is done, for a question that names nothing else."""
_SENTENCE_GAP = 1


@dataclass(frozen=True, slots=True)
class _Progress:
    whole: Figure
    done: Figure


def compute_progress(question: str, focus: Focus, sentences: Sequence[Sentence]) -> Finding | None:
    """What is left to do, or the share that is done; None where neither is asked or the article does not tell both."""
    text = _bare(question)
    left, done = _ASKS_LEFT.search(text), _asks_done(text)
    if left is None and done is None:
        return None
    verb = (left["verb"] or left["verb2"] or "") if left else (done["verb"] if done else "")
    return the_one(_results(focus, sentences, verb, share=left is None))


def is_not_left(question: str, focus: Focus, figure: Figure) -> bool:
    """Whether a figure is not what is left where that is asked, or no share where the share done is."""
    text = _bare(question)
    if _ASKS_LEFT.search(text):
        own = figure.own_text + figure.sentence.folded[: figure.quantity.end]
        return not _SAYS_LEFT.search(own)
    return _asks_done(text) is not None and figure.quantity.unit not in RATE_UNITS


def _bare(question: str) -> str:
    return re.sub(r"[?？。 呢吗啊了]+$", "", question)


def _asks_done(text: str) -> re.Match[str] | None:
    return None if _NO_PROGRESS.search(text) else _ASKS_DONE.search(text)


def _results(focus: Focus, sentences: Sequence[Sentence], verb: str, *, share: bool) -> Iterator[tuple[float, Finding]]:
    instead = [term for term in focus.terms if verb and term.text in f"没{verb}还未"]
    for progress in _progresses(sentences, verb):
        whole, done = progress.whole.quantity, progress.done.quantity
        score = max(
            speaks_of(focus, progress.whole, progress.done, instead=instead),
            speaks_of(focus, progress.done, progress.whole, instead=instead),
        )
        others = [t for t in focus.terms if t not in instead and not is_introduced(t, progress.done.sentence)]
        if not others and _tells_as_done(verb, progress.done):
            score = _BY_ITS_VERB_ALONE
        if not score or (not share and not unit_is_asked(focus, whole.unit)):
            continue
        figures = [as_found(progress.whole), as_found(progress.done)]
        if share:
            operands = (Operand(done), Operand(whole, rising=False))
            value = done.value / whole.value * Decimal(100)
            yield score, calculate(value, "%", f"{done.text} ÷ {whole.text}", operands, figures)
        else:
            operands = (Operand(whole), Operand(done, rising=False))
            formula = f"{whole.text} − {done.text}"
            yield score, calculate(whole.value - done.value, whole.unit, formula, operands, figures)


def _progresses(sentences: Sequence[Sentence], verb: str) -> Iterator[_Progress]:
    """Each figure of what is done, with the nearest figure before it of the same unit: the whole."""
    for index, sentence in enumerate(sentences):
        figures = amounts(sentence)
        for position, done in enumerate(figures):
            ahead = [f for f in figures[:position] if same_unit(f.quantity.unit, done.quantity.unit)]
            if not ahead and index and _follows(sentences[index - 1], sentence):
                ahead = [f for f in amounts(sentences[index - 1]) if same_unit(f.quantity.unit, done.quantity.unit)]
                if len(ahead) != 1:
                    continue
            if not ahead:
                continue
            whole = ahead[-1]
            verb_tells = bool(verb) and verb in done.own_text and verb not in _before(whole)
            verb_tells = verb_tells or _tells_as_done(verb, done)
            if not (_DONE.search(_before(done)) or verb_tells) or re.search("已|截至", _before(whole)):
                continue
            if (
                not (_OF_A_PLAN.search(_before(whole)) or _tells_as_done(verb, done))
                or done.quantity.value >= whole.quantity.value
            ):
                continue
            if "其中" in sentence.folded[: done.quantity.start] and "已" not in _before(done):
                continue
            yield _Progress(whole, done)


def _tells_as_done(verb: str, figure: Figure) -> bool:
    """Whether ``figure`` is said to have done ``verb``, or the first word of it: 8家已经答应 for 答应关灯."""
    return len(verb) > 1 and re.search(_DONE_TO + verb[:2], figure.own_text) is not None


def _before(figure: Figure) -> str:
    """The folded words of the figure's stretch up to it."""
    return figure.sentence.folded[figure.own.start : figure.quantity.start]


def _follows(first: Sentence, second: Sentence) -> bool:
    gap = second.start - first.span.end
    return first.article_id == second.article_id and 0 <= gap <= _SENTENCE_GAP and bool(second.before.strip())
