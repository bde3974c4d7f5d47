"""The evaluation with a language model: a scripted one, over a few real questions and the real chain."""

from __future__ import annotations

import pytest

from eval.llm.__main__ import main
from rag.llm.language_model import Message
from tests.llm.scripted_server import KEY, Request, Script, scripted_server
from tests.llm.scripts import says


def test_without_a_model_it_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("JUWEN_LLM_MODEL", raising=False)
    assert main([]) == 2
    assert "set JUWEN_LLM_MODEL" in " ".join(capsys.readouterr().err.split())


@pytest.mark.slow
def test_both_are_asked_and_compared(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def play(request: Request) -> Script:
        """The hint as a sentence, or the question as it is."""
        return says(_repeated(request.messages))

    with scripted_server(play=play) as server:
        settings = server.settings()
        monkeypatch.setenv("JUWEN_LLM_MODEL", settings.llm_model)
        monkeypatch.setenv("JUWEN_LLM_BASE_URL", settings.llm_base_url)
        monkeypatch.setenv("JUWEN_LLM_API_KEY", KEY)
        assert main(["--most", "12", "--answers"]) == 0
        told = capsys.readouterr().out
    assert "gold: 12 questions" in told
    assert "of these worded by it" in told
    assert "follow-ups right" in told
    assert "tokens read / written" in told
    assert server.requests


def _repeated(messages: list[Message]) -> str:
    last = messages[-1].content.rpartition("</question>")
    return last[2].rpartition("：")[2].strip() + "[1]。" if last[2].strip() else last[0].rpartition("<question>")[2]
