"""Which of several things that an article names in quotation marks a text speaks of: “听雨” beside “望江”.

An article marks the names of inns, models and shows so; a question has them without the marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.answer.candidates import Candidate
from rag.answer.reading import Material
from rag.text.normalise import fold

_QUOTED = re.compile(
    r"(?:“(?P<curled>[^”]{2,12})”|\"(?P<straight>[^\"]{2,12})\"|[「『](?P<cornered>[^」』]{2,12})[」』]|《(?P<title>[^》]{2,16})》)"
)
_TAKES_UP = re.compile(r"[这该此][^,，。;；]{0,16}$")
"""Before a name it is another word for what was told before: 这些“蓝图”."""


def is_of_another_quoted(material: Material, candidate: Candidate) -> bool:
    """Whether the question has a name that the article quotes, and the sentence up to ``candidate`` only others."""
    sentence = candidate.sentence
    asked = {
        name for name in _names(fold(material.articles[sentence.article_id].text)) if name in material.focus.wording
    }
    if not asked or any(name in sentence.folded for name in asked):
        return False
    quoted = _QUOTED.finditer(sentence.folded)
    return any(
        match.start() < candidate.within.start and not _TAKES_UP.search(sentence.folded[: match.start()])
        for match in quoted
    )


@lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    return frozenset(next(group for group in match.groups() if group) for match in _QUOTED.finditer(text))
