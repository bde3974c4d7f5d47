"""Which sites may have the chat on their pages: the setting, and the headers that say so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

import ui
from rag.errors import SettingsError
from rag.serve.app import create_app
from rag.serve.security import frame_ancestors
from rag.settings import Settings, load_settings
from rag.state.database import Database
from tests.serve.embed.site import SAMPLE, SCRIPT_LINE
from tests.serve.fakes import FakeChatbot

ARTICLE = "/a/bridges%202024%2F1"


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JUWEN_EMBED_SITES", raising=False)
    monkeypatch.chdir(tmp_path)


def sites(text: str) -> str:
    return Settings(embed_sites=text).embed_sites


@pytest.mark.usefixtures("no_settings")
def test_any_site_may_embed_until_it_is_set() -> None:
    assert frame_ancestors(load_settings().embed_sites) == "frame-ancestors *"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        (" , ", ""),
        ("*", "*"),
        ("https://example.com *", "*"),
        ("https://example.com", "https://example.com"),
        ("https://Example.COM/", "https://example.com"),
        ("https://example.com,https://*.example.org", "https://example.com https://*.example.org"),
        ("https://b.cn\n\thttps://a.cn , https://b.cn", "https://b.cn https://a.cn"),
        ("http://localhost:8080 http://10.0.0.7", "http://localhost:8080 http://10.0.0.7"),
        (
            "https://例子.中国:8443 https://*.例子.中国",
            "https://xn--fsqu00a.xn--fiqs8s:8443 https://*.xn--fsqu00a.xn--fiqs8s",
        ),
    ],
)
def test_sites_are_kept_as_browsers_write_them(text: str, kept: str) -> None:
    assert sites(text) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "example.com",
        "'self'",
        "'none'",
        "https:",
        "https://",
        "https://*",
        "https://a.*.com",
        "https://*.*.com",
        "https://a..com",
        "https://-a.com",
        "https://a.com/path",
        "https://a.com?q",
        "https://a.com#f",
        "https://me@a.com",
        "https://a.com:",
        "https://a.com:0",
        "https://a.com:65536",
        "https://a.com:8o",
        "https://[::1]",
        "ftp://a.com",
        "file://a",
        "data:text/html",
        "https://a.com;script-src",
        "https://a.com；script-src",
        "https://a.com\0",
        f"https://{'a' * 64}.com",
    ],
)
def test_what_is_no_site_is_refused_and_named(wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        sites(f"https://example.com {wrong}")
    assert repr(wrong) in str(caught.value)
    assert "https://*.example.org" in str(caught.value)


@pytest.mark.usefixtures("no_settings")
def test_the_message_names_the_setting_and_the_value_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_EMBED_SITES", "https://example.com; sandbox\nhttps://b.cn")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith("embed_sites: 'https://example.com;' is no site; write ")
    assert "JUWEN_EMBED_SITES" in message
    assert "\n" not in message


_LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(
    lambda label: not label.startswith("xn--")
)
_ORIGINS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["", "*."]),
    st.lists(_LABELS, min_size=1, max_size=4).map(".".join),
    st.one_of(st.just(""), st.integers(1, 65535).map(":{}".format)),
)


@given(st.lists(_ORIGINS, min_size=1, max_size=5, unique=True), st.sampled_from([" ", ",", ", ", "\n"]))
def test_every_origin_comes_into_the_header(origins: list[str], separator: str) -> None:
    assert frame_ancestors(sites(separator.join(origins))).split(" ") == ["frame-ancestors", "'self'", *origins]


@given(
    st.one_of(
        st.text(),
        st.lists(st.one_of(_ORIGINS, st.sampled_from(";, \r\n\t'*:/.；，：。⒈；\u2028"), st.characters())).map("".join),
    )
)
@example("https://a.com; script-src *")
@example("https://a.com\r\nSet-Cookie: a=b")
@example("https://a。com；sandbox")
def test_no_text_brings_in_another_directive(text: str) -> None:
    try:
        kept = sites(text)
    except ValidationError:
        return
    assert sites(kept) == kept
    allowed = r"\*|https?://(\*\.)?[a-z0-9.-]+(:\d+)?"
    assert all(re.fullmatch(allowed, site, re.ASCII) for site in kept.split(" ") if kept)


# The headers.


@pytest.mark.parametrize(
    ("embed_sites", "directive"),
    [
        ("*", "frame-ancestors *"),
        ("", "frame-ancestors 'self'"),
        ("https://a.cn, https://*.b.cn", "frame-ancestors 'self' https://a.cn https://*.b.cn"),
    ],
)
def test_every_page_says_who_may_frame_it(embed_sites: str, directive: str, database: Database) -> None:
    policies = {}
    with TestClient(create_app(FakeChatbot(), Settings(embed_sites=embed_sites), database, ui.mount_page)) as client:
        for path in ("/", "/nothing", "/api/articles", ARTICLE, "/a/nothing"):
            headers = client.get(path).headers
            assert "x-frame-options" not in headers
            (policies[path],) = headers.get_list("content-security-policy")
    for path, policy in policies.items():
        if path.startswith("/a/"):
            assert policy.startswith("default-src 'none'; ")
            assert policy.endswith(f"; {directive}")
        else:
            assert policy == directive


def test_the_script_is_served_as_a_script(database: Database) -> None:
    with TestClient(create_app(FakeChatbot(), Settings(), database)) as client:
        response = client.get("/juwen/embed.js")
    assert response.status_code == 200
    assert re.match("(text|application)/javascript", response.headers["content-type"])


def test_the_sample_page_is_another_site_with_one_line() -> None:
    assert SAMPLE.count(SCRIPT_LINE) == 1
    assert SAMPLE.count("<script") == 1
