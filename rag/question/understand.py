"""From what a visitor typed to a question that can be looked up: checked, normalised, completed, its time read.

The steps are apart because the date that relative time is read against is the article's, and which article
answers may be known only after a first retrieval::

    text = check_question(raw, settings.max_question_chars)
    draft = complete(text, history, embed)
    question = resolve_time(draft, article.published)
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import QuestionError
from rag.question.chitchat import chitchat_kind
from rag.question.draft import Draft
from rag.question.followups.followup import complete_followup
from rag.question.followups.substitution import Embed
from rag.question.language import detect_language, normal_form
from rag.question.relative_time import resolve_time
from rag.text.normalise import normalise_question
from rag.types import Turn

__all__ = ["Draft", "Embed", "check_question", "complete", "resolve_time"]


def check_question(raw: object, max_chars: int) -> str:
    """The text of a question that can be asked, without white space around it.

    Args:
        raw: what came in: text, or bytes in UTF-8.
        max_chars: the most characters (code points) that are accepted.

    Raises:
        QuestionError: it is empty, holds no letter or digit, is too long, or is not text; one line, in Chinese
            and English.

    Example:
        >>> check_question("  谁预测的？ ", 500)
        '谁预测的？'
    """
    if isinstance(raw, (bytes, bytearray, memoryview)):
        if len(bytes(raw)) > 4 * max_chars + 1024:
            raise _too_long(f"{len(bytes(raw))} 字节", f"{len(bytes(raw))} bytes", max_chars)
        try:
            raw = bytes(raw).decode("utf-8")
        except UnicodeDecodeError as error:
            raise QuestionError(
                f"问题不是 UTF-8 文本（第 {error.start + 1} 个字节起），请以 UTF-8 发送。"
                f" The question is not UTF-8 text (at byte {error.start + 1}); send it as UTF-8."
            ) from error
    if not isinstance(raw, str):
        kind = type(raw).__name__
        raise QuestionError(f"问题应是文本，收到的是 {kind}。 The question must be text, not {kind}; send a string.")
    text = raw.strip()
    if len(text) > max_chars:
        raise _too_long(f"{len(text)} 个字符", f"{len(text)} characters", max_chars)
    for position, character in enumerate(text):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            code = f"U+{ord(character):04X}"
            raise QuestionError(
                f"问题的第 {position + 1} 个字符不是文字（{code}），请删去后再问。"
                f" Character {position + 1} of the question is not text ({code}); remove it and ask again."
            )
    if not any(character.isalnum() for character in normalise_question(text)):
        found = "只有标点或符号" if text else "是空的"
        said = "holds only punctuation" if text else "is empty"
        raise QuestionError(f"问题{found}，请输入要问的内容。 The question {said}; type what you want to know.")
    return text


def complete(raw: str, history: Sequence[Turn] = (), embed: Embed | None = None) -> Draft:
    """A checked question, normalised and, where it is a follow-up, completed from the conversation before it.

    Args:
        raw: the question as typed; `check_question` has passed it.
        history: earlier turns, oldest first; the caller bounds their number.
        embed: as for `complete_followup`; called at most once for each phrase that must be placed.

    Example:
        >>> complete("增长了多少？", [Turn("user", "2024年武汉的降水量是多少？")]).text
        '2024年武汉的降水量增长了多少?'
    """
    text = normal_form(raw)
    language = detect_language(text or raw)
    chitchat = chitchat_kind(text)
    if chitchat is not None or not text:
        return Draft(raw, text, language, chitchat=chitchat)
    return Draft(raw, complete_followup(text, history, embed), language)


def _too_long(found_chinese: str, found_english: str, max_chars: int) -> QuestionError:
    return QuestionError(
        f"问题有 {found_chinese}，超过上限 {max_chars} 个字符，请缩短后再问。"
        f" The question has {found_english}, more than the limit of {max_chars} characters; shorten it."
    )
