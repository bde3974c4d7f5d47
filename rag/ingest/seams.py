"""Where two pieces of text meet: whether layout tore them out of one sentence, and how they are joined again."""

from __future__ import annotations

from collections.abc import Sequence

from rag.ingest.lines import CLAUSE_MARKS, CLOSERS, PAIRS, ends, is_item, is_prose, unclosed, width
from rag.text.tables import is_row
from rag.text.tokens import tokenize

# A column is at least this wide, so a sentence that a column break cuts is at least this long before the cut (in
# columns of a fixed-width font). Shorter lines are verse, lists or dialogue, broken on purpose.
_NARROWEST_COLUMN = 24
# Below this a line without punctuation at its end may be a heading, and grammar is no safe guide.
_NARROWEST_BY_GRAMMAR = 32
# What is longer than this is no paragraph that a layout cut, but text that has no ends.
_LONGEST_PARAGRAPH = 5000
_LOOK_AHEAD = 3
_QUOTES = frozenset("“「『")
_CONTEXT = 16

# Marks with which no sentence begins. (ASCII "." and ":" are left out: .NET, :-).)
_NEVER_FIRST = "，。、；：！？,;!?)]%％" + CLOSERS.replace('"', "").replace("'", "")

# rjieba's tags of words that ask for another after them: 区别词, prepositions, conjunctions, 的, 得.
_OPEN_TAGS = frozenset({"b", "p", "c", "uj", "ud"})
_OPEN_WORDS = frozenset({"是", "的", "和", "与", "及", "或", "把", "被", "将", "从", "对", "向", "由", "以", "为"})
# Prepositions that need more than a noun after them: 从源头 is no end, 走在前列 is one.
_PREPOSITIONS = frozenset({"从", "把", "被", "将", "由", "对", "跟", "与", "比"})


def glue(left: str, right: str) -> str:
    """``left`` and ``right`` as one text: a space between two words of Latin letters or digits, nothing otherwise.

    Example:
        >>> glue("人工", "智能"), glue("machine", "learning"), glue("inter-", "national")
        ('人工智能', 'machine learning', 'inter-national')
    """
    spaced = _is_ascii_word(right[:1]) and (_is_ascii_word(left[-1:]) or left[-1:] in tuple(",;:.!?)"))
    return f"{left} {right}" if spaced else left + right


def continues(left: str, right: str, later: Sequence[str] = (), *, endings_count: bool = True) -> bool:
    """Whether ``right`` goes on with the sentence, quote or bracket in which ``left`` stops.

    Args:
        left: a piece of body text.
        right: the next piece of body text.
        later: the pieces after it.
        endings_count: whether this article's paragraphs end with punctuation as a rule, so that a missing mark
            means something.

    Where it is unclear, the answer is no: two halves of a sentence stay readable, two paragraphs run together don't.

    Example:
        >>> continues("机器人表演了令人惊叹的拳击赛。在另一家机器人公", "司展台前，观众排起了队。")
        True
        >>> continues("打破产业边界", "科技革命需要不断推进。")
        False
    """
    if is_row(left) or is_row(right):
        # What is left open in a cell is closed nowhere else.
        return False
    if right[0] in _NEVER_FIRST and (right[0] in CLOSERS or not ends(left)):
        return True
    if len(left) > _LONGEST_PARAGRAPH:
        return False
    ended = ends(left)
    goes_on = [right] if ended else [right, *later[:_LOOK_AHEAD]]
    torn = {opener for opener in unclosed(left) if _closed_by(opener, goes_on)}
    # Verse and dialogue leave quotes open from line to line, but not brackets.
    if torn - _QUOTES:
        return True
    if width(left[:_NARROWEST_COLUMN]) < _NARROWEST_COLUMN:
        return False
    if torn:
        return True
    if ended or is_item(right):
        return False
    if left[-1] in CLAUSE_MARKS:
        return True
    if _is_ascii_word(left[-1]) and right[0].isascii() and right[0].islower():
        return True
    if not endings_count:
        return False
    return is_prose(left) or (
        width(left[:_NARROWEST_BY_GRAMMAR]) >= _NARROWEST_BY_GRAMMAR and _phrase_left_open(left, right)
    )


def _closed_by(opener: str, pieces: Sequence[str]) -> bool:
    """Whether the first such mark in ``pieces`` closes ``opener`` (rather than opening another)."""
    for piece in pieces:
        for character in piece:
            if character in (opener, PAIRS[opener]):
                return character == PAIRS[opener]
    return False


def _phrase_left_open(left: str, right: str) -> bool:
    """Whether a word lies across the seam, or the words before it can't end a phrase."""
    before, after = left[-_CONTEXT:], right[:_CONTEXT]
    if any(token.start < len(before) < token.end and token.text.isalnum() for token in tokenize(before + after)):
        return True
    tokens = tokenize(before)
    last = tokens[-1]
    second = tokens[-2] if len(tokens) > 1 else last
    return (
        last.text in _OPEN_WORDS
        or last.tag in _OPEN_TAGS
        or (last.tag == "a" and second.text == "的")
        or (last.tag in ("n", "t") and second.text in _PREPOSITIONS)
    )


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
