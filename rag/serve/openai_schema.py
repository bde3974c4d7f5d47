"""The responses of the OpenAI-compatible API, as ``/openapi.json`` describes them."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

_TEXT: Final = "12座 [1]\n「2023年，河西市建成桥梁12座。」"
_URL: Final = "https://example.org/a/bridges#20-37"
_SOURCE: Final = {"title": "河西的桥", "url": _URL}


class ModelBody(BaseModel):
    """The one model."""

    id: Literal["juwen"]
    object: Literal["model"]
    created: int = Field(description="when the server started, in seconds since 1970")
    owned_by: Literal["juwen"]


class ModelList(BaseModel):
    """All models: one."""

    object: Literal["list"]
    data: list[ModelBody]


class UrlCitation(BaseModel):
    """A mark such as [1] in the text, and what it stands for."""

    start_index: int = Field(description="where the mark begins in `content`, in characters (code points)")
    end_index: int = Field(description="where it ends, exclusive: content[start_index:end_index] is the mark")
    title: str = Field(description="title of the article")
    url: str = Field(description="opens the article with the cited words highlighted")


class Annotation(BaseModel):
    """A citation in the form of OpenAI's web search."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


class AssistantMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"]
    content: str = Field(
        description="the answer in words, with marks [1] that stand for its citations; where a language model worded "
        "it, the last paragraph says so"
    )
    refusal: None = Field(description="always null: that the articles do not say is said in `content`")
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one choice."""

    index: Literal[0]
    message: AssistantMessage
    logprobs: None
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens as the language model's server counts them; where none was asked for the answer, characters."""

    prompt_tokens: int = Field(description="tokens that the language model read, or characters in the messages sent")
    completion_tokens: int = Field(description="tokens that it wrote, or characters in the answer")
    total_tokens: int


class SearchResult(BaseModel):
    """A citation in the form of Perplexity's API."""

    title: str
    url: str
    date: str | None = Field(description="when the article was published, as YYYY-MM-DD")
    snippet: str = Field(description="the cited words, exactly as they stand in the article")


_EXAMPLE: Final[dict[str, Any]] = {
    "id": "chatcmpl-0f8a6f2c9d5b4f6b8f0e5a3d7c1b2a90",
    "object": "chat.completion",
    "created": 1767225600,
    "model": "juwen",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": _TEXT,
                "refusal": None,
                "annotations": [
                    {"type": "url_citation", "url_citation": {"start_index": 4, "end_index": 7, **_SOURCE}}
                ],
            },
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 12, "completion_tokens": len(_TEXT), "total_tokens": 12 + len(_TEXT)},
    "citations": [_URL],
    "search_results": [{**_SOURCE, "date": "2024-05-01", "snippet": "2023年，河西市建成桥梁12座。"}],
}


class CompletionBody(BaseModel):
    """A chat completion. The n-th of `citations` and of `search_results` is what [n] stands for."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: str
    object: Literal["chat.completion"]
    created: int = Field(description="seconds since 1970")
    model: Literal["juwen"]
    choices: list[Choice]
    usage: Usage
    citations: list[str] = Field(description="the links of what is cited")
    search_results: list[SearchResult]


STREAM_EXAMPLE: Final = """\
data: {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1767225600, "model": "juwen", \
"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "logprobs": null, "finish_reason": null}]}

data: {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1767225600, "model": "juwen", \
"choices": [{"index": 0, "delta": {"content": "12座 [1]"}, "logprobs": null, "finish_reason": null}]}

data: [DONE]
"""
