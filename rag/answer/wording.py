"""The few sentences that 据文 says itself, in Chinese and English; all else it shows is quoted."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Language

_WORDS: dict[str, dict[Language, str]] = {
    "computed": {"zh": "推算：{formula}", "en": "Worked out: {formula}"},
    "confirmed": {"zh": "是的，文章写的是{short}", "en": "Yes, the article says {short}"},
    "contradicted": {"zh": "不是，文章写的是{short}", "en": "No, the article says {short}"},
    "period": {"zh": "这是{period}的数字", "en": "This figure is for {period}"},
    "refused": {
        "zh": "文章没有提到。",
        # An English question is matched by meaning alone, so that no answer found does not mean that none is there.
        "en": "Sorry, I found no answer that I can vouch for. Questions in Chinese are read more exactly.",
    },
    "refused_time": {
        "zh": "文章没有给出所问时间的说法。",
        "en": "The article does not say this for the time you asked about.",
    },
    "covers": {"zh": "文章讲到的有：{topics}。", "en": "What it does cover: {topics}."},
    "ungrounded": {
        "zh": "没有找到可以确认的答案：找到的说法没有通过数字核对，因此不显示。",
        "en": "Sorry, the answer found did not pass the check of its figures and is not shown.",
    },
}


def say(key: str, language: Language, **values: str) -> str:
    """One of our own sentences in the visitor's language.

    Raises:
        KeyError: no such sentence, or a value that it needs is missing.
    """
    return _WORDS[key][language].format(**values)


def marks(numbers: Sequence[int]) -> str:
    """Citation marks: [1][2]."""
    return "".join(f"[{number}]" for number in numbers)


def quoted(text: str) -> str:
    """A quotation in corner brackets, which stand apart from the quotation marks of the article."""
    return f"「{text.strip()}」"
