"""Migrations: the next one can be written, and all are part of what is installed."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import rag.state.migrations
from rag.state.migrations.__main__ import write_migration

ROOT = Path(__file__).parents[2]


def test_the_next_migration_is_written_from_the_tables(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(Path(rag.state.migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = {file.name for file in (folder / "versions").glob("v*.py")}
    last = max(before)
    made = write_migration("Say more", folder)
    assert made.name == f"v{int(last[1:5]) + 1:04}_say_more.py"
    text = made.read_text(encoding="utf-8")
    assert f'down_revision = "{last[1:5]}"' in text.replace("'", '"')
    # The tables are what the migrations make of them, so there is nothing to change.
    assert text.count("    pass\n") == 2
    compile(text, made, "exec")


@pytest.mark.slow
def test_an_installed_package_brings_its_migrations(tmp_path: Path) -> None:
    if importlib.util.find_spec("setuptools") is None:
        pytest.skip("NOT TESTED AS A PACKAGE: setuptools is missing here: pip install setuptools")
    source = tmp_path / "source"
    source.mkdir()
    for name in ("rag", "eval"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "ui.py"):
        shutil.copy(ROOT / name, source)
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, source]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    script = (
        "import rag.state.database as database, sys\n"
        f"assert database.__file__.startswith({str(installed)!r}), database.__file__\n"
        "database.Database.open('sqlite:///new/juwen.db').close()\n"
    )
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], check=True, cwd=tmp_path, env={"PYTHONPATH": str(installed)}
    )
    assert (tmp_path / "new" / "juwen.db").stat().st_size
