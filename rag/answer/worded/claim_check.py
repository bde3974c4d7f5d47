"""The check of a worded sentence against the passages it cites, and the narrowing of its citation.

A sentence passes only if each number it cites is a passage's, and each figure, time, name and quotation in it stands
in the sentences of these passages, said of the same thing. What comes out are the sentences that carry the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.answer.coverage import found
from rag.answer.evidence import Sentence
from rag.answer.figure_ranking import time_support
from rag.answer.figures import Figure, find_figures
from rag.answer.grounding import agrees
from rag.answer.reading import Support
from rag.answer.worded.claim import NAME_TAGS, Claim, bare_words, has_mark, plain
from rag.answer.worded.english_claims import turned_round, unchecked_number
from rag.answer.worded.english_names import missing_name, names_in
from rag.answer.worded.figure_claims import figures_like, misattributed
from rag.answer.worded.other_figures import paragraph_of
from rag.answer.worded.polarity import changed_polarity
from rag.answer.worded.replaced_names import replaced_name
from rag.answer.worded.time_claims import time_carrier
from rag.question.terms import Term
from rag.types import Language, Span

LEAST_COVERED = 0.45
"""The least share of a clause's words that its source must hold: below it, the clause is about something else."""

_LINE_BREAK = 2
_TELLING = 100
_RESTATED = 0.85
_ARTICLE_SAYS = re.compile(r"^(?:据|根据)?(?:文章|文中|原文|报道)(?:说|称|写道|提到|指出|介绍|显示|中)?[，,：:]?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?(?:块\d+)?")
_RANKS = frozenset(["", "名", "位", "大"])
_SPANS_OF_TIME = frozenset("年 个月 周 天 小时 分钟 秒 世纪".split())
_ASKING = re.compile(r"谁|什么|哪[些个位家种里儿一年天]|多少|怎么|怎样|如何|为何|是否|吗(?=[,，。]?$)")
_OF_NATURE = tuple("河江湖海山岛港路街桥")


class Fault(StrEnum):
    """Why a sentence does not pass."""

    CITATION = "citation"
    LANGUAGE = "language"
    LINK = "link"
    FIGURE = "figure"
    TIME = "time"
    NAME = "name"
    KIND = "kind"
    QUOTATION = "quotation"
    POLARITY = "polarity"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``fault`` is None where the sentence passes; ``words`` are those at fault. ``support`` carries it, best first."""

    support: tuple[Support, ...] = ()
    fault: Fault | None = None
    words: str = ""

    @property
    def passed(self) -> bool:
        """Whether the sentence may be shown."""
        return self.fault is None


def check_claim(claim: Claim, passages: Mapping[int, Sequence[Sentence]], language: Language) -> Verdict:
    """Check one sentence of a worded answer.

    Args:
        claim: the sentence.
        passages: the sentences of each numbered passage that the model was given.
        language: that of the question, in which the answer must be.
    """
    unknown = [number for number in claim.cited if number not in passages]
    if not claim.cited or unknown or has_mark(claim.text):
        return Verdict(fault=Fault.CITATION, words="".join(f"[{number}]" for number in unknown))
    if claim.language != language and any(character.isalpha() for character in claim.text):
        return Verdict(fault=Fault.LANGUAGE)
    pool = list({(s.article_id, s.start): s for number in claim.cited for s in passages[number]}.values())
    foreign = next((link for link in claim.links if not any(link in sentence.text for sentence in pool)), None)
    if foreign is not None:
        return Verdict(fault=Fault.LINK, words=foreign)
    copied = _copied_from(claim, pool)
    if copied and _keeps_figures(claim, copied):
        return Verdict(tuple(Support(sentence.article_id, sentence.span) for sentence in copied))
    if claim.text.endswith(("?", "？")):
        return Verdict(fault=Fault.WORDING)
    return _check_against(claim, pool)


def _copied_from(claim: Claim, pool: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that the claim is a copy of, word for word from one comma or full stop to another; or none."""
    words = bare_words(_ARTICLE_SAYS.sub("", claim.text))
    ordered = sorted(pool, key=lambda sentence: (sentence.article_id, sentence.start))
    clauses = [
        (sentence, clause.start, bare_words(sentence.text[clause.start : clause.end]))
        for sentence in ordered
        for clause in sentence.clauses
    ]
    for first in range(len(clauses)):
        joined = ""
        for last in range(first, len(clauses)):
            sentence, start, clause = clauses[last]
            if last > first and start == 0 and not _follows(sentence, clauses[last - 1][0]):
                break
            joined += clause
            if joined == words:
                return list(dict.fromkeys(sentence for sentence, _, _ in clauses[first : last + 1]))
            if not words.startswith(joined):
                break
    return []


def _keeps_figures(claim: Claim, sources: Sequence[Sentence]) -> bool:
    """Whether other marks between the words have changed no figure and no time: 1,2万吨 is not 12万吨."""
    theirs = [quantity for sentence in sources for quantity in sentence.quantities]
    text = "".join(plain(sentence.folded) for sentence in sources)
    return all(any(agrees(figure, other) for other in theirs) for figure in claim.figures) and all(
        plain(time.text) in text for time in claim.sentence.times
    )


def _follows(sentence: Sentence, other: Sentence) -> bool:
    """Whether nothing stands between two sentences but a line break."""
    return sentence.article_id == other.article_id and sentence.start - other.span.end <= _LINE_BREAK


def _check_against(claim: Claim, pool: Sequence[Sentence]) -> Verdict:
    if not (claim.terms or claim.figures or claim.sentence.times):
        return Verdict(fault=Fault.WORDING)
    main = max(pool, key=lambda sentence: _closeness(claim, sentence))
    carriers = [main, *(s for s in pool if s is not main and _pairs(s.folded, plain(claim.text)) >= _RESTATED)]
    english = claim.language == "en"
    for check in (_figures, _digits, _times, _quotations, _english_names if english else _names):
        fault = check(claim, pool, carriers)
        if fault is not None:
            return Verdict(fault=fault[0], words=fault[1])
    fault = _english_sense(claim, carriers) if english else _sense(claim, carriers)
    if fault is not None:
        return Verdict(fault=fault[0], words=fault[1])
    support = [Support(sentence.article_id, sentence.span) for sentence in carriers]
    if claim.sentence.times:
        support += [part for sentence in carriers for part in time_support(sentence, 0)]
    return Verdict(tuple(dict.fromkeys(support)))


_Found = tuple[Fault, str] | None


def _figures(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence]) -> _Found:
    # Figures of one sentence come from one paragraph, in its order: else they say the wrong thing of each other.
    reached: tuple[tuple[str, int], int] | None = None
    for said in find_figures(claim.sentence):
        if _is_said_otherwise(said, carriers[0]):
            continue
        faults = []
        for source in sorted(figures_like(said, pool), key=lambda figure: figure.sentence is not carriers[0]):
            fault = misattributed(claim, said, source, pool)
            place = (paragraph_of(source.sentence), source.span.start)
            if not fault and reached is not None and not (reached[0] == place[0] and reached[1] < place[1]):
                fault = Fault.KIND
            if not fault:
                reached = place
                _add(carriers, source.sentence)
                break
            faults.append(fault)
        else:
            return (Fault(faults[0]) if faults else Fault.FIGURE, said.quantity.text)
    return None


def _digits(claim: Claim, pool: Sequence[Sentence], _: list[Sentence]) -> _Found:
    """Digits that are of no figure and no time known here (the 6 of 2块6, the 5 of 5G) must stand there as they are."""
    figures = [Span(one.start, one.end) for one in claim.figures if one.unit or one.value >= _TELLING]
    known = [*figures, *(Span(time.start, time.end) for time in claim.sentence.times)]
    theirs = {digits for sentence in pool for digits in _DIGITS.findall(sentence.folded)}
    for run in _DIGITS.finditer(claim.sentence.folded):
        if run.group() not in theirs and not any(part.covers(Span(*run.span())) for part in known):
            return Fault.FIGURE, run.group()
    return None


def _is_said_otherwise(figure: Figure, source: Sentence) -> bool:
    """Whether a figure is one that articles say in many ways: 一年 and 每年, 第一次 and 起初, 第九届 in the title."""
    quantity = figure.quantity
    if quantity.ordinal and quantity.text in source.heading:
        return True
    if quantity.value != 1 or figure.is_strong:
        return False
    if not quantity.ordinal:
        return quantity.unit in _SPANS_OF_TIME
    return quantity.unit not in _RANKS and not any(q.ordinal and q.unit == quantity.unit for q in source.quantities)


def _times(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence]) -> _Found:
    for time in claim.sentence.times:
        carrier = time_carrier(claim, time, pool, carriers)
        if carrier is None:
            return Fault.TIME, time.text
        _add(carriers, carrier)
    return None


def _names(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence]) -> _Found:
    if name_replaced := replaced_name(claim, carriers[0]):
        return Fault.NAME, name_replaced
    for name in claim.names:
        if any(found(name, sentence.folded) for sentence in carriers):
            continue
        if _rival(claim, name, carriers[0]):
            return Fault.NAME, name.text
        if not name.is_name:
            continue  # the tagger takes many a common word for one
        # What a person says or does stands in a paragraph that names them.
        near = [s for s in pool if name.tag != "nr" or paragraph_of(s) == paragraph_of(carriers[0])]
        source = next((sentence for sentence in near if found(name, sentence.folded)), None)
        if source is not None:
            _add(carriers, source)
        elif not any(found(name, f"{sentence.before}\n{sentence.heading}") for sentence in carriers):
            return Fault.NAME, name.text
    return None


def _sense(claim: Claim, carriers: list[Sentence]) -> _Found:
    if word := changed_polarity(claim.text, [sentence.folded for sentence in carriers]):
        return Fault.POLARITY, word
    theirs = "\n".join(sentence.folded for sentence in carriers)
    if any(asking not in theirs for asking in _ASKING.findall(claim.sentence.folded)):
        return Fault.WORDING, ""  # it repeats the question
    return (Fault.WORDING, "") if _covered(claim, carriers) < LEAST_COVERED else None


def _english_sense(claim: Claim, carriers: list[Sentence]) -> _Found:
    """What rules can tell of an English sentence about a Chinese text: nothing, where it has nothing to hold on to."""
    if number := unchecked_number(claim.text):
        return Fault.FIGURE, number
    if not (claim.figures or claim.sentence.times or claim.quotations or names_in(claim.text)):
        return Fault.WORDING, ""
    word = turned_round(claim.text, [sentence.folded for sentence in carriers])
    return (Fault.POLARITY, word) if word else None


def _english_names(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence]) -> _Found:
    near = [f"{sentence.text}\n{sentence.before}\n{sentence.heading}" for sentence in (*carriers, *pool)]
    missing = missing_name(claim.text, near)
    return (Fault.NAME, missing) if missing else None


def _quotations(claim: Claim, pool: Sequence[Sentence], carriers: list[Sentence]) -> _Found:
    for quotation in claim.quotations:
        source = next((s for s in (*carriers, *pool) if bare_words(quotation) in bare_words(s.text)), None)
        if source is None:
            return Fault.QUOTATION, quotation
        _add(carriers, source)
    return None


def _rival(claim: Claim, name: Term, sentence: Sentence) -> bool:
    """Whether the sentence has another name of the same kind, which the claim leaves out."""
    kind = name.tag[:2]
    if kind not in NAME_TAGS or name.text.endswith(_OF_NATURE):
        return False
    others = [token.text.lower() for token in sentence.tokens if token.tag.startswith(kind) and len(token.text) > 1]
    return any(other not in claim.sentence.folded and not other.endswith(_OF_NATURE) for other in others)


def _closeness(claim: Claim, sentence: Sentence) -> float:
    """How much of what the claim states stands in a sentence."""
    figures = sum(1 for figure in find_figures(claim.sentence) for _ in list(figures_like(figure, [sentence]))[:1])
    quoted = sum(bare_words(quotation) in bare_words(sentence.text) for quotation in claim.quotations)
    return 2.0 * figures + 2.0 * quoted + _share(claim.terms, sentence.folded) + _pairs(claim.text, sentence.folded)


def _covered(claim: Claim, carriers: Iterable[Sentence]) -> float:
    """The share of a claim's words that its source holds: that of the clause of which it holds the least.

    A figure counts as a word that is held, as it has been found already. A clause of a single word without a
    time (文章说) may be the writer's own.
    """
    text = "\n".join(f"{sentence.folded}\n{sentence.before}\n{sentence.heading}" for sentence in carriers)
    terms = [term for term in claim.terms if not term.is_name]
    clauses = [*claim.sentence.clauses] if len(terms) > 1 else [Span(0, len(claim.text))]
    shares = []
    for clause in clauses:
        inside = [term for term in terms if clause.start <= term.start < clause.end]
        figures = sum(clause.start <= figure.start < clause.end for figure in claim.figures)
        dated = any(clause.start <= time.start < clause.end for time in claim.sentence.times)
        if len(inside) > 1 or (inside and dated) or len(clauses) == 1:
            shares.append((len(inside) * _share(inside, text) + figures) / max(1, len(inside) + figures))
    return min(shares, default=1.0) if terms else 1.0


def _share(terms: Sequence[Term], text: str) -> float:
    return sum(found(term, text) for term in terms) / len(terms) if terms else 1.0


def _pairs(text: str, source: str) -> float:
    """The share of pairs of characters that both have."""
    bare = plain(text)
    pairs = {bare[i : i + 2] for i in range(len(bare) - 1)}
    return sum(pair in source for pair in pairs) / len(pairs) if pairs else 0.0


def _add(carriers: list[Sentence], sentence: Sentence) -> None:
    if sentence not in carriers:
        carriers.append(sentence)
