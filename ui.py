"""The chat page, and the whole product in one process: ``python ui.py`` serves the page and the API.

The page shows what the chatbot says and nothing more: each answer, and under it the cited sentences with a link to
their place in the article. What visitors type and what articles say is shown as text, never as markup.
"""

from __future__ import annotations

import asyncio
import html
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from fastapi import FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

import rag.serve
from rag.errors import JuwenError, QuestionError
from rag.serve.ask import MAX_BODY_BYTES, log_and_convert
from rag.serve.backend import Backend
from rag.serve.cards import answer_cards, article_list
from rag.serve.phrases import PHRASES, preferred_language
from rag.serve.security import PageGuard
from rag.serve.workers import THREADS, WAITING, Workers
from rag.settings import Settings
from rag.types import Turn

STATIC = Path(rag.serve.__file__).parent / "static"
SESSION_SECONDS = 2 * 60 * 60
MOST_MESSAGES = 100
I18N = gr.I18n(**{locale: dict(PHRASES[locale[:2]]) for locale in ("zh", "zh-CN", "zh-TW", "zh-HK", "en")})

Message = dict[str, Any]
Talk = list[Message]


def mount_page(app: FastAPI, chatbot: Backend, workers: Workers, settings: Settings) -> None:
    """Put the chat page at ``/`` of an application, behind all of its own routes. Call it outside of an event loop."""
    # Where no event loop runs, the framework makes several of its own and never closes them.
    asyncio.run(_mount_page(app, chatbot, workers, settings))


async def _mount_page(app: FastAPI, chatbot: Backend, workers: Workers, settings: Settings) -> None:
    gr.mount_gradio_app(
        app,
        build_page(chatbot, workers, settings),
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=1,
        i18n=I18N,
        theme=page_theme(),
        css_paths=STATIC / "page.css",
        head_paths=STATIC / "page-head.html",
    )
    # As the application's last resort instead of a mount, the page leaves it the say over its own paths: a mount
    # at "/" would take a GET of a route that only takes POST.
    page = app.router.routes.pop().app  # type: ignore[attr-defined]
    app.router.default = PageGuard(RequestBodyLimitMiddleware(page, MAX_BODY_BYTES))
    # Every open page holds a connection; without this the server would wait for each of them.
    app.state.before_stop.append(page.stop_event.set)


def page_theme() -> gr.themes.Base:
    """The page's fonts and colours; no font is loaded from outside."""
    sans = ["system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Default(primary_hue="red", neutral_hue="stone", font=sans, font_mono=["ui-monospace", "monospace"])


def build_page(chatbot: Backend, workers: Workers, settings: Settings) -> gr.Blocks:
    """The page's parts and what happens between them."""

    def greet(request: gr.Request) -> tuple[str, Any]:
        """What the present index holds, in the visitor's language."""
        head = article_list(chatbot.articles.values(), _language(request))
        return head, gr.Chatbot(examples=[{"text": question} for question in chatbot.suggestions])

    async def ask(
        typed: str, talk: Talk, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[tuple[Any, list[Message], Talk]]:
        """Answer what was typed, or the question that was clicked, as its text comes in."""
        question = clicked_question(event) or typed
        if not question.strip():
            yield "", shown(talk), talk
            return
        language = _language(request)
        talk = [*talk, {"role": "user", "text": question}][-MOST_MESSAGES:]
        text = ""
        yield "", shown([*talk, _reply(PHRASES[language]["thinking"])]), talk
        try:
            run = workers.submit(question, turns(talk[:-1], settings.max_history_turns))
        except JuwenError as error:
            yield gr.skip(), *_both([*talk, _apology(error, language)])
            return
        try:
            async for step in run:
                text += step.text if step.kind == "text" else ""
                if step.kind == "text":
                    yield gr.skip(), shown([*talk, _reply(text)]), talk
                if step.answer is not None:
                    cards = answer_cards(step.answer, language)
                    reply = _reply(step.answer.text, cards=cards, options=step.answer.suggestions)
                    yield gr.skip(), *_both([*talk, reply])
        except JuwenError as error:
            yield gr.skip(), *_both([*talk, _apology(error, language)])
        finally:
            run.cancel()

    page: gr.Blocks
    with gr.Blocks(title="据文 Juwen", fill_height=True, analytics_enabled=False) as page:
        talk = gr.State([], time_to_live=SESSION_SECONDS)
        head = gr.HTML(js_on_load=None, elem_id="head")
        window = gr.Chatbot(
            show_label=False,
            container=False,
            elem_id="talk",
            height="auto",
            scale=1,
            layout="bubble",
            render_markdown=False,
            sanitize_html=True,
            latex_delimiters=[],
            allow_tags=False,
            buttons=[],
            feedback_options=None,
        )
        typed = gr.Textbox(
            show_label=False,
            container=False,
            autofocus=True,
            lines=1,
            max_lines=6,
            max_length=settings.max_question_chars,
            placeholder=I18N("question"),
            submit_btn=True,
            elem_id="question",
        )
        page.load(greet, None, [head, window], api_visibility="private", show_progress="hidden")
        gr.on(
            [typed.submit, window.example_select, window.option_select],
            ask,
            [typed, talk],
            [typed, window, talk],
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=THREADS + WAITING,
        )
        window.clear(list, None, talk, api_visibility="private", show_progress="hidden")
    page.queue(max_size=2 * WAITING, api_open=False)
    return page


def clicked_question(event: gr.EventData) -> str:
    """The question of an example or suggestion that was clicked; empty where none was."""
    value = event._data.get("value") if isinstance(event._data, dict) else None
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) else ""


def turns(talk: Talk, limit: int) -> list[Turn]:
    """The conversation so far, as the chatbot takes it."""
    return [Turn(message["role"], message["text"]) for message in talk][-limit:] if limit else []


def shown(talk: Talk) -> list[Message]:
    """The conversation as the chat window takes it: plain text, and our own HTML under an answer."""
    return [
        {
            "role": message["role"],
            "content": [
                html.escape(message["text"], quote=False),  # the window shows text as sanitised HTML
                *([gr.HTML(message["cards"], js_on_load=None, render=False)] if message.get("cards") else []),
            ],
            "options": [{"value": option, "label": option} for option in message.get("options", ())],
        }
        for message in talk
    ]


def _reply(text: str, cards: str = "", options: tuple[str, ...] = ()) -> Message:
    return {"role": "assistant", "text": text, "cards": cards, "options": options}


def _apology(error: JuwenError, language: str) -> Message:
    if isinstance(error, QuestionError):
        return _reply(str(error))
    phrases = PHRASES[language]
    return _reply(phrases.get(log_and_convert(error).code, phrases["error"]))


def _both(talk: Talk) -> tuple[list[Message], Talk]:
    return shown(talk), talk


def _language(request: gr.Request) -> str:
    return preferred_language(request.headers.get("accept-language", ""))


if __name__ == "__main__":
    from rag.cli import main

    sys.exit(main(["serve", *sys.argv[1:]]))
