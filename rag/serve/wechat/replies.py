"""What a reader sees in WeChat: answers, the welcome, and the few lines that are said for everything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rag.answer.wording import quoted
from rag.serve.wechat.cutting import cut
from rag.serve.wechat.text_markup import link, menu_line, plain
from rag.types import Answer, Citation

MOST_BYTES: Final = 1800
"""The longest reply, in UTF-8. WeChat shows 该公众号暂时无法提供服务 instead of one that is too long."""

CONTINUE: Final = "继续"
LOOK: Final = "查看"
FORGET: Final = "删除记录"

STILL_LOOKING: Final = f"还在查，回复任意内容查看：{menu_line('查看')}"
NEXT_STILL_LOOKING: Final = f"您的新问题还在查，回复任意内容查看：{menu_line('查看')}"
NOTHING_KEPT: Final = "没有更多内容了，请直接提问。"
FORGOTTEN: Final = "您的提问记录已删除。"
OVERLOADED: Final = "现在提问的人太多，请几秒后再试。"
FAILED: Final = "抱歉，回答时出了问题，请稍后再试。"
INTERRUPTED: Final = "抱歉，刚才的问题没有查完，请再问一次。"
NOT_A_QUESTION: Final = "请用文字提问，我会从文章里找答案。"
NOT_HEARD: Final = "抱歉，没有听清这段语音，请用文字提问。"
SENT_INSTEAD: Final = {
    "image": "收到您的图片。我只看得懂文字，请用文字提问。",
    "video": "收到您的视频。我只看得懂文字，请用文字提问。",
    "shortvideo": "收到您的视频。我只看得懂文字，请用文字提问。",
    "location": "收到您的位置。我只看得懂文字，请用文字提问。",
    "link": "收到您的链接。我只回答文章里的内容，请用文字提问。",
}

_FOOTER: Final = f"\n（未完）{menu_line(CONTINUE)}"
_MARK: Final = re.compile(r"\[\d{1,3}\]")
_MOST_TITLES: Final = 3
_LONGEST_TITLE: Final = 60


def too_long(most_characters: int) -> str:
    """What is said to a question that is longer than ``most_characters``."""
    return f"问题太长了，请不要超过{most_characters}个字。"


def first_part(text: str) -> tuple[str, str]:
    """As much of ``text`` as goes into one reply, and the rest, which the reader gets for 继续.

    Example:
        >>> first_part("好的。")
        ('好的。', '')
    """
    if len(text.encode("utf-8")) <= MOST_BYTES:
        return text, ""
    part, rest = cut(text, MOST_BYTES - len(_FOOTER.encode("utf-8")))
    return f"{part.rstrip()}{_FOOTER}", rest.lstrip("\n")


def answer_text(answer: Answer, public_url: str) -> str:
    """``answer`` as a text: the answer, the cited sentences with their links, how the question was read, what to ask.

    Args:
        answer: of any status.
        public_url: the address under which readers reach the server; without it the text has no links.
    """
    blocks = ["\n".join(_words(answer))]
    blocks.append("\n".join(_sources(answer.citations, public_url, numbered=len(answer.citations) > 1)))
    blocks.append("\n".join(f"注：{plain(note)}" for note in answer.notes))
    if answer.related:
        closest = _sources(answer.related, public_url, numbered=False)
        blocks.append("\n".join(["以下原文最为接近，仅供参考：", *closest]))
    text = _joined(blocks)
    questions = _questions("您可以问：" if answer.status == "refused" else "还可以问：", answer.suggestions)
    # More questions are worth nobody's asking for a second part of the answer.
    whole = _joined([text, questions])
    return whole if answer.status == "refused" or len(whole.encode("utf-8")) <= MOST_BYTES else text


def late_answer(question: str, text: str) -> str:
    """An answer that comes after other messages: with the question that it answers."""
    asked = " ".join(question.split())
    return f"关于“{plain(asked[:40])}{'…' if len(asked) > 40 else ''}”：\n{text}"


def welcome(titles: Sequence[str], suggestions: Sequence[str]) -> str:
    """What a new follower reads: which articles there are, and what to ask."""
    shown = "".join(f"《{plain(title[:_LONGEST_TITLE])}》" for title in titles[:_MOST_TITLES])
    if len(titles) > _MOST_TITLES:
        shown += f"等{len(titles)}篇文章"
    about = f"欢迎关注！我只依据{shown}作答，每个答案都注明出处。" if shown else "欢迎关注！"
    return _joined([about, _questions("您可以这样问：", suggestions), f"回复“{FORGET}”可删除您的提问记录。"])


def _words(answer: Answer) -> list[str]:
    """The lines of the text, without those that the sources below repeat; a mark for the only source says nothing."""
    shown = {quoted(citation.quote) for citation in answer.citations}
    text = answer.text if len(answer.citations) > 1 else _MARK.sub("", answer.text)
    return [plain(line) for line in text.split("\n") if line.strip() and _MARK.sub("", line) not in shown]


def _sources(citations: Iterable[Citation], public_url: str, *, numbered: bool) -> list[str]:
    return [
        (f"[{citation.number}]" if numbered else "")
        + f"{plain(quoted(citation.quote))}{link(_address(citation, public_url), '查看原文')}"
        for citation in citations
    ]


def _address(citation: Citation, public_url: str) -> str:
    # The chatbot puts public_url before the path where it knows it.
    return citation.url if "://" in citation.url else f"{public_url.rstrip('/')}{citation.url}"


def _questions(head: str, questions: Sequence[str]) -> str:
    lines = [line for number, question in enumerate(questions, 1) if (line := menu_line(question, number))]
    return "\n".join([head, *lines]) if lines else ""


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)
