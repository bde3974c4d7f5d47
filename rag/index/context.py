"""What of a passage is searched: its text in the light of its title and section.

The context helps to find a passage and is never part of a quote: offsets and quotes come from the passage alone.
"""

from __future__ import annotations

from rag.text.tokens import keywords
from rag.types import Passage, Span


def passage_input(passage: Passage) -> str:
    """The text that is embedded for a passage: title, section and the passage, a line each."""
    return "\n".join(part for part in (passage.title, passage.section, passage.text) if part)


def sentence_input(passage: Passage, sentence: Span) -> str:
    """The text that is embedded for one sentence of a passage."""
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def passage_terms(passage: Passage) -> list[str]:
    """The terms by which keyword search finds a passage."""
    return keywords(passage.text)
