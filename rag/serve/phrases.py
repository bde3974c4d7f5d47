"""What our pages say of their own accord, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "name": "据文",
        "tagline": "只依据下列文章作答，每个答案都注明出处，可点开原文核对。",
        "question": "请输入问题，例如文中提到的数字、时间、人物或地点",
        "thinking": "正在查找原文……",
        "sources": "出处",
        "closest": "文中没有直接答案，以下内容最为接近，仅供参考",
        "computed": "推算",
        "open": "查看原文",
        "empty": "尚无文章。请将文章放入 corpus/ 文件夹后重新建立索引。",
        "overloaded": "现在提问的人太多，请几秒后再试。",
        "error": "抱歉，回答时出了问题，请稍后再试。",
        "missing_article": "没有找到这篇文章",
        "missing_article_why": "文章可能已被移除或更名。",
        "back": "就文章提问",
        "published": "发表",
        "source": "来源",
    },
    "en": {
        "name": "Juwen",
        "tagline": "Answers come only from the articles below, each with its exact place for you to check.",
        "question": "Ask about a figure, a date, a person or a place in the articles",
        "thinking": "Looking through the articles…",
        "sources": "Sources",
        "closest": "The articles do not answer this; these passages come closest",
        "computed": "Calculated",
        "open": "Read in the article",
        "empty": "There are no articles yet. Put some into the corpus/ folder and build the index again.",
        "overloaded": "Too many questions at the moment. Please try again in a few seconds.",
        "error": "Sorry, something went wrong while answering. Please try again later.",
        "missing_article": "There is no such article",
        "missing_article_why": "It may have been removed or renamed.",
        "back": "Ask about the articles",
        "published": "Published",
        "source": "Source",
    },
}
DEFAULT_LANGUAGE: Final = "zh"


def preferred_language(accept_language: str) -> str:
    """The one of our languages that a browser likes best, by its ``Accept-Language``; Chinese where it names neither.

    Example:
        >>> preferred_language("en-GB,en;q=0.9,zh;q=0.8")
        'en'
        >>> preferred_language("fr")
        'zh'
    """
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language.split(",")):
        tag, _, parameter = part.strip().partition(";")
        language = tag.partition("-")[0].strip().lower()
        if language in PHRASES:
            ranked.append((-_weight(parameter), place, language))
    return min(ranked)[2] if ranked else DEFAULT_LANGUAGE


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
