"""An answer as ``/openapi.json`` describes it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from rag.types import Mode, Status

_EXAMPLE: Final[dict[str, Any]] = {
    "status": "answered",
    "text": "12座 [1]\n「2023年，河西市建成桥梁12座。」\n“去年”指2023年，以文章发表的2024年为准。",
    "short": "12座",
    "citations": [
        {
            "number": 1,
            "article_id": "bridges",
            "title": "河西的桥",
            "section": "",
            "quote": "2023年，河西市建成桥梁12座。",
            "start": 20,
            "end": 37,
            "url": "https://example.org/a/bridges#20-37",
            "score": 0.97,
        }
    ],
    "question_understood": "2023年河西市建成桥梁多少座？",
    "notes": ["“去年”指2023年，以文章发表的2024年为准。"],
    "formula": None,
    "confidence": 0.97,
    "suggestions": ["新桥全长多少米？"],
    "related": [],
    "mode": "reader",
    "timings": {"understand": 0.4, "retrieve": 41.0, "read": 52.3, "answer": 1.1, "total": 94.8},
}


class CitationBody(BaseModel):
    """An exact slice of an article: `quote` is `text[start:end]`."""

    number: int = Field(description="the [1] in the text that it stands behind")
    article_id: str
    title: str
    section: str = Field(description="the heading that it stands under; empty before the first")
    quote: str
    start: int = Field(description="offset in the article's text, in characters (code points)")
    end: int = Field(description="exclusive")
    url: str = Field(description="opens the article with the quote highlighted")
    score: float


class AnswerBody(BaseModel):
    """An answer, or that the articles do not say."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    status: Status
    text: str = Field(
        description="the answer in words, with marks [1]; its first line is the short answer, unless a language model "
        "worded it"
    )
    short: str | None = Field(description="the exact figure, name or words")
    citations: list[CitationBody]
    question_understood: str = Field(description="the question as it was read: complete, its relative time resolved")
    notes: list[str] = Field(
        description="how 去年 was read, which time a figure is for; that a language model worded the answer, or why not"
    )
    formula: str | None = Field(description="how a computed figure was made")
    confidence: float = Field(ge=0, le=1, description="the probability that the answer is right")
    suggestions: list[str] = Field(description="questions to go on with; the articles answer them")
    related: list[CitationBody] = Field(description="with a refusal: the closest sentences, which are no answer")
    mode: Mode = Field(description="who worded the answer: `reader`, this program, or `llm`, a language model")
    timings: dict[str, float] = Field(
        description="milliseconds per stage (`word` is that of a language model) and in `total`; with a language model "
        "also `prompt_tokens` and `completion_tokens`"
    )


STREAM_EXAMPLE: Final = """\
event: stage
data: {"stage": "understand"}

event: text
data: {"text": "12座 [1]"}

event: answer
data: {"status": "answered", "text": "12座 [1]", "short": "12座", "citations": []}
"""
