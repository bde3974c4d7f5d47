"""Answers of a language model in WeChat: in WeChat's time, told apart; the reader's where the model is too slow."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.serve.app import create_app
from rag.serve.wechat.work_bot import PATH as BOT_PATH
from rag.settings import Settings
from rag.state.database import Database
from tests.llm.scripted_server import Reply, Script, ScriptedServer, scripted_server
from tests.llm.scripts import says, silent
from tests.serve.conftest import running
from tests.serve.wechat.account import account_settings, message_xml, send_as_wechat
from tests.serve.wechat.test_miniprogram import drive, typed
from tests.serve.wechat.test_work_app import WHOLE, message
from tests.serve.wechat.test_work_app import peer as peer_of_app
from tests.serve.wechat.test_work_bot import KEY, TOKEN, text_message
from tests.serve.wechat.test_work_bot import peer as peer_of_bot
from tests.serve.worded import MORE, NOTE, SENTENCE, TOO_SLOW, WordedChatbot

QUESTION = "去年河西建成桥梁多少座"


@contextlib.contextmanager
def served(script: Script, settings: Settings, database: Database) -> Iterator[str]:
    """A server with ``settings`` whose language model plays ``script``."""
    with scripted_server(script) as server:
        given = _with_model(server, settings)
        chatbot = WordedChatbot(given)
        with running(create_app(chatbot, given, database)) as url:
            yield url
            chatbot.close()


def _with_model(server: ScriptedServer, settings: Settings) -> Settings:
    more = {"llm_seconds": 60.0, **settings.model_dump(exclude_unset=True)}
    return server.settings(**more)


def test_a_reader_sees_who_worded_the_answer(account: Settings, database: Database) -> None:
    with served(says(SENTENCE + MORE), account, database) as url:
        sent = send_as_wechat(url, message_xml(QUESTION), patience=5)
    assert sent.text.startswith("2023年，河西建成桥梁12座[1]。其中𠮷桥3座[2]。")
    assert f"注：{NOTE}" in sent.text
    assert "[2]「" in sent.text


@pytest.mark.parametrize(
    ("ours", "theirs"), [(0.6, 1.0), pytest.param(4.5, 5.0, marks=pytest.mark.slow)], ids=["hasty", "as WeChat"]
)
def test_a_silent_model_leaves_the_readers_answer_in_the_first_reply(
    account: Settings, database: Database, ours: float, theirs: float
) -> None:
    settings = account_settings(account, wechat_answer_seconds=ours)
    with served(silent(), settings, database) as url:
        sent = send_as_wechat(url, message_xml(QUESTION), patience=theirs)
    assert sent.text.startswith("12座。")
    assert f"注：{TOO_SLOW}" in sent.text
    assert sent.tries == 1
    assert sent.seconds < theirs


def test_an_app_has_the_same_time(tmp_path: Path, database: Database) -> None:
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", wechat_answer_seconds=1.0, **WHOLE)
    with served(silent(), settings, database) as url:
        [[reply]] = peer_of_app(url)({"message": message(QUESTION), "tries": 1, "seconds": 5})
    assert reply["reply"]["Content"].startswith("12座。")
    assert TOO_SLOW in reply["reply"]["Content"]


def test_a_robot_shows_sentence_by_sentence_and_has_more_time(tmp_path: Path, database: Database) -> None:
    secrets: dict[str, Any] = {"wecom_bot_token": TOKEN, "wecom_bot_aes_key": KEY}
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", wechat_answer_seconds=0.5, **secrets)

    def slowly(reply: Reply) -> None:
        reply.begin()
        reply.text(SENTENCE + MORE[:2])
        reply.pause(2.5)
        reply.text(MORE[2:])
        reply.delta({}, "stop")
        reply.done()

    with served(slowly, settings, database) as url:
        [states] = peer_of_bot(url + BOT_PATH)({"message": text_message(QUESTION), "untilFinished": 20})
    contents = [state["reply"]["stream"]["content"] for state in states]
    first = "2023年，河西建成桥梁12座\\[1\\]。"
    assert first in contents[:-1]
    assert contents[-1].startswith(f"{first}其中𠮷桥3座\\[2\\]。")
    assert NOTE in contents[-1]
    assert "**" not in contents[-1]


def test_a_mini_program_shows_sentences_with_their_sources_and_the_note(tmp_path: Path, database: Database) -> None:
    with served(says(SENTENCE + MORE), Settings(index_dir=tmp_path), database) as url:
        page = drive(url, *typed(QUESTION))
    answer = page["data"]["turns"][0]["answer"]
    assert answer["short"] == ""
    assert answer["lines"] == ["2023年，河西建成桥梁12座[1]。其中𠮷桥3座[2]。"]
    assert [source["place"][:4] for source in answer["sources"]] == ["[1] ", "[2] "]
    assert NOTE in answer["notes"]
