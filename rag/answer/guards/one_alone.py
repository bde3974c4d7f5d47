"""Figures of one among many: 云南携30家茶企参展 tells not how many firms came, one show not how many saw all."""

from __future__ import annotations

import re

from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus

_BRINGS = re.compile(r"(?:携带?|率领?|选送|选派|派出)[^,，。;；]{0,4}$")
_NAME_TAGS = ("ns", "nt", "nz")
_TITLE = re.compile(r"《([^》]+)》")
_POINTS_AT_ONE = re.compile("[这那该哪某]|最")


def is_of_one_alone(focus: Focus, figure: Figure) -> bool:
    """Whether ``figure`` is that of one participant, or of one titled thing, of which the question says nothing."""
    if _POINTS_AT_ONE.search(focus.wording):
        return False
    return _brought_by_another(focus, figure) or _of_another_title(focus, figure)


def _brought_by_another(focus: Focus, figure: Figure) -> bool:
    sentence, at = figure.sentence, figure.quantity.start
    clause = next((span for span in sentence.clauses if span.start <= at < span.end), None)
    if clause is None:
        return False
    brings = _BRINGS.search(sentence.folded[clause.start : at])
    if brings is None:
        return False
    verb = clause.start + brings.start()
    names = [
        token.text
        for token in sentence.tokens
        if clause.start <= token.start and token.end <= verb and token.tag.startswith(_NAME_TAGS)
    ]
    return bool(names) and not any(name in focus.wording for name in names)


def _of_another_title(focus: Focus, figure: Figure) -> bool:
    sentence = figure.sentence
    titles = list(_TITLE.finditer(sentence.folded, 0, figure.quantity.start))
    if not titles or titles[-1][1] in focus.wording:
        return False
    clause = next((span for span in sentence.clauses if span.start <= titles[-1].start() < span.end), None)
    told = sentence.folded[clause.start : clause.end] if clause else ""
    return not any(found(term, told) for term in focus.terms)
