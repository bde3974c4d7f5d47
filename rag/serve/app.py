"""The web application: questions, articles, health, and the chat page where there is one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias

from fastapi import FastAPI

from rag.serve.admission import VisitorLimits
from rag.serve.articles import STATIC_PATH, articles_router, static_files
from rag.serve.ask import ask_router
from rag.serve.backend import Backend
from rag.serve.conversations import conversations_router
from rag.serve.docs_page import OPENAPI_PATH, docs_router
from rag.serve.documentation import example_question
from rag.serve.envelope import install_error_handlers
from rag.serve.feedback import feedback_router
from rag.serve.guards import GuardedApp, guard
from rag.serve.health import health_router
from rag.serve.metrics import metrics_router
from rag.serve.openai_api import openai_router
from rag.serve.reload import tell_if_failed, watch_index
from rag.serve.retention import retention_applied
from rag.serve.wechat.official_account import official_account_router
from rag.serve.wechat.work_routes import work_routers
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.conversations import Conversations
from rag.state.database import Database
from rag.version import VERSION

PageMount: TypeAlias = Callable[[FastAPI, Backend, Workers, Settings], None]


def create_app(
    chatbot: Backend,
    settings: Settings,
    database: Database,
    mount_page: PageMount | None = None,
    workers: Workers | None = None,
) -> FastAPI:
    """The application around an open chatbot.

    Args:
        chatbot: answers the questions; it is not closed with the application.
        settings: the limits on questions, how often to look for a new index, and which sites may embed the pages.
        database: what is remembered between requests; it is not closed with the application.
        mount_page: puts a chat page at ``/``; without it there is only the API.
        workers: the threads that answer; a new set of default size where None.

    Example:
        >>> from fastapi.testclient import TestClient               # doctest: +SKIP
        >>> client = TestClient(create_app(chatbot, settings, database))      # doctest: +SKIP
        >>> client.post("/api/ask", json={"question": "产量是多少"}).json()["text"]   # doctest: +SKIP
    """
    conversations = Conversations(database, only_for_followups=not settings.keep_conversations)
    workers = workers or Workers(
        chatbot,
        conversations,
        settings.max_history_turns,
        settings.answer_threads,
        settings.most_waiting,
        settings.answer_seconds,
        settings.llm_at_once if settings.llm_model else 0,
    )
    metrics = workers.metrics
    visitors = VisitorLimits(settings, metrics.rate_limited.inc)
    metrics.watch(chatbot, workers)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        watch = asyncio.create_task(watch_index(chatbot, settings.reload_seconds))
        watch.add_done_callback(tell_if_failed)
        try:
            async with retention_applied(database, settings):
                yield
        finally:
            watch.cancel()
            try:
                with contextlib.suppress(asyncio.CancelledError):
                    await watch
            finally:
                await asyncio.to_thread(workers.close)

    app = GuardedApp(
        lambda routes: guard(routes, settings, database, visitors, metrics),
        title="据文 Juwen",
        description="Questions about articles, answered only from the articles, with the exact place of every answer.",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=OPENAPI_PATH,
        # Their pages load scripts from outside; `docs_router` has one that does not.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.before_stop = []  # called when the server is told to stop, by whoever keeps connections open
    app.state.visitors = visitors  # for who takes questions in a way of its own
    install_error_handlers(app)
    app.include_router(ask_router(workers, settings, example_question(chatbot)))
    app.include_router(openai_router(chatbot, workers, settings))
    app.include_router(docs_router(app, settings.embed_sites))
    app.include_router(articles_router(chatbot, has_page=mount_page is not None, embed_sites=settings.embed_sites))
    app.include_router(feedback_router(database, metrics))
    app.include_router(conversations_router(workers))
    app.include_router(health_router(chatbot))
    if settings.metrics:
        app.include_router(metrics_router(metrics))
    app.include_router(official_account_router(chatbot, workers, settings, database))
    for router in work_routers(chatbot, workers, settings, database):
        app.include_router(router)
    app.mount(STATIC_PATH, static_files(), name="static files")

    if mount_page is not None:
        mount_page(app, chatbot, workers, settings)
    return app
