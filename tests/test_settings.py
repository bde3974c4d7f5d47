"""Settings from the environment and the settings file, and what is said of a wrong one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import SETTINGS_FILE, Settings, load_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but those of the test."""
    for name in [name for name in os.environ if name.startswith("JUWEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path(SETTINGS_FILE).write_text(text, encoding="utf-8")


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_defaults_serve_this_machine_only() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.corpus_dir == Path("corpus")
    assert settings.public_url == ""


def test_the_file_changes_a_default() -> None:
    write('port = 8001\ncorpus_dir = "articles"\n')
    settings = load_settings()
    assert (settings.port, settings.corpus_dir) == (8001, Path("articles"))


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("port = 8001\nretrieve_k = 3\n")
    monkeypatch.setenv("JUWEN_PORT", "8002")
    settings = load_settings()
    assert (settings.port, settings.retrieve_k) == (8002, 3)


def test_an_argument_wins_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    write("port = 8001\n")
    monkeypatch.setenv("JUWEN_PORT", "8002")
    assert Settings(port=8003).port == 8003


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "99999"),
        ("port", "abc"),
        ("port", "-1"),
        ("refusal_threshold", "1.5"),
        ("retrieve_k", "0"),
        ("passage_min_chars", "1"),
        ("max_question_chars", "5"),
        ("threads", "-2"),
        ("reload_seconds", "0"),
        ("rate_limit", "60/fortnight"),
        ("rate_limit", "0/minute"),
        ("key_rate_limit", "60"),
        ("feedback_rate_limit", "often"),
        ("trusted_proxies", "10.0.0.0/40"),
        ("trusted_proxies", "10.0.0.1/8"),
        ("trusted_proxies", "proxy.example"),
        ("cors_origins", "example.com"),
        ("answer_seconds", "0"),
        ("answer_threads", "0"),
        ("most_waiting", "-1"),
    ],
)
def test_a_wrong_value_is_named_with_its_setting(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"JUWEN_{name.upper()}", value)
    message = refusal()
    assert message.startswith(f"{name}: ")
    assert value in message
    assert f"JUWEN_{name.upper()}" in message


def test_an_unknown_key_of_the_file_is_named() -> None:
    write("prot = 8001\n")
    message = refusal()
    assert "prot" in message
    assert SETTINGS_FILE in message


def test_a_file_that_is_no_toml_is_named() -> None:
    write("port = = 8001\n")
    message = refusal()
    assert message.startswith(SETTINGS_FILE)
    assert "line 1" in message


def test_a_file_that_is_no_text_is_named() -> None:
    Path(SETTINGS_FILE).write_bytes(b"port = 1\n\xff\xfe\xff")
    assert refusal().startswith(SETTINGS_FILE)


def test_passage_sizes_must_be_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_PASSAGE_MIN_CHARS", "500")
    message = refusal()
    assert "passage_min_chars (500)" in message
    assert "passage_max_chars (300)" in message


def test_passage_sizes_name_settings_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_PASSAGE_MIN_CHARS", "500")
    assert "JUWEN_SETTINGS" not in refusal()


def test_an_unknown_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_PROT", "8001")
    assert "JUWEN_PROT" in refusal()


def test_no_guard_has_to_be_set_up_first() -> None:
    settings = load_settings()
    assert settings.api_keys_required is False
    assert (settings.rate_limit, settings.key_rate_limit) == ("60/minute", "600/minute")
    assert (settings.trusted_proxies, settings.cors_origins) == ("", "")
    assert (settings.answer_threads, settings.most_waiting, settings.answer_seconds) == (2, 96, 60)
    assert (settings.metrics, settings.access_log) == (True, False)


def test_proxies_and_rates_are_kept_as_they_will_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8\t2001:DB8::/32")
    monkeypatch.setenv("JUWEN_RATE_LIMIT", " ")
    settings = load_settings()
    assert settings.trusted_proxies == "127.0.0.1/32 10.0.0.0/8 2001:db8::/32"
    assert settings.rate_limit == ""


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("api.deepseek.com/v1", "llm_base_url is no web address; write one such as https://api.deepseek.com/v1"),
        ("ftp://example.com/v1", "llm_base_url is no web address"),
        ("http://", "llm_base_url is no web address"),
        ("http://example.com:99999/v1", "llm_base_url is no web address"),
        ("http://exam ple.com/v1", "llm_base_url is no web address"),
        ("https://me:hunter2@example.com/v1", "holds more than host, port and path; put the key into llm_api_key"),
        ("https://example.com/v1?key=hunter2", "holds more than host, port and path"),
    ],
)
def test_an_address_where_no_language_model_is(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_LLM_MODEL", "m")
    monkeypatch.setenv("JUWEN_LLM_BASE_URL", address)
    message = refusal()
    assert said in message
    assert "hunter2" not in message


def test_an_address_without_a_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    assert "llm_base_url is set (http://127.0.0.1:11434/v1) but llm_model is not; set JUWEN_LLM_MODEL" in refusal()


def test_the_key_of_the_language_model_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUWEN_LLM_API_KEY", "sk-hunter2")
    settings = load_settings()
    assert settings.llm_api_key.get_secret_value() == "sk-hunter2"
    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump_json()}"
