"""The official client against the real server, without its page: real model, real index, the first article."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import openai
import pytest

from tests.serve.process import ROOT, ServerProcess, server_process

pytestmark = pytest.mark.slow

MISSION = [{"role": "user", "content": "去年重庆新能源车产量是多少"}]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("no-page")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with server_process(folder, "--no-page") as server:
        yield server


@pytest.fixture
def client(server: ServerProcess) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0, timeout=60) as client:
        yield client


@pytest.mark.parametrize("stream", [False, True])
def test_the_mission_question(client: openai.OpenAI, server: ServerProcess, stream: bool) -> None:
    if stream:
        chunks = list(client.chat.completions.create(model="juwen", messages=MISSION, stream=True))
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        annotations = [annotation["url_citation"] for annotation in chunks[-1].choices[0].delta.annotations]
        results = chunks[-1].search_results
    else:
        completion = client.chat.completions.create(model="juwen", messages=MISSION)
        message = completion.choices[0].message
        text, results = message.content, completion.search_results
        annotations = [annotation.url_citation.model_dump() for annotation in message.annotations]
    assert text.startswith("95万辆")
    assert annotations
    for cited in annotations:
        number = int(text[cited["start_index"] + 1 : cited["end_index"] - 1])
        assert cited["url"] == results[number - 1]["url"]
    with httpx.Client(base_url=server.url) as http:
        for result in results:
            address, _, fragment = result["url"].partition("#")
            assert http.get(address).status_code == 200
            name = address.removeprefix(f"{server.url}/a/")
            start, end = map(int, fragment.split("-"))
            article = http.get(f"/api/articles/{name}").json()
            assert article["text"][start:end] == result["snippet"]
            assert article["published"] == result["date"]


def test_a_follow_up_is_understood_from_the_messages(client: openai.OpenAI) -> None:
    first = "建成多少个智能工厂？"
    answer = client.chat.completions.create(model="juwen", messages=[{"role": "user", "content": first}])
    messages = [
        {"role": "user", "content": first},
        {"role": "assistant", "content": answer.choices[0].message.content},
        {"role": "user", "content": "那数字化车间呢？"},
    ]
    completion = client.chat.completions.create(model="juwen", messages=messages)
    assert "980" in completion.choices[0].message.content


def test_nothing_of_the_api_needs_the_page(server: ServerProcess) -> None:
    with httpx.Client(base_url=server.url) as http:
        assert http.get("/").status_code == 404
        for path in ("/docs", "/docs/swagger-ui.css", "/openapi.json", "/v1/models", "/api/articles", "/readyz"):
            assert http.get(path).status_code == 200, path
        asked = http.post("/api/ask", json={"question": MISSION[0]["content"]})
        assert asked.json()["short"] == "95万辆"
