"""Scripts in Node, and packages for them from npm, installed once in a folder outside the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import platformdirs
import pytest

INSTALL_SECONDS = 120
RUN_SECONDS = 100


def run_node(script: Path, job: Any, modules: Path | None = None) -> Any:
    """What ``script`` writes as JSON when it gets ``job`` as JSON. ``modules``: a folder of packages."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("NOT TESTED WITH NODE: there is no node here; install it: apt-get install nodejs npm")
    done = subprocess.run(  # noqa: S603 - our own script
        [node, str(script)],
        input=json.dumps(job),
        env={**os.environ, **({"NODE_PATH": str(modules)} if modules else {})},
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def installed_modules(package: Path, name: str) -> Path:
    """The folder of the packages that ``package`` (a package.json) names."""
    folder = Path(platformdirs.user_cache_dir("juwen")) / "test-peers" / name
    wanted = package.read_text(encoding="utf-8")
    done = folder / "installed.json"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return folder / "node_modules"
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"NOT TESTED WITH THE PEER {name}: there is no npm here; install it: apt-get install npm")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(package, folder)
    installed = subprocess.run(  # noqa: S603 - npm with fixed packages
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if installed.returncode:
        pytest.skip(f"NOT TESTED WITH THE PEER {name}: npm cannot install it: {installed.stderr[-200:]}")
    done.write_text(wanted, encoding="utf-8")
    return folder / "node_modules"
