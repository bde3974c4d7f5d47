"""The sample 小程序: its decoder against real bytes cut anywhere, and its page against a real server."""

from __future__ import annotations

import base64
import contextlib
import json
import random
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot
from tests.serve.wechat.node import run_node

SCRIPTS = Path(__file__).parent / "miniprogram"
PROGRAM = Path(__file__).parents[3] / "examples" / "miniprogram"


@pytest.fixture
def server(fake: FakeChatbot, tmp_path: Path, database: Database) -> Iterator[str]:
    with running(create_app(fake, Settings(index_dir=tmp_path), database)) as url:
        yield url


def drive(server: str, *steps: dict[str, Any], pieces: str = "taken", **config: Any) -> dict[str, Any]:
    """The page after ``steps``."""
    return run_node(
        SCRIPTS / "page.js", {"config": {"server": server, **config}, "pieces": pieces, "steps": steps or [{}]}
    )


def typed(question: str) -> list[dict[str, Any]]:
    return [{"call": "onInput", "event": {"detail": {"value": question}}}, {"call": "onAsk", "wait": True}]


def test_however_a_stream_is_cut_its_events_are_the_same(fake: FakeChatbot, tmp_path: Path, database: Database) -> None:
    with TestClient(create_app(fake, Settings(index_dir=tmp_path), database)) as client:
        body = client.post("/api/ask", json={"question": "河西有桥几座？", "stream": True}).content
    expected = []
    for block in body.decode("utf-8").split("\n\n"):
        if block and not block.startswith(":"):
            name, data = block.split("\n")
            expected.append({"name": name.removeprefix("event: "), "data": data.removeprefix("data: ")})
    assert {"stage", "text", "answer"} == {event["name"] for event in expected}
    assert "😀".encode() in body
    numbers = random.Random(7)  # noqa: S311 - where to cut, and the same every time
    cuts = [sorted(numbers.sample(range(1, len(body)), numbers.randint(2, 40))) for _ in range(300)]
    job = {"bytes": base64.b64encode(body).decode(), "expected": expected, "cuts": cuts}
    assert run_node(SCRIPTS / "decode.js", job) == {"cuttings": len(body) + 301, "wrong": None}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_events_are_read_as_the_standard_says(line_end: str) -> None:
    lines = [
        ": 还在",
        "event: text",
        "data: 一",
        "data:二",
        "",
        "",
        "data",
        "data: 😀:x",
        "unknown: y",
        "",
        "data: unended",
    ]
    expected = [{"name": "text", "data": "一\n二"}, {"name": "message", "data": "\n😀:x"}]
    body = line_end.join(lines).encode()
    job = {"bytes": base64.b64encode(body).decode(), "expected": expected, "cuts": []}
    assert run_node(SCRIPTS / "decode.js", job)["wrong"] is None


def test_any_bytes_are_decoded_as_the_standard_says() -> None:
    numbers = random.Random(8)  # noqa: S311 - as above
    parts = [
        b"a",
        "桥".encode(),
        "😀𠮷".encode(),
        b"\xed\xa0\x80",
        b"\xf4\x90",
        b"\xe0\x80",
        b"\xc0",
        b"\xff",
        b"\xf0\x9f",
    ]
    cases = []
    for _ in range(3000):
        data = b"".join(numbers.choice([*parts, numbers.randbytes(2)]) for _ in range(numbers.randint(0, 8)))
        cuts = sorted(numbers.choices(range(len(data) + 1), k=numbers.randint(0, 5)))
        cases.append([base64.b64encode(data).decode(), cuts])
    assert run_node(SCRIPTS / "utf8.js", cases) is None


@pytest.mark.parametrize(
    ("pieces", "chunked", "asks_for_pieces"),
    [("taken", True, True), ("whole", True, False), ("unknown", True, True), ("taken", False, False)],
)
def test_a_question_is_answered_on_every_phone(server: str, pieces: str, chunked: bool, asks_for_pieces: bool) -> None:
    page = drive(server, *typed("桥有几座？"), pieces=pieces, chunked=chunked)
    [turn] = page["data"]["turns"]
    assert (turn["question"], turn["state"]) == ("桥有几座？", "answered")
    assert turn["answer"]["short"].startswith("12座")
    [source] = turn["answer"]["sources"]
    assert source["quote"] == "去年，河西建成桥梁😀12座。"
    assert source["place"] == "河西的桥 · 新桥𠮷通车"
    assert source["url"].startswith(f"{server}/a/bridges")
    assert turn["answer"]["suggestions"] == ["𠮷桥有多少座？"]
    assert page["data"]["busy"] is False
    assert page["data"]["question"] == ""
    [request] = page["requests"]
    assert request["enableChunked"] is asks_for_pieces
    assert request["data"].get("stream", False) is asks_for_pieces
    assert ("turns[0].text" in page["changes"]) is asks_for_pieces


def test_a_refusal_offers_questions_and_a_tap_asks_one(server: str, fake: FakeChatbot) -> None:
    tap = {"currentTarget": {"dataset": {"question": "河西建成桥梁多少座？"}}}
    page = drive(server, *typed("路有几条？"), {"call": "onAskAgain", "event": tap, "wait": True})
    refused, answered = page["data"]["turns"]
    assert refused["answer"]["short"] == ""
    assert refused["answer"]["lines"] == ["文章没有提到。"]
    assert refused["answer"]["suggestions"] == list(fake.suggestions)
    assert answered["answer"]["short"].startswith("12座")
    # The turn before goes along, so that a follow-up is understood.
    assert page["requests"][1]["data"]["history"] == [
        {"role": "user", "content": "路有几条？"},
        {"role": "assistant", "content": "文章没有提到。"},
    ]


def test_a_link_is_copied_or_opened(server: str) -> None:
    link = {"currentTarget": {"dataset": {"url": f"{server}/a/x#1-2"}}}
    assert drive(server, {"call": "onLink", "event": link})["calls"] == [{"clipboard": f"{server}/a/x#1-2"}]
    [opened] = drive(server, {"call": "onLink", "event": link}, webView=True)["calls"]
    assert opened["open"].startswith("/pages/article/article?url=http%3A")
    assert opened["open"].endswith("%231-2")


@pytest.mark.parametrize(
    ("url", "shown"), [("{server}/a/x#1-2", True), ("https://elsewhere.example/", False), ("{server}.evil/", False)]
)
def test_the_article_page_opens_nothing_but_articles(url: str, shown: bool) -> None:
    server = "https://juwen.example.com"
    address = url.format(server=server)
    job = {"page": "article", "config": {"server": server}, "steps": [], "options": {"url": address}}
    assert run_node(SCRIPTS / "page.js", job)["data"]["url"] == (address if shown else "")


def test_an_answer_can_be_stopped(server: str, fake: FakeChatbot) -> None:
    fake.gate.clear()
    steps = [{"call": "onInput", "event": {"detail": {"value": "桥有几座？"}}}, {"call": "onAsk"}, {"sleep": 200}]
    page = drive(server, *steps, {"call": "onStop", "sleep": 200})
    fake.gate.set()
    assert page["data"]["turns"][0]["problem"] == "已停止。"
    assert page["data"]["busy"] is False


def test_what_the_chatbot_cannot_do_is_said(server: str, fake: FakeChatbot) -> None:
    fake.fail_with = RuntimeError("secret detail")
    page = drive(server, *typed("桥有几座？"), *typed("？！"), *typed("   "))
    assert [turn["problem"] for turn in page["data"]["turns"]] == [
        "抱歉，服务出了问题，请稍后再试。",
        "问题只有标点或符号，请输入要问的内容。",
    ]


def test_a_failed_question_is_no_part_of_the_conversation(server: str) -> None:
    page = drive(server, *typed("？！"), *typed("桥有几座？"))
    assert page["requests"][1]["data"]["history"] == []


ENVELOPE = '{"error": {"message": "m", "type": "t", "param": null, "code": "%s"}}'


@contextlib.contextmanager
def answering(status: int, headers: dict[str, str], body: str) -> Iterator[str]:
    """A server that answers everything so, as one behind a proxy or a rate limit does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("pieces", ["taken", "whole"])
@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (429, {"Retry-After": "7"}, ENVELOPE % "rate_limited", "提问太频繁了，请7秒后再试。"),
        (503, {"retry-after": "2"}, ENVELOPE % "overloaded", "现在提问的人太多，请2秒后再试。"),
        (503, {"Retry-After": "2"}, ENVELOPE % "starting", "服务正在启动，请2秒后再试。"),
        (503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, "<html>", "现在提问的人太多，请稍后再试。"),
        (401, {}, ENVELOPE % "no_key", "这个小程序没有提问的权限，请联系它的管理员。"),
        (504, {}, ENVELOPE % "answer_timeout", "等得太久了，请再试一次。"),
        (502, {}, "<html>坏网关</html>", "抱歉，服务出了问题，请稍后再试。"),
        (400, {}, "null", "抱歉，服务出了问题，请稍后再试。"),
    ],
)
def test_an_error_is_said_in_chinese(pieces: str, status: int, headers: dict[str, str], body: str, said: str) -> None:
    with answering(status, headers, body) as server:
        page = drive(server, *typed("桥有几座？"), pieces=pieces)
    assert page["data"]["turns"][0]["problem"] == said
    assert page["data"]["busy"] is False


@pytest.mark.parametrize("pieces", ["taken", "whole"])
def test_without_a_network_that_is_said(pieces: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        page = drive(f"http://127.0.0.1:{unused.getsockname()[1]}", *typed("桥有几座？"), pieces=pieces)
    assert page["data"]["turns"][0]["problem"] == "网络不通，请检查网络后再试。"


def test_a_server_that_says_nothing_is_not_waited_for(server: str, fake: FakeChatbot) -> None:
    fake.gate.clear()
    page = drive(server, *typed("桥有几座？"), pieces="whole", timeout=300)
    fake.gate.set()
    assert page["data"]["turns"][0]["problem"] == "等得太久了，请再试一次。"


def test_an_answer_that_takes_the_server_too_long_is_given_up(
    fake: FakeChatbot, tmp_path: Path, database: Database
) -> None:
    fake.gate.clear()
    with running(create_app(fake, Settings(index_dir=tmp_path, answer_seconds=0.3), database)) as server:
        pages = [drive(server, *typed("桥有几座？"), pieces=pieces) for pieces in ("taken", "whole")]
        fake.gate.set()
    assert [page["data"]["turns"][0]["problem"] for page in pages] == ["等得太久了，请再试一次。"] * 2


def test_a_stream_that_breaks_off_is_no_answer() -> None:
    body = 'event: text\ndata: {"text": "12"}\n\n'
    with answering(200, {"Content-Type": "text/event-stream"}, body) as server:
        page = drive(server, *typed("桥有几座？"))
    assert page["data"]["turns"][0]["problem"] == "回答中断了，请再试一次。"


def test_every_handler_of_the_page_is_there(server: str) -> None:
    handlers = drive(server)["handlers"]
    assert handlers.keys() >= {"onAsk", "onInput", "onLink", "onCopy", "onAskAgain", "onStop"}
    assert set(handlers.values()) == {"function"}


def test_what_the_page_shows_of_an_answer_is_there(server: str) -> None:
    markup = (PROGRAM / "pages" / "ask" / "ask.wxml").read_text(encoding="utf-8")
    [turn] = drive(server, *typed("桥有几座？"))["data"]["turns"]
    assert set(re.findall(r"turn\.answer\.(\w+)", markup)) == turn["answer"].keys()
    assert set(re.findall(r"turn\.(\w+)", markup)) <= turn.keys()
    assert set(re.findall(r"item\.(\w+)", markup)) == turn["answer"]["sources"][0].keys()


def test_every_page_of_the_program_is_whole() -> None:
    program = json.loads((PROGRAM / "app.json").read_text(encoding="utf-8"))
    for page in program["pages"]:
        for ending in (".js", ".json", ".wxml"):
            assert (PROGRAM / f"{page}{ending}").is_file()
        json.loads((PROGRAM / f"{page}.json").read_text(encoding="utf-8"))
