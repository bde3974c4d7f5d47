"""``/openapi.json`` and ``/docs``: all of the API, with examples that work, and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.serve import answer_schema, openai_schema
from rag.serve.answer_schema import AnswerBody
from rag.serve.app import create_app
from rag.serve.openai_schema import CompletionBody
from rag.settings import Settings
from rag.state.database import Database
from tests.serve.fakes import FakeChatbot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCUMENTED = {
    "/api/ask",
    "/api/articles",
    "/api/articles/{article_id}",
    "/api/feedback",
    "/v1/chat/completions",
    "/v1/models",
    "/v1/models/{model_id}",
    "/healthz",
    "/readyz",
}


@pytest.fixture
def schema(client: TestClient) -> dict[str, Any]:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    read: dict[str, Any] = response.json()
    return read


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation) for path, methods in schema["paths"].items() for method, operation in methods.items()
    ]


def test_every_operation_is_described(schema: dict[str, Any]) -> None:
    assert set(schema["paths"]) >= DOCUMENTED
    for method, path, operation in operations(schema):
        assert operation.get("description"), (method, path)
        assert all(response["description"] for response in operation["responses"].values()), (method, path)
        assert "422" not in operation["responses"], "errors are 400, in the envelope"
        for status in set(operation["responses"]) - {"200", "503"} if path in DOCUMENTED else ():
            shape = operation["responses"][status]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/ErrorBody"}, (method, path, status)


def test_keys_are_named_and_optional(schema: dict[str, Any]) -> None:
    (name,) = schema["components"]["securitySchemes"]
    keyed = {path for _, path, operation in operations(schema) if {name: []} in operation.get("security", ())}
    assert keyed >= {path for path in DOCUMENTED if path.startswith(("/api/a", "/v1/"))}
    assert all({} in operation["security"] for _, path, operation in operations(schema) if path in keyed)


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    found = set(references(schema))
    assert found
    for reference in found:
        node: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            assert step in node, reference
            node = node[step]


def test_every_example_works(client: TestClient, schema: dict[str, Any]) -> None:
    tried = set()
    for method, path, operation in operations(schema):
        address = path
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                example = quote(parameter["schema"]["examples"][0], safe="")
                address = address.replace(f"{{{parameter['name']}}}", example)
        bodies: dict[str, Any] = {"no body": {"value": None}}
        if "requestBody" in operation:
            bodies = operation["requestBody"]["content"]["application/json"]["examples"]
        assert bodies, path
        for name, body in bodies.items():
            response = client.request(method, address, json=body["value"])
            assert response.status_code == 200, (method, path, name, response.text)
        tried.add(path)
    assert tried >= DOCUMENTED


def test_the_examples_of_responses_are_of_their_form() -> None:
    answer = AnswerBody.model_validate(answer_schema._EXAMPLE, strict=True)
    assert all(citation.end - citation.start == len(citation.quote) for citation in answer.citations)
    completion = CompletionBody.model_validate(openai_schema._EXAMPLE, strict=True)
    message = completion.choices[0].message
    cited = message.annotations[0].url_citation
    assert message.content[cited.start_index : cited.end_index] == "[1]"


def test_real_responses_have_the_documented_fields(client: TestClient) -> None:
    asked = {"question": "去年河西建成桥梁多少座"}
    body = client.post("/api/ask", json=asked).json()
    assert set(body) == set(AnswerBody.model_fields)
    AnswerBody.model_validate(body)
    body = client.post(
        "/v1/chat/completions", json={"messages": [{"role": "user", "content": asked["question"]}]}
    ).json()
    assert set(body) == set(CompletionBody.model_fields)
    CompletionBody.model_validate(body)


def test_the_former_address_of_the_schema_goes_on_working(client: TestClient, schema: dict[str, Any]) -> None:
    assert client.get("/api/openapi.json").json() == schema


def test_the_page_names_only_files_of_this_server(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "//" not in policy
    assert "<script>" not in page.text
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 5
    for link in links:
        assert client.get(f"/{link}").status_code == 200, link
    assert client.head("/docs").status_code == 200


@pytest.mark.slow
def test_readers_try_the_api_on_the_page(
    browser: Browser, fake: FakeChatbot, limits: Settings, database: Database, serve_app: Callable[[FastAPI], str]
) -> None:
    app = create_app(fake, limits, database)
    url = serve_app(app)
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda call: None if call.url.startswith((url, "data:")) else wrong.append(call.url))
    page.goto(f"{url}/docs")
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == len(operations(app.openapi()))
    operation = page.locator(".opblock", has_text="/v1/chat/completions").first
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Execute").click()
    live = operation.locator(".live-responses-table")
    live.wait_for()
    assert "200" in (live.locator(".response-col_status").last.text_content() or "")
    assert len(fake.asked) == 1
    page.close()
    assert wrong == []
