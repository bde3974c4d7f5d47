"""Whether the words around a figure of a worded sentence belong to another figure of the article.

News sets figures of one unit side by side, so that all of a sentence but one word may be right. What is compared are
pairs of Chinese characters, as the words of a claim are seldom cut as those of the article are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.evidence import Sentence
from rag.answer.figures import Figure, find_figures
from rag.question.language import is_han
from rag.text.dates import find_times
from rag.text.normalise import fold
from rag.types import Span

_LEADS_TO_A_FIGURE = re.compile(
    r"(?:总共|一共|用于|完成|实现|拥有|取得|共|已|有|为|是|达|到|了|约|超|近|的|要|需|从|至|用|拿|将|和|与|及)+$"
)
_AMONG_THEM = re.compile(r"其中|此外|另外|同时|分别|以及")
_LEADS_ON = re.compile(r"^(?:的|左右|以上)")


def of_another_figure(said: Figure, source: Figure, around: Sequence[Sentence]) -> bool:
    """Whether the words around a figure stand with another one in its paragraph, and this one has others there.

    What stands with an earlier figure may be meant for a later one too (二等座票价92元,一等座148元), so of that only
    the words next to the figure count.

    Args:
        said: a figure of the claim.
        source: the same figure in the article.
        around: the sentences that the claim cites.
    """
    claimed = said.own_text + (said.parent.own_text if said.parent else "")
    if source.item is not None:
        return _dealt_to_another(claimed, source)
    near = source.own_text + (source.parent.own_text if source.parent else "") + _shared(source)
    before, behind = _sides(source)
    replaced = any(character not in claimed for pair in _pairs(before) for character in pair)
    replaced_close = any(character not in claimed for pair in _next_to(before, behind) for character in pair)
    anywhere = [pair for pair in _pairs(" ".join(_sides(said))) if replaced and pair not in near]
    close = [pair for pair in _next_to(*_sides(said)) if replaced_close and pair not in near]
    return any(
        pair in other.own_text
        for other in _others(source, {source.quantity.unit, said.quantity.unit}, around)
        for pair in (anywhere if other.span.start > source.span.start else close)
    )


def paragraph_of(sentence: Sentence) -> tuple[str, int]:
    """The article and the paragraph of a sentence."""
    return sentence.article_id, sentence.before_start


def _others(source: Figure, units: set[str], around: Sequence[Sentence]) -> Iterator[Figure]:
    """The other figures of the paragraph with one of ``units``."""
    for sentence in around:
        if paragraph_of(sentence) == paragraph_of(source.sentence):
            for other in find_figures(sentence):
                if other not in (source, source.parent) and other.quantity.unit in units:
                    yield other


def _dealt_to_another(claimed: str, source: Figure) -> bool:
    """Whether a claim names what 分别 deals another figure to, and not what it deals this one to."""
    mine = _pairs_of(source.sentence, [source.item] if source.item else [])
    named = {pair for pair in mine ^ _pairs_of(source.sentence, source.other_items) if pair in claimed}
    return bool(named) and not named & mine


def _shared(figure: Figure) -> str:
    """The words of a figure's clause that it shares: 目标价 in 目标价从31元下调到26元, 盐山 in 高3米、重12吨的盐山."""
    sentence = figure.sentence
    clause = next((c for c in sentence.clauses if c.start <= figure.quantity.start < c.end), None)
    if clause is None:
        return ""
    inside = [q for q in sentence.quantities if clause.start <= q.start < clause.end]
    behind = sentence.folded[inside[-1].end : clause.end]
    between = sentence.folded[inside[0].end : figure.quantity.start]
    return behind if "、" in between else sentence.folded[clause.start : inside[0].start] + behind


def _sides(figure: Figure) -> tuple[str, str]:
    """The words before a figure and those behind it in its own stretch, with blanks for its times."""
    own, text = figure.own_text, fold(figure.quantity.text)
    at = max(0, own.find(text))
    for time in find_times(own, None):
        own = own[: time.start] + " " * (time.end - time.start) + own[time.end :]
    own = _AMONG_THEM.sub(lambda match: " " * len(match.group()), own)
    return own[:at].rstrip(), own[at + len(text) :]


def _next_to(before: str, behind: str) -> list[str]:
    """The pair of characters before a figure and the one behind it, but for words that only lead to a figure."""
    before, behind = _LEADS_TO_A_FIGURE.sub("", before), _LEADS_ON.sub("", behind)
    return [*_pairs(before[-2:]), *_pairs(behind[:2])]


def _pairs_of(sentence: Sentence, spans: Sequence[Span]) -> set[str]:
    return {pair for span in spans for pair in _pairs(sentence.folded[span.start : span.end])}


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1) if all(map(is_han, text[at : at + 2]))]
