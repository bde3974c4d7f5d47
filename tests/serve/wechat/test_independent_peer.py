"""The 公众号 as a peer sees it whose encryption and XML are not ours: it posts, hangs up, tries again, and decrypts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.account import APP, KEY, READER, TOKEN, new_id
from tests.serve.wechat.node import installed_modules, run_node

PEER = Path(__file__).parent / "peer"
QUESTION = "河西有多少座桥"
WECHAT_SECONDS = 5.0


@pytest.fixture(scope="module")
def modules() -> Path:
    return installed_modules(PEER / "package.json", "mp")


@dataclass
class Peer:
    modules: Path
    url: str
    safe: bool
    patience: float

    def say(self, text: str = "", **fields: str) -> dict[str, Any]:
        message = {
            "ToUserName": "gh_account",
            "FromUserName": READER,
            "CreateTime": str(int(time.time())),
            "MsgType": "text",
            "Content": text,
            "MsgId": new_id(),
            **fields,
        }
        job = {
            "url": self.url,
            "token": TOKEN,
            "key": KEY,
            "appId": APP,
            "safe": self.safe,
            "message": message,
            "patience": self.patience * 1000,
        }
        told: dict[str, Any] = run_node(PEER / "peer.js", job, self.modules)
        return told


def later(fake: FakeChatbot, seconds: float) -> Callable[[], None]:
    """Let the next answer take so long; what waits for it."""
    fake.gate.clear()
    timer = threading.Timer(seconds, fake.gate.set)
    timer.start()
    return timer.join


def show_that_it_answers(peer: Peer, fake: FakeChatbot, seconds: float, tries: int) -> None:
    wait = later(fake, seconds)
    told = peer.say(QUESTION)
    # Where a second is all there is, a busy machine may be a try off.
    assert told["tries"] == tries or peer.patience < WECHAT_SECONDS
    # The tries before were left without any answer, which alone makes WeChat try again.
    assert told["statuses"] == [None] * (told["tries"] - 1) + [200]
    assert told["seconds"] < 3 * peer.patience
    assert told["text"], "the reader was told 该公众号暂时无法提供服务"
    if seconds > 3 * peer.patience:
        assert told["text"].startswith("还在查，回复任意内容查看：<a href=")
        wait()
        told = peer.say("查看")
        assert told["tries"] == 1
        assert told["text"].startswith(f"关于“{QUESTION}”")
    assert "12座。去年，河西建成桥梁😀12座。" in told["text"]
    assert [question for question, _ in fake.asked] == [QUESTION]


@pytest.mark.parametrize("safe", [False, True], ids=["plain", "safe"])
@pytest.mark.parametrize(("seconds", "tries"), [(0.01, 1), (1.3, 2), pytest.param(4.0, 3, marks=pytest.mark.slow)])
def test_answers_in_a_fifth_of_the_time(
    modules: Path,
    fake: FakeChatbot,
    hasty: Settings,
    database: Database,
    seconds: float,
    tries: int,
    safe: bool,
) -> None:
    with running(create_app(fake, hasty, database)) as url:
        show_that_it_answers(Peer(modules, url, safe, patience=1.0), fake, seconds, tries)


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "tries"), [(0.1, 1), (7.0, 2), (30.0, 3)])
def test_answers_in_wechat_s_own_time(
    modules: Path, fake: FakeChatbot, account: Settings, database: Database, seconds: float, tries: int
) -> None:
    with running(create_app(fake, account, database)) as url:
        show_that_it_answers(Peer(modules, url, True, WECHAT_SECONDS), fake, seconds, tries)


def test_awkward_text_arrives_whole(modules: Path, fake: FakeChatbot, account: Settings, database: Database) -> None:
    awkward = "河西😀的桥]]>有<b>12</b>座 & 𠮷桥👨‍👩‍👧3座。"
    article = next(iter(fake.articles.values()))
    object.__setattr__(article, "text", f"去年{awkward}<script>")
    with running(create_app(fake, account, database)) as url:
        for safe in (False, True):
            told = Peer(modules, url, safe, WECHAT_SECONDS).say(f"{awkward}有多少桥")
            assert f"去年{awkward}" in told["text"].replace("\u200b", "")
    assert fake.asked[0][0] == f"{awkward}有多少桥"


def test_events_and_pictures(modules: Path, fake: FakeChatbot, account: Settings, database: Database) -> None:
    with running(create_app(fake, account, database)) as url:
        peer = Peer(modules, url, True, WECHAT_SECONDS)
        assert "欢迎关注" in peer.say(MsgType="event", Event="subscribe")["text"]
        assert peer.say(MsgType="event", Event="unsubscribe")["text"] == ""
        assert "图片" in peer.say(MsgType="image", PicUrl="https://example.com/x")["text"]
