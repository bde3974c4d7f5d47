"""Which of several things with a common last word a text speaks of: 望江店 beside 听雨店.

A dictionary knows none of these names; that an article has two that end alike shows what they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.candidates import Candidate
from rag.answer.guards.rivals import clauses_back
from rag.answer.reading import Material
from rag.text.normalise import fold
from rag.text.tokens import is_in_dictionary

_KINDS = "站店厂镇馆校村队桥池庙号厅屋库港岛寺塔场院点班组"
_STEM = r"[\u4e00-\u9fff]{2,3}"
_NAMED = re.compile(rf"(?=(?P<name>{_STEM}[{_KINDS}]))")
_NO_STEM = re.compile(
    r"[的了一二三四五六七八九十两几多每各这那哪该本此全某在是有和与及到从由向给把被就也都还不没为以于上下新老旧大小个]|\d"
)
_GOES_ON = re.compile(r"[\u4e00-\u9fff\d]")


def is_of_a_namesake(material: Material, candidate: Candidate) -> bool:
    """Whether the clause nearest before ``candidate`` that names a thing of the asked kind names another."""
    focus, sentence = material.focus, candidate.sentence
    known = _names(fold(material.articles[sentence.article_id].text))
    asked = {name for name in known if name in focus.wording}
    if not asked:
        return False
    kinds = {name[-1] for name in asked}
    stems = {name[:-1] for name in asked}
    others = {name for name in known - asked if name[-1] in kinds and not any(stem in name for stem in stems)}
    for piece in clauses_back(sentence, candidate.within.start):
        if any(stem in piece for stem in stems):
            return False
        if any(re.search(rf"(?<![原前]){other}", piece) for other in others):
            return True
    return False


@lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    """The names in ``text``: each a stem that stands at the beginning of a clause, and a word for its kind."""
    found = set()
    for match in _NAMED.finditer(text):
        name = match["name"]
        at = match.start()
        begins = at == 0 or not _GOES_ON.match(text[at - 1])
        if begins and not _NO_STEM.search(name[:-1]) and not is_in_dictionary(name):
            found.add(name)
    return frozenset(found)
