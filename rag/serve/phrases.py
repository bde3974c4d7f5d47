"""What our pages say of their own accord, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "name": "据文",
        "tagline": "只依据下列文章作答，每个答案都注明出处，可点开原文核对。",
        "question": "就文章提问：数字、时间、人物、地点……",
        "thinking": "正在查找原文……",
        "wording": "正在措辞并核对……",
        "loading": "正在准备模型和索引，好了会自动打开。",
        "sources": "出处",
        "closest": "文中没有直接答案，以下内容最为接近，仅供参考",
        "computed": "推算",
        "open": "在原文中查看",
        "source_number": "出处",
        "article": "原文",
        "close": "关闭原文",
        "new": "新对话",
        "delete": "删除记录",
        "delete_sure": "删除这次对话？本机和服务器上的提问、回答和评价都会删除，无法恢复。",
        "keep": "不删除",
        "deleted": "已删除",
        "not_deleted": "未能删除，请稍后再试",
        "ask": "提问",
        "talk": "对话",
        "copy": "复制",
        "share": "分享",
        "up": "有用",
        "down": "没用",
        "copied": "已复制答案和出处",
        "not_copied": "浏览器不允许复制，请手动选取文字",
        "shared": "已复制链接，打开即可重现这个问题和答案",
        "thanks": "谢谢您的反馈",
        "comment": "哪里不对？（可不填）",
        "send": "发送",
        "skip": "不填了",
        "not_sent": "反馈没有送达，请稍后再试",
        "lost": "与服务器的连接断开了。对话已保存在您的浏览器里。",
        "retry": "重试",
        "waiting": "正在排队，前面还有{n}个问题……",
        "next": "还可以问",
        "empty": "尚无文章。请将文章放入 corpus/ 文件夹后重新建立索引。",
        "overloaded": "现在提问的人太多，请几秒后再试。",
        "rate_limited": "您问得太快了，请稍等一会儿再问。",
        "answer_timeout": "这个问题花的时间太长，已停止查找，请稍后再试。",
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
        "wording": "Wording the answer and checking it…",
        "loading": "The models and the index are being made ready; the page will open by itself.",
        "sources": "Sources",
        "closest": "The articles do not answer this; these passages come closest",
        "computed": "Calculated",
        "open": "Show in the article",
        "source_number": "Source",
        "article": "The article",
        "close": "Close the article",
        "new": "New conversation",
        "delete": "Delete history",
        "delete_sure": "Delete this conversation? Its questions, answers and votes are removed from this browser and "
        "from the server, for good.",
        "keep": "Keep it",
        "deleted": "Deleted",
        "not_deleted": "It could not be deleted; please try again later",
        "ask": "Ask",
        "talk": "Conversation",
        "copy": "Copy",
        "share": "Share",
        "up": "Helpful",
        "down": "Not helpful",
        "copied": "The answer and its sources are copied",
        "not_copied": "The browser does not allow copying; select the text by hand",
        "shared": "Link copied: it opens this question with its answer",
        "thanks": "Thank you",
        "comment": "What is wrong? (optional)",
        "send": "Send",
        "skip": "Skip",
        "not_sent": "Your word did not get through; please try again later",
        "lost": "The connection to the server is lost. Your conversation is kept in your browser.",
        "retry": "Try again",
        "waiting": "In line: {n} questions before yours…",
        "next": "You can also ask",
        "empty": "There are no articles yet. Put some into the corpus/ folder and build the index again.",
        "overloaded": "Too many questions at the moment. Please try again in a few seconds.",
        "rate_limited": "You are asking very fast. Please wait a little before the next question.",
        "answer_timeout": "This question took too long and was given up. Please try again later.",
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
