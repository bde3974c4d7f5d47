"""What opening the endpoint says of settings that cannot work, and that nothing else is contacted or loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from rag.errors import SettingsError
from rag.llm.endpoint import Endpoint
from rag.settings import Settings
from tests.llm.scripted_server import scripted_server
from tests.llm.scripts import says
from tests.serve.process import ROOT

HERE = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"llm_model": "deepseek-chat"}, "'deepseek-chat' needs an address: set JUWEN_LLM_BASE_URL"),
        ({"llm_model": "qwen3:4b"}, "'qwen3:4b' needs an address"),
        ({"llm_model": "openai:gpt-5-mini"}, "'openai:gpt-5-mini' needs a key; set JUWEN_LLM_API_KEY"),
        ({"llm_model": "openai:", "llm_api_key": "k"}, "'openai:' names no model"),
        (
            {"llm_model": "m", "llm_base_url": HERE, "llm_api_key": "sk-秘密"},
            "llm_api_key holds a character that no key",
        ),
        (
            {"llm_model": "m", "llm_base_url": HERE, "llm_api_key": "sk-1\n"},
            "llm_api_key holds a character that no key",
        ),
        ({"llm_model": "fireworks:m", "llm_api_key": "k"}, "is missing; pip install langchain-fireworks"),
    ],
)
def test_settings_that_cannot_work(settings: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError) as caught:
        Endpoint.open(Settings(**settings))
    assert said in str(caught.value)
    assert "秘密" not in str(caught.value)
    assert "\n" not in str(caught.value)


def run(script: str, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUWEN_", "LANG"))}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**kept, "JUWEN_LLM_MODEL": "m", "JUWEN_LLM_BASE_URL": HERE, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_but_the_host_is_contacted() -> None:
    with scripted_server(says("好")) as server:
        contacted = run(
            "import sys\n"
            "def hook(event, args):\n"
            "    if event in ('socket.connect', 'socket.sendto'): sys.stdout.write(f'{args[1]}\\n')\n"
            "    if event == 'socket.getaddrinfo': sys.stdout.write(f'{args[0]}\\n')\n"
            "sys.addaudithook(hook)\n"
            "from rag.llm.circuit import Circuit\n"
            "from rag.llm.endpoint import Endpoint\n"
            "from rag.settings import load_settings\n"
            "from rag.llm.language_model import Deadline, Message\n"
            "with Endpoint.open(load_settings()) as endpoint:\n"
            "    list(Circuit.around(endpoint).write([Message('user', 'hello')], Deadline.within(30)))\n",
            JUWEN_LLM_BASE_URL=server.url,
        )
        port = int(server.address.rpartition(":")[2])
    assert len(server.requests) == 1
    assert set(contacted.split("\n")) <= {f"('127.0.0.1', {port})", "127.0.0.1", ""}
    assert str(port) in contacted
