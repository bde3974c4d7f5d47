"""The list of articles, and the page that a citation links to."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from rag.serve.articles import render
from rag.serve.phrases import PHRASES, preferred_language
from rag.types import Article, Block, BlockKind
from tests.serve.fakes import LINES, FakeChatbot, make_article

ARTICLE_ID = "bridges 2024/1"
PAGE = f"/a/{quote(ARTICLE_ID, safe='')}"


class Blocks(HTMLParser):
    """The blocks of a page as a browser sees them: where each starts, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.tags: set[str] = set()
        self._open: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        start = dict(attrs).get("data-start")
        self._open = int(start) if start is not None else None
        if self._open is not None:
            self.found.append((self._open, ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            start, text = self.found[-1]
            self.found[-1] = (start, text + data)


def parse(page: str) -> Blocks:
    parser = Blocks()
    parser.feed(page)
    return parser


def test_the_list_names_every_article(client: TestClient, fake: FakeChatbot) -> None:
    body = client.get("/api/articles").json()
    assert body["index_version"] == "v1"
    (article,) = body["articles"]
    assert article["id"] == ARTICLE_ID
    assert article["published"] == "2024-05-01"
    assert article["characters"] == len(fake.articles[ARTICLE_ID].text)
    assert client.get(article["url"]).status_code == 200


@pytest.mark.parametrize("path", [quote(ARTICLE_ID), quote(ARTICLE_ID, safe="")])
def test_an_article_is_given_with_its_text_and_blocks(client: TestClient, fake: FakeChatbot, path: str) -> None:
    response = client.get(f"/api/articles/{path}")
    assert response.status_code == 200
    body = response.json()
    article = fake.articles[ARTICLE_ID]
    (listed,) = client.get("/api/articles").json()["articles"]
    assert {name: body[name] for name in listed} == listed
    assert set(body) - set(listed) == {"text", "blocks"}
    assert body["text"] == article.text
    given_blocks = [(block["kind"], body["text"][block["start"] : block["end"]]) for block in body["blocks"]]
    assert given_blocks == [(kind.value, line) for kind, line in LINES]
    assert [block["section"] for block in body["blocks"]] == [block.section for block in article.blocks]


@pytest.mark.parametrize("path", ["nothing", "bridges%202024", "", "%2e%2e%2fpyproject.toml", "%3Cscript%3E"])
def test_a_missing_article_is_an_error(client: TestClient, path: str) -> None:
    response = client.get(f"/api/articles/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/json"
    error = response.json()["error"]
    assert (error["code"], error["param"]) == ("article_not_found", "article_id")


def test_the_page_holds_every_block_exactly(client: TestClient, fake: FakeChatbot) -> None:
    article = fake.articles[ARTICLE_ID]
    page = client.get(PAGE)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    found = parse(page.text).found
    assert found == [(block.start, article.text[block.start : block.end]) for block in article.blocks]


def test_text_of_the_article_is_never_markup(client: TestClient) -> None:
    page = client.get(PAGE).text
    assert "&lt;script&gt;window.hurt=1" in page
    assert not {"img", "b"} & parse(page).tags
    assert page.count("<script") == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=4))
def test_any_text_comes_through_the_page_unchanged(lines: list[str]) -> None:
    text, blocks = "", []
    for line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text) + len(line)))
        text += line + "\n"
    article = Article("x", lines[0], text, tuple(blocks))
    page = render(article, root="../", language="zh", has_page=True)
    assert parse(page).found == [(block.start, text[block.start : block.end]) for block in blocks]


def test_the_page_loads_nothing_from_outside_and_says_so(client: TestClient) -> None:
    response = client.get(PAGE)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "x-frame-options" not in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"
    links = re.findall(r'(?:src|href)="([^"]+)"', response.text)
    assert links
    for link in links:
        assert client.get(f"{PAGE}/../{link}" if link == "../" else link.replace("../", "/", 1)).status_code < 400 or (
            link == "../"
        )


@pytest.mark.parametrize("path", ["/a/nothing", "/a/%2e%2e%2fpyproject.toml", "/a/%3Cscript%3E"])
def test_a_missing_article_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert PHRASES["zh"]["missing_article"] in response.text
    assert "<script>" not in response.text


def test_the_page_speaks_the_browsers_language(client: TestClient) -> None:
    english = client.get("/a/nothing", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert PHRASES["en"]["missing_article"] in english.text
    assert "Accept-Language" in english.headers["vary"]


def test_the_way_back_is_there_only_with_a_chat_page() -> None:
    article = make_article()
    assert PHRASES["zh"]["back"] in render(article, root="../", language="zh", has_page=True)
    assert PHRASES["zh"]["back"] not in render(article, root="../", language="zh", has_page=False)


def test_a_title_that_is_not_in_the_text_is_shown_all_the_same() -> None:
    article = Article("x", "<标题>", "正文。", (Block(BlockKind.PARAGRAPH, 0, 3),))
    assert f"<h1>{html.escape('<标题>')}</h1>" in render(article, root="../", language="zh", has_page=True)


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x"])
def test_a_source_is_a_link_only_where_it_is_a_web_address(source: str) -> None:
    article = Article("x", "t", "正文。", (Block(BlockKind.PARAGRAPH, 0, 3),), source=source)
    assert f'href="{source}' not in render(article, root="../", language="zh", has_page=True)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("fr", "zh"),
        ("en", "en"),
        ("EN-us", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr,en;q=0.7,zh;q=0.6", "en"),
        ("en;q=0.1,zh-TW;q=0.2", "zh"),
        ("en;q=x,zh;q=0.1", "zh"),
        (";;,,=", "zh"),
    ],
)
def test_the_language_that_a_browser_likes_best(header: str, language: str) -> None:
    assert preferred_language(header) == language


def test_both_languages_say_the_same_things() -> None:
    assert PHRASES["zh"].keys() == PHRASES["en"].keys()


def test_health(client: TestClient, fake: FakeChatbot) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "articles": 1, "index_version": "v1"}
    fake.articles = {}
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.head("/healthz").status_code == 200
