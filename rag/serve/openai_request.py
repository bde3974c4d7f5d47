"""What a client of OpenAI's chat API sends, as far as it means something here.

The articles are the only source of answers, so what steers a language model (system messages, tools, temperature and
the rest) is accepted and has no effect.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rag.serve.envelope import ApiError
from rag.types import Turn

MODEL: Final = "juwen"
"""The one model that there is."""


class TextPart(BaseModel):
    """A piece of a message. Only text can be read."""

    model_config = ConfigDict(strict=True)

    type: Literal["text"]
    text: str


def _as_parts(content: Any) -> Any:
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [] if content is None else content


Content = Annotated[list[TextPart], BeforeValidator(_as_parts, json_schema_input_type=str | list[TextPart] | None)]


class ChatMessage(BaseModel):
    """One message of the conversation. Those of `system`, `developer`, `tool` and `function` are not looked at."""

    model_config = ConfigDict(strict=True)

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Content = Field(default=[], description="text, or a list of parts of which each is text")

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """What a stream is to hold besides the answer."""

    model_config = ConfigDict(strict=True)

    include_usage: bool | None = Field(default=None, description="send one more chunk, with `usage`, at the end")


class ChatBody(BaseModel):
    """The body of ``POST /v1/chat/completions``. Fields of OpenAI's API that are not named here have no effect."""

    model_config = ConfigDict(strict=True)

    model: str = Field(default=MODEL, description="any name is accepted; the answer always comes from `juwen`")
    messages: list[ChatMessage] = Field(
        min_length=1,
        description="oldest first; the last message of the user is the question",
        json_schema_extra={"contains": {"properties": {"role": {"const": "user"}}, "required": ["role"]}},
    )
    stream: bool | None = Field(default=None, description="answer as chunks, in server-sent events")
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, ge=1, le=1, description="there is one answer")

    @property
    def question(self) -> str:
        """The text of the last message of the user.

        Raises:
            ApiError: 400 where no message is the user's.
        """
        return self.messages[self._asked_at].text

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns before the question that say something."""
        return tuple(
            Turn("user" if message.role == "user" else "assistant", message.text)
            for message in self.messages[: self._asked_at]
            if message.role in ("user", "assistant") and message.text.strip()
        )

    @property
    def characters(self) -> int:
        """Characters of text in all messages."""
        return sum(len(message.text) for message in self.messages)

    @property
    def includes_usage(self) -> bool:
        """Whether a stream is to end with what it used."""
        return bool(self.stream_options and self.stream_options.include_usage)

    @property
    def _asked_at(self) -> int:
        for place in reversed(range(len(self.messages))):
            if self.messages[place].role == "user":
                return place
        raise ApiError(
            400, "missing", "messages: none has the role user; the last one that has is the question", param="messages"
        )
