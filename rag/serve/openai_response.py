"""An answer as OpenAI's chat API words it, whole and in chunks, with its citations.

Citations come in the shapes that clients know: ``annotations`` of the message, as OpenAI's web search has them, and
``citations`` and ``search_results`` beside ``choices``, as Perplexity has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag.serve.envelope import ApiError
from rag.serve.marks import marks
from rag.serve.openai_request import MODEL
from rag.types import Answer, Article, Citation, StreamEvent


@dataclass(frozen=True, slots=True)
class Completion:
    """One chat completion: the answer to one request. As a `Wire`, it writes a stream of chunks.

    Args:
        id: names it.
        created: seconds since 1970.
        root: the address that links without one begin with.
        articles: where the dates of what is cited stand.
        prompt_characters: characters in the messages of the request.
        includes_usage: whether a stream ends with a chunk of ``usage``.
    """

    id: str
    created: int
    root: str
    articles: Mapping[str, Article]
    prompt_characters: int
    includes_usage: bool = False

    def body(self, answer: Answer) -> dict[str, Any]:
        """The whole completion as plain JSON types."""
        message = {
            "role": "assistant",
            "content": answer.text + self._label(answer),
            "refusal": None,
            "annotations": self._annotations(answer),
        }
        return {
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": MODEL,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": self._usage(answer),
            **self._sources(answer),
        }

    def begin(self) -> str:
        """The chunk that says who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def event(self, event: StreamEvent) -> str:
        """A chunk for a piece of text; for the whole answer, all that ends the stream."""
        if event.answer is None:
            return self._chunk({"content": event.text}) if event.kind == "text" else ""
        label = self._label(event.answer)
        last = self._chunk({"content": label}) if label else ""
        last += self._chunk({"annotations": self._annotations(event.answer)}, "stop", **self._sources(event.answer))
        usage = self._data({**self._head(), "choices": [], "usage": self._usage(event.answer)})
        return last + (usage if self.includes_usage else "") + "data: [DONE]\n\n"

    def error(self, error: ApiError) -> str:
        """The envelope as data, which OpenAI's clients raise as an error."""
        return self._data(error.body)

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        usage = {"usage": None} if self.includes_usage else {}
        return self._data({**self._head(), "choices": [choice], **usage, **more})

    def _head(self) -> dict[str, Any]:
        return {"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}

    def _data(self, data: dict[str, Any]) -> str:
        return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"

    def _annotations(self, answer: Answer) -> list[dict[str, Any]]:
        return [
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": mark.start,
                    "end_index": mark.end,
                    "title": mark.citation.title,
                    "url": self._url(mark.citation),
                },
            }
            for mark in marks(answer.text, answer.citations)
        ]

    def _sources(self, answer: Answer) -> dict[str, Any]:
        return {
            "citations": [self._url(citation) for citation in answer.citations],
            "search_results": [
                {
                    "title": citation.title,
                    "url": self._url(citation),
                    "date": self._date(citation),
                    "snippet": citation.quote,
                }
                for citation in answer.citations
            ],
        }

    def _url(self, citation: Citation) -> str:
        return f"{self.root}{citation.url}" if citation.url.startswith("/") else citation.url

    def _date(self, citation: Citation) -> str | None:
        article = self.articles.get(citation.article_id)
        return article.published.isoformat() if article and article.published else None

    def _label(self, answer: Answer) -> str:
        """The notes of an answer that a language model worded, as its last paragraph: chat programs show nothing else.

        Among them is the one that says so. What a program words itself has its notes in its text.
        """
        notes = answer.notes if answer.mode == "llm" else ()
        return "\n\n" + "\n".join(f"（{note}）" for note in notes) if notes else ""

    def _usage(self, answer: Answer) -> dict[str, int]:
        prompt, completion = (int(answer.timings.get(f"{kind}_tokens", 0)) for kind in ("prompt", "completion"))
        if not prompt + completion:
            # No language model was asked, or its server does not say; then a token is a character.
            prompt, completion = self.prompt_characters, len(answer.text)
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
