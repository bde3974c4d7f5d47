"""What a worded sentence has in place of a name of the article, whether that is known for a name or not."""

from __future__ import annotations

import re

from rag.answer.evidence import Sentence
from rag.answer.worded.claim import Claim
from rag.question.terms import find_terms


def replaced_name(claim: Claim, sentence: Sentence) -> str:
    """What stands in the claim where the sentence has a name, between the same words; "" where nothing does."""
    for term in find_terms(sentence.text, (*sentence.times, *sentence.quantities)):
        if not term.is_name or term.text in claim.sentence.folded:
            continue
        end = term.start + len(term.text)
        left, right = sentence.folded[max(0, term.start - 2) : term.start], sentence.folded[end : end + 2]
        shortest, longest = max(1, len(term.text) - 2), len(term.text) + 2
        between = re.search(
            f"{re.escape(left) or '^'}(.{{{shortest},{longest}}}?){re.escape(right) or '$'}", claim.sentence.folded
        )
        if between is not None and not _says_the_same(between.group(1), term.text, sentence.folded):
            return between.group(1)
    return ""


def _says_the_same(said: str, name: str, text: str) -> bool:
    """Whether it is the name in part, or in other words of the text: 坐到雁溪的 for 至雁溪."""
    return bool(set(said) & set(name)) or any(said[at : at + 2] in text for at in range(len(said) - 1)) or said in text
