"""``/v1/chat/completions`` and ``/v1/models``, as OpenAI's clients know them.

Source: https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import time
import uuid
from typing import Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from rag.errors import JuwenError, QuestionError
from rag.question.understand import check_question
from rag.serve.ask import parse_body, read_body
from rag.serve.backend import Backend
from rag.serve.documentation import KEYS, NO_KEY_NEEDED, error_responses, example_question, or_stream, request_body
from rag.serve.envelope import ApiError, log_and_convert
from rag.serve.openai_request import MODEL, ChatBody
from rag.serve.openai_response import Completion
from rag.serve.openai_schema import STREAM_EXAMPLE, CompletionBody, ModelBody, ModelList
from rag.serve.streaming import stream_answer, whole_answer
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Asker

_COMPLETED: Final = or_stream("The answer; with `stream`, chunks of it and `data: [DONE]` at the end.", STREAM_EXAMPLE)


def openai_router(chatbot: Backend, workers: Workers, settings: Settings) -> APIRouter:
    """The routes for clients of OpenAI's API.

    Args:
        chatbot: knows the articles that are cited.
        workers: answer the questions.
        settings: the limits on questions.
    """
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], dependencies=[KEYS])
    model = {"id": MODEL, "object": "model", "created": int(time.time()), "owned_by": MODEL}
    named: Any = Path(description="the model's name", examples=[MODEL])
    asked = {"role": "user", "content": example_question(chatbot)}
    body_of_completions = request_body(
        ChatBody,
        {
            "one question": {"model": MODEL, "messages": [asked]},
            "streamed": {
                "model": MODEL,
                "messages": [asked],
                "stream": True,
                "stream_options": {"include_usage": True},
            },
            "what a chat program sends": {
                "model": "gpt-4o-mini",
                "temperature": 0.7,
                "messages": [
                    {"role": "system", "content": "You are a helpful assistant."},
                    {"role": "user", "content": [{"type": "text", "text": asked["content"]}]},
                ],
            },
        },
    )

    @router.post(
        "/chat/completions",
        response_model=CompletionBody,
        responses={200: _COMPLETED, **error_responses(400, 413, 415, 500, 503)},
        openapi_extra=body_of_completions,
    )
    async def create_chat_completion(request: Request) -> Response:
        """Answer the last message of the user from the articles.

        The messages of user and assistant before it are the conversation; all others, system messages among them,
        have no effect. Nor have `temperature`, `max_tokens`, `tools` and the other fields of OpenAI's API: nothing
        but the articles answers. Any `model` is accepted.
        """
        body = parse_body(await read_body(request), ChatBody)
        question, history = body.question, body.history
        completion = Completion(
            id=f"chatcmpl-{uuid.uuid4().hex}",
            created=int(time.time()),
            root=str(request.base_url).rstrip("/"),
            articles=chatbot.articles,
            prompt_characters=body.characters,
            includes_usage=body.includes_usage,
        )
        try:
            check_question(question, settings.max_question_chars)
            run = workers.submit(question, history, Asker("api"))
            if body.stream:
                return await stream_answer(run, completion)
            return await whole_answer(run, request, completion.body)
        except QuestionError as error:
            raise ApiError(400, error.code, str(error), param="messages") from error
        except JuwenError as error:
            raise log_and_convert(error) from error

    @router.get("/models", response_model=ModelList, responses=error_responses(), openapi_extra=NO_KEY_NEEDED)
    async def list_models() -> dict[str, Any]:
        """The models that there are: one, `juwen`."""
        return {"object": "list", "data": [model]}

    @router.get(
        "/models/{model_id:path}", response_model=ModelBody, responses=error_responses(404), openapi_extra=NO_KEY_NEEDED
    )
    async def retrieve_model(model_id: str = named) -> dict[str, Any]:
        """One model. There is `juwen` and no other, though questions may name any."""
        if model_id != MODEL:
            message = f"there is no model {model_id[:100]!r}, only {MODEL}"
            raise ApiError(404, "model_not_found", message, param="model")
        return model

    return router
