"""The chat page, and the whole product in one process: ``python ui.py`` serves the page and the API.

The page shows what the chatbot says and nothing more. What visitors type and what articles say is shown as text, never
as markup. Conversations are kept by the visitors' browsers; the server records them under an id that only the browser
knows, and deletes them when the visitor says so.
"""

from __future__ import annotations

import asyncio
import html
import logging
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from fastapi import FastAPI

import rag.serve
from rag.errors import JuwenError, QuestionError
from rag.serve.admission import VisitorLimits
from rag.serve.answer_html import answer_html
from rag.serve.backend import Backend
from rag.serve.conversation import Conversation, Message, read_conversation, turns_of, write_conversation
from rag.serve.envelope import log_and_convert
from rag.serve.page_html import article_list, article_pane
from rag.serve.phrases import PHRASES, preferred_language
from rag.serve.security import PageGuard
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import PAGE, Asker
from rag.state.database import DatabaseError
from rag.types import WORD

logger = logging.getLogger(__name__)

STATIC = Path(rag.serve.__file__).parent / "static"
STORAGE_KEY = "juwen-conversation"
NO_SECRET = "juwen"  # noqa: S105  what a browser keeps for its own visitor is hidden from nobody
I18N = gr.I18n(**{locale: dict(PHRASES[locale[:2]]) for locale in ("zh", "zh-CN", "zh-TW", "zh-HK", "en")})


def mount_page(app: FastAPI, chatbot: Backend, workers: Workers, settings: Settings) -> None:
    """Put the chat page at ``/`` of an application, behind all of its own routes. Call it outside of an event loop."""
    # Where no event loop runs, the framework makes several of its own and never closes them.
    asyncio.run(_mount_page(app, chatbot, workers, settings))


async def _mount_page(app: FastAPI, chatbot: Backend, workers: Workers, settings: Settings) -> None:
    gr.mount_gradio_app(
        app,
        build_page(chatbot, workers, settings, app.state.visitors),
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
        head_paths=STATIC / "page-head.html",
    )
    # As the application's last resort instead of a mount, the page leaves it the say over its own paths: a mount
    # at "/" would take a GET of a route that only takes POST.
    page = app.router.routes.pop().app  # type: ignore[attr-defined]
    app.router.default = PageGuard(page)
    # Every open page holds a connection; without this the server would wait for each of them.
    app.state.before_stop.append(page.stop_event.set)


def page_theme() -> gr.themes.Base:
    """The page's fonts and colours; no font is loaded from outside."""
    sans = ["system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Default(primary_hue="red", neutral_hue="stone", font=sans, font_mono=["ui-monospace", "monospace"])


def build_page(
    chatbot: Backend, workers: Workers, settings: Settings, visitors: VisitorLimits | None = None
) -> gr.Blocks:
    """The page's parts and what happens between them. ``visitors``: how often one may ask; None: without end."""
    places = settings.answer_threads + settings.most_waiting

    async def answer(question: str, before: Conversation, request: gr.Request) -> AsyncIterator[Conversation]:
        """The conversation with ``question`` in it, as the answer comes in."""
        language = _language(request)
        talk = (*before.messages, Message("user", question))

        def followed_by(message: Message) -> Conversation:
            return before.with_messages((*talk, message))

        yield followed_by(_says("thinking", language))
        try:
            if visitors is not None:
                visitors.admit(request.client and request.client.host, request.headers)
            turns = turns_of(before.messages, settings.max_history_turns)
            run = workers.submit(question, turns, Asker(PAGE, before.id))
        except JuwenError as error:
            yield followed_by(_apology(error, language))
            return
        text = ""
        try:
            async for step in run.steps():
                if isinstance(step, int):
                    yield followed_by(_says("waiting" if step else "thinking", language, n=step))
                elif step.kind == "stage" and step.text == WORD:
                    yield followed_by(_says("wording", language))
                elif step.kind == "text":
                    text += step.text
                    yield followed_by(Message("assistant", text))
                elif step.answer is not None:
                    yield followed_by(Message("assistant", step.answer.text, step.answer))
        except JuwenError as error:
            yield followed_by(_apology(error, language))
        finally:
            run.cancel()

    async def open_page(kept: object, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """What the present index holds, the conversation that the browser kept, and the question of a shared link."""
        language = _language(request)
        articles = list(chatbot.articles.values())
        talk = read_conversation(kept)
        examples: list[Any] = [{"text": question} for question in chatbot.suggestions]
        window = gr.Chatbot(shown(talk, language), examples=examples)
        yield article_list(articles, language), article_pane(articles, language), window, write_conversation(talk)
        question = request.query_params.get("q", "")[: settings.max_question_chars].strip()
        if question and not _is_last_question(question, talk):
            async for longer in answer(question, talk, request):
                yield gr.skip(), gr.skip(), shown(longer, language), _worth_keeping(longer)

    async def ask(
        typed: str, kept: object, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[tuple[Any, list[Any], Any]]:
        """Answer what was typed, or the question that was clicked, as its text comes in."""
        question, talk, language = clicked_question(event) or typed, read_conversation(kept), _language(request)
        if not question.strip():
            yield "", shown(talk, language), gr.skip()
            return
        async for longer in answer(question, talk, request):
            yield ("" if typed else gr.skip()), shown(longer, language), _worth_keeping(longer)

    def begin_anew() -> tuple[list[Any], Any]:
        """An empty conversation with an id of its own."""
        return [], write_conversation(Conversation())

    async def forget(kept: object, request: gr.Request) -> tuple[Any, Any]:
        """Delete what the server keeps of the conversation, and begin anew."""
        talk, language = read_conversation(kept), _language(request)
        try:
            await asyncio.to_thread(workers.forget, Asker(PAGE, talk.id))
        except DatabaseError as error:
            logger.error("a conversation is not deleted: %s", error)
            failed = talk.with_messages((*talk.messages, _says("not_deleted", language)))
            return shown(failed, language), gr.skip()
        return begin_anew()

    page: gr.Blocks
    with gr.Blocks(title="据文 Juwen", fill_height=True, analytics_enabled=False) as page:
        kept = gr.BrowserState([], storage_key=STORAGE_KEY, secret=NO_SECRET)
        with gr.Row(elem_id="columns", equal_height=True):
            with gr.Column(elem_id="conversation", scale=3):
                with gr.Row(elem_id="top"):
                    head = gr.HTML(js_on_load=None, apply_default_css=False, elem_id="head")
                    with gr.Column(elem_id="controls", scale=0, min_width=0):
                        new = gr.Button(I18N("new"), elem_id="new", size="sm")
                        delete = gr.Button(I18N("delete"), elem_id="delete", size="sm")
                window = gr.Chatbot(
                    label=I18N("talk"),
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
                    label=I18N("ask"),
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
            with gr.Column(elem_id="pane", scale=2, min_width=0):
                pane = gr.HTML(js_on_load=None, apply_default_css=False)
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(open_page, [kept], [head, pane, window, kept], concurrency_limit=places, **quiet)
        gr.on(
            [typed.submit, window.example_select, window.option_select],
            ask,
            [typed, kept],
            [typed, window, kept],
            concurrency_limit=places,
            **quiet,
        )
        new.click(begin_anew, None, [window, kept], **quiet)
        delete.click(forget, [kept], [window, kept], **quiet)  # page.js asks before it lets the click through
    page.queue(max_size=2 * places, api_open=False)
    return page


def clicked_question(event: gr.EventData) -> str:
    """The question of an example or suggestion that was clicked; empty where none was."""
    value = event._data.get("value") if isinstance(event._data, dict) else None
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) else ""


def shown(talk: Conversation, language: str) -> list[Any]:
    """The conversation as the chat window takes it: text as text, and an answer as our own HTML."""
    asked = ""
    window: list[Any] = []
    for message in talk.messages:
        asked = message.text if message.role == "user" else asked
        content: Any = html.escape(message.text, quote=False)  # the window shows text as sanitised HTML
        if message.answer is not None:
            drawn = answer_html(message.answer, asked, language, talk.id)
            content = gr.HTML(drawn, js_on_load=None, apply_default_css=False, render=False)
        window.append({"role": message.role, "content": [content], "options": []})
    last = talk.messages[-1].answer if talk.messages else None
    if last is not None:
        window[-1]["options"] = [{"value": option, "label": option} for option in last.suggestions]
    return window


def _worth_keeping(talk: Conversation) -> Any:
    """What the browser keeps: a whole answer; what comes before it is gone with the page."""
    return write_conversation(talk) if talk.messages[-1].answer is not None else gr.skip()


def _says(phrase: str, language: str, **values: object) -> Message:
    return Message("assistant", PHRASES[language][phrase].format(**values))


def _apology(error: JuwenError, language: str) -> Message:
    if isinstance(error, QuestionError):
        return Message("assistant", str(error))
    phrases = PHRASES[language]
    return Message("assistant", phrases.get(log_and_convert(error).code, phrases["error"]))


def _is_last_question(question: str, talk: Conversation) -> bool:
    asked = [message.text for message in talk.messages if message.role == "user"]
    return asked[-1:] == [question]


def _language(request: gr.Request) -> str:
    return preferred_language(request.headers.get("accept-language", ""))


if __name__ == "__main__":
    from rag.cli import main

    sys.exit(main(["serve", *sys.argv[1:]]))
