"""Exact match and F1 as CMRC 2018 scores answers.

Source: Cui et al., *A Span-Extraction Dataset for Chinese Machine Reading Comprehension*, EMNLP 2019
(https://arxiv.org/abs/1810.07366), section 4.1, and the evaluation script published with it. Punctuation is removed
from both sides. Exact match compares what is left. F1 compares segments, a Chinese character or an ASCII word each,
over the longest common run of them (a substring, not a bag of words). Both take the best of the given answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

# The marks that the published script removes. It keeps others, such as ( ) , . and ‘, so they count as segments here.
REMOVED = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN = re.compile("([\u4e00-\u9fa5])")
# How the script's word tokenizer (Penn Treebank rules) parts what lies between Han characters: marks and 's stand
# alone; a full stop does at the end, a comma unless a digit follows; all else up to a space is a word. Every context
# and answer of the trial file is parted as NLTK's NLTKWordTokenizer parts it, the shape of quotation marks aside.
_MARK = r"""[\[\](){}<>;@#$%&?!"–—«»]|…+|\.{3}|,(?!\d)|\.(?=[\])}>"']*\s*\Z)|'(?:s\b|(?=\s|\Z))"""
_WORD = re.compile(rf"{_MARK}|(?:(?!{_MARK})\S)+")


def bare(text: str) -> str:
    """The text in lower case without the punctuation that CMRC removes; spaces inside it stay.

    Example:
        >>> bare(" 《AI》，Lab 2 ")
        'ai lab 2'
    """
    return "".join(character for character in text.lower().strip() if character not in REMOVED)


def segments(text: str) -> list[str]:
    """The Chinese characters, one by one, and the ASCII words of a text, punctuation removed.

    Example:
        >>> segments("《Windows 95》于1995年")
        ['windows', '95', '于', '1995', '年']
    """
    pieces: list[str] = []
    for part in _HAN.split(bare(text)):
        pieces += [part] if _HAN.fullmatch(part) else _WORD.findall(part)
    return pieces


def exact_match(predicted: str, answers: Sequence[str]) -> float:
    """1.0 where the prediction is one of the answers, punctuation and case aside, else 0.0.

    Example:
        >>> exact_match("“踢爆”。", ["踢爆"])
        1.0
    """
    return float(any(bare(predicted) == bare(answer) for answer in answers))


def f1(predicted: str, answers: Sequence[str]) -> float:
    """The harmonic mean of precision and recall, 0.0 to 1.0, over the longest common run; of the answers, the best.

    Example:
        >>> f1("约4分钟", ["4分钟"])  # three of four segments, all three of the answer
        0.8571428571428571
    """
    return max((overlap(segments(predicted), segments(answer)) for answer in answers), default=0.0)


def overlap(predicted: Sequence[str], answer: Sequence[str]) -> float:
    """F1 of segments over their longest common run, 0.0 to 1.0."""
    common = SequenceMatcher(None, predicted, answer, autojunk=False).find_longest_match().size
    if common == 0:
        return 0.0
    precision, recall = common / len(predicted), common / len(answer)
    return 2 * precision * recall / (precision + recall)
