"""``juwen keys``: a key is printed once, and everything else names keys only."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.cli import app
from rag.state.database import Database
from rag.state.keys import ApiKeys

runner = CliRunner()


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'juwen.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUWEN_DATABASE_URL", address)
    return address


def test_a_key_is_made_listed_and_revoked(address: str) -> None:
    made = runner.invoke(app, ["keys", "add", "图书馆"])
    assert made.exit_code == 0, made.output
    key = made.stdout.strip()
    assert "cannot be shown again" in made.stderr
    with Database.open(address) as database:
        assert ApiKeys(database).name_of(key) == "图书馆"
        listed = runner.invoke(app, ["keys", "list"])
        assert "图书馆  made 2" in listed.stdout
        assert "revoked" not in listed.stdout
        assert key not in listed.output
        assert runner.invoke(app, ["keys", "revoke", "图书馆"]).exit_code == 0
        assert ApiKeys(database).name_of(key) is None
    assert "revoked 2" in runner.invoke(app, ["keys", "list"]).stdout


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize(
    ("arguments", "said"), [(["revoke", "nobody"], "no key named 'nobody'"), (["add", "a/b"], "'a/b' is no name")]
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], said: str) -> None:
    done = runner.invoke(app, ["keys", *arguments])
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.usefixtures("address")
def test_an_empty_list_says_what_to_do() -> None:
    done = runner.invoke(app, ["keys", "list"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "juwen keys add" in done.stderr
