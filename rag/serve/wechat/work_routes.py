"""The routes of 企业微信, for what of it is set up."""

from __future__ import annotations

from fastapi import APIRouter

from rag.serve.backend import Backend
from rag.serve.wechat.work_accounts import work_app, work_bot_cipher
from rag.serve.wechat.work_app import work_app_router
from rag.serve.wechat.work_bot import work_bot_router
from rag.serve.workers import Workers
from rag.settings import Settings
from rag.state.database import Database


def work_routers(chatbot: Backend, workers: Workers, settings: Settings, database: Database) -> list[APIRouter]:
    """The routes of the 智能机器人 and of the app; of what is not set up, none.

    Raises:
        SettingsError: one of the two is set up by half, or wrong.
    """
    routers = []
    if (cipher := work_bot_cipher(settings)) is not None:
        routers.append(work_bot_router(cipher, chatbot, workers, settings, database))
    if (app := work_app(settings)) is not None:
        routers.append(work_app_router(app, chatbot, workers, settings, database))
    return routers
