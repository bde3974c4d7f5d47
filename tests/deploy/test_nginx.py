"""The sample of nginx before the real application: events come as they are said, and what is closed stays closed."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.deploy.nginx import Proxy, nginx_or_skip, running_nginx, write_configuration
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot

XML = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Content><![CDATA[桥有多少座]]></Content></xml>"


class Gate:
    """Routes that only answer when they are let, or that answer as a server in trouble does."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None

    def let_go(self) -> None:
        """Open the gate, from any thread."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self.open.set)

    def install(self, app: FastAPI) -> None:
        """Add the routes."""

        @app.post("/v1/gate")
        async def gate() -> Response:
            self.loop = asyncio.get_running_loop()

            async def events() -> AsyncIterator[str]:
                yield "data: first\n\n"
                await asyncio.wait_for(self.open.wait(), 10)
                yield "data: last\n\n"

            return StreamingResponse(events(), media_type="text/event-stream")

        @app.post("/wechat/echo")
        async def echo(request: Request) -> Response:
            headers = {"x-seen": json.dumps(dict(request.headers)), "x-query": request.url.query}
            return Response(await request.body(), media_type="text/xml", headers=headers)

        @app.post("/wechat/broken")
        async def broken() -> Response:
            return JSONResponse({"error": "starting"}, status_code=503)

        @app.get("/metrics")
        async def metrics() -> Response:
            return PlainTextResponse("secret figures")

        @app.get("/assets/page-0a1b2c.js")
        async def asset() -> Response:
            return Response("1;" * 4000, media_type="text/javascript")


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def proxy(fake: FakeChatbot, gate: Gate, tmp_path: Path, database: Database) -> Iterator[Proxy]:
    nginx_or_skip()
    app = create_app(fake, Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index"), database)
    gate.install(app)
    folder = tmp_path / "nginx"
    folder.mkdir()
    with running(app) as url, running_nginx(folder, url) as proxy:
        yield proxy


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    trusted = ssl.create_default_context(cafile=str(proxy.certificate))
    with httpx.Client(base_url=proxy.https, verify=trusted, timeout=20, trust_env=False) as client:
        yield client


def test_nginx_takes_the_sample(tmp_path: Path) -> None:
    program = nginx_or_skip()
    write_configuration(tmp_path, "http://127.0.0.1:7860")
    checked = subprocess.run(  # noqa: S603 - the program that was found
        [program, "-t", "-q", "-e", "stderr", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "emerg" not in checked.stderr


def test_events_of_a_question_come_as_they_are_said(client: httpx.Client, fake: FakeChatbot) -> None:
    fake.gate.clear()
    body = {"question": "河西建成桥梁多少座？", "stream": True}
    with client.stream("POST", "/api/ask", json=body) as response:
        lines = response.iter_lines()
        # The chatbot goes on only once this has been read: were it held back, it would never come.
        assert next(lines) == "event: stage"
        assert fake.steps == 1
        fake.gate.set()
        rest = list(lines)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert rest.count("event: text") > 1
    assert "event: answer" in rest


def test_events_under_v1_come_as_they_are_said(client: httpx.Client, gate: Gate) -> None:
    with client.stream("POST", "/v1/gate") as response:
        lines = response.iter_lines()
        assert next(lines) == "data: first"
        gate.let_go()
        assert [line for line in lines if line] == ["data: last"]


def test_a_plain_answer_passes_over_one_connection(client: httpx.Client) -> None:
    for _ in range(3):
        answer = client.post("/api/ask", json={"question": "河西建成桥梁多少座？"})
        assert answer.json()["short"] == "12座"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_wechat_message_passes_unchanged_with_its_sender(client: httpx.Client) -> None:
    reply = client.post(
        "/wechat/echo?signature=a%2Bb&timestamp=1&nonce=2",
        content=XML.encode(),
        headers={"Content-Type": "text/xml", "X-Forwarded-For": "203.0.113.9"},
    )
    assert reply.status_code == 200
    assert reply.text == XML
    assert reply.headers["x-query"] == "signature=a%2Bb&timestamp=1&nonce=2"
    seen = json.loads(reply.headers["x-seen"])
    # What a visitor says of its own address is not passed on.
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert seen["host"] == str(client.base_url.netloc, "ascii")


def test_wechat_never_sees_an_error_of_a_server_that_starts_anew(client: httpx.Client) -> None:
    reply = client.post("/wechat/broken", content=XML.encode())
    assert (reply.status_code, reply.text) == (200, "success")


def test_wechat_never_sees_that_there_is_no_server(tmp_path: Path) -> None:
    nginx_or_skip()
    with running_nginx(tmp_path, "http://127.0.0.1:9") as proxy:
        trusted = ssl.create_default_context(cafile=str(proxy.certificate))
        reply = httpx.post(f"{proxy.https}/wechat/mp", content=XML.encode(), verify=trusted, trust_env=False)
        assert (reply.status_code, reply.text) == (200, "success")
        assert httpx.get(f"{proxy.https}/readyz", verify=trusted, trust_env=False).status_code == 502


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/%6detrics", "//metrics", "/a/../metrics", "/metrics?x=1"])
def test_the_metrics_are_closed(client: httpx.Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "secret" not in reply.text


def test_plain_http_is_sent_on(proxy: Proxy) -> None:
    reply = httpx.get(f"{proxy.http}/a/bridges?x=1", trust_env=False)
    assert reply.status_code == 301
    assert reply.headers["location"] == "https://127.0.0.1/a/bridges?x=1"


@pytest.mark.parametrize(("path", "size"), [("/api/ask", 1_100_000), ("/wechat/echo", 70_000)])
def test_a_body_that_is_too_large_is_refused(client: httpx.Client, path: str, size: int) -> None:
    assert client.post(path, content=b"x" * size).status_code == 413


def test_files_named_by_their_content_are_kept_by_browsers(client: httpx.Client) -> None:
    asset = client.get("/assets/page-0a1b2c.js")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-encoding"] == "gzip"
    assert client.get("/juwen/embed.js").headers["cache-control"] == "public, max-age=3600"
    page = client.get("/a/bridges%202024%2F1")
    assert page.headers.get_list("cache-control") == ["no-cache"]
    assert "cache-control" not in client.get("/assets/none.js").headers


@pytest.mark.slow
def test_the_page_works_through_nginx(fake: FakeChatbot, tmp_path: Path, database: Database) -> None:
    nginx_or_skip()
    from ui import mount_page

    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index")
    app = create_app(fake, settings, database, mount_page)
    (tmp_path / "nginx").mkdir()
    with running(app) as url, running_nginx(tmp_path / "nginx", url) as proxy:
        trusted = ssl.create_default_context(cafile=str(proxy.certificate))
        with httpx.Client(base_url=proxy.https, verify=trusted, timeout=20, trust_env=False) as client:
            assert client.get("/").status_code == 200
            config = client.get("/config").json()
            # The page must not ask for its parts over plain HTTP.
            assert config["root"] == proxy.https
            typed = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "question")
            function = next(int(each["id"]) for each in config["dependencies"] if [typed, "submit"] in each["targets"])
            fake.gate.clear()
            body = {"data": ["河西建成桥梁多少座？", []], "fn_index": function, "session_hash": "abc"}
            assert client.post("/gradio_api/queue/join", json=body).status_code == 200
            said: list[str] = []
            with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "abc"}) as events:
                for line in events.iter_lines():
                    event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                    said.append(event.get("msg", ""))
                    if event.get("msg") == "process_generating":
                        fake.gate.set()
                    if event.get("msg") == "process_completed":
                        break
        assert event["success"] is True
        assert said.count("process_generating") > 1
