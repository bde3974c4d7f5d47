"""企业微信 as a peer in Node, with encryption and XML that are not ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs
import pytest

HERE = Path(__file__).parent
INSTALL_SECONDS = 120
RUN_SECONDS = 100


@dataclass(frozen=True)
class Peer:
    """企业微信, which knows a callback's address, token and key."""

    address: str
    token: str
    key: str
    receiver: str
    kind: str

    def __call__(self, *calls: Mapping[str, Any]) -> list[Any]:
        """What came of each call; the forms of a call are in peer.js."""
        return run_node(HERE / "peer.js", {**asdict(self), "calls": calls}, modules())


def run_node(script: Path, job: Mapping[str, Any] | Sequence[Any], module_path: Path | None = None) -> Any:
    """What a script writes as JSON when it gets a job as JSON."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("NOT TESTED WITH NODE: there is no node here; install it: apt-get install nodejs npm")
    done = subprocess.run(  # noqa: S603 - our own script
        [node, str(script)],
        input=json.dumps(job),
        env={**os.environ, **({"NODE_PATH": str(module_path)} if module_path else {})},
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def modules() -> Path:
    """The folder of the peer's packages, outside the repository; they are installed once."""
    folder = Path(platformdirs.user_cache_dir("juwen")) / "test-peers" / "wecom"
    npm = shutil.which("npm")
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    done = folder / "installed.json"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return folder / "node_modules"
    if npm is None:
        pytest.skip("NOT TESTED WITH AN INDEPENDENT 企业微信: there is no npm here; install it: apt-get install npm")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    installed = subprocess.run(  # noqa: S603 - npm with fixed packages
        install, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
    )
    if installed.returncode:
        pytest.skip(f"NOT TESTED WITH AN INDEPENDENT 企业微信: npm cannot install it: {installed.stderr[-200:]}")
    done.write_text(wanted, encoding="utf-8")
    return folder / "node_modules"
