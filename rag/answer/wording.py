"""The few sentences that 据文 says itself, in Chinese and English; all else it shows is quoted."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Language

_WORDS: dict[str, dict[Language, str]] = {
    "computed": {"zh": "推算：{formula}", "en": "Worked out: {formula}"},
    "confirmed": {"zh": "是的，文章写的是{short}", "en": "Yes, the article says {short}"},
    "contradicted": {"zh": "不是，文章写的是{short}", "en": "No, the article says {short}"},
    "period": {"zh": "这是{period}的数字", "en": "This figure is for {period}"},
    "dated": {"zh": "“{told}”即{date}", "en": "“{told}” is {date}"},
    "as_of": {"zh": "算到文章发表的{year}为止", "en": "Counted to {year}, when the article was published"},
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
    # China's standard for labels asks for 生成 (made) beside AI: GB 45438-2025, 显式标识.
    "worded": {
        "zh": "由 AI 根据所引原文生成，每句已与原文核对",
        "en": "Worded by AI from the text cited; each sentence was checked against it",
    },
    "worded_repaired": {"zh": "{count} 句按原文改正过", "en": "{count} of them corrected by the text"},
    "worded_dropped": {
        "zh": "另有 {count} 句没有通过核对，没有显示",
        "en": "{count} more did not pass and are not shown",
    },
    "worded_cut": {"zh": "中途断了，后面的没有写完", "en": "it broke off before its end"},
    "llm_unsure": {
        "zh": "AI 没有在文中确认这个答案，以下是程序从文中摘出的，请点开原文核对",
        "en": "AI could not confirm this answer, which a program took from the text; please check it there",
    },
    "llm_rejected": {
        "zh": "AI 的措辞没有通过与原文的核对，以下是程序从文中摘出的答案",
        "en": "The wording by AI did not pass the check against the text; this answer was taken from it directly",
    },
    "llm_failed": {
        "zh": "AI 暂时不能措辞（{reason}），以下是程序从文中摘出的答案",
        "en": "AI cannot word the answer just now ({reason}); this one was taken from the text directly",
    },
    "llm_timeout": {"zh": "超时", "en": "it took too long"},
    "llm_busy": {"zh": "请求太多", "en": "too many requests"},
    "llm_error": {"zh": "服务出错", "en": "an error of the service"},
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
