"""The 公众号 around the real chatbot: real model, real index, a real article."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.chatbot import Chatbot
from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.wechat.account import WeChat, account_settings

MISSION = "去年重庆新能源车产量是多少"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
def test_the_mission_question(chatbot: Chatbot, database: Database, tmp_path: Path, safe: bool) -> None:
    here = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index")
    settings = account_settings(here, public_url="https://juwen.example")
    with TestClient(create_app(chatbot, settings, database)) as client:
        wechat = WeChat(client, safe)
        text = wechat.say(MISSION)
        assert text.startswith("95万辆[1][2]\n\n[1]「")
        # The link that the reader touches opens the article.
        path = text.split('<a href="https://juwen.example')[1].split("#")[0]
        assert client.get(path).status_code == 200
        assert "2024年" in text
        assert "文章没有" in wechat.say("火星上有几只企鹅？")
        assert "您好" in wechat.say("你好") or "你好" in wechat.say("你好")


def test_a_follow_up_is_understood(chatbot: Chatbot, database: Database, tmp_path: Path) -> None:
    settings = account_settings(Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index"))
    with TestClient(create_app(chatbot, settings, database)) as client:
        wechat = WeChat(client)
        wechat.say("建成多少个智能工厂？")
        assert "980" in wechat.say("那数字化车间呢？")
