"""Suggestions on disk: made once, made anew where anything differs, and never a reason to fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.answer.suggest import Suggestion
from rag.kept_suggestions import kept_suggestions
from rag.types import Span

MADE = (Suggestion("桥有几座？", "桥/1", Span(3, 6)),)


class Maker:
    """Counts how often suggestions are made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[Suggestion, ...]:
        self.times += 1
        return MADE


def test_they_are_made_once_for_the_same_things(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(3):
        assert kept_suggestions(tmp_path / "kept", ["index 1", "reader"], make) == MADE
    assert make.times == 1
    kept_suggestions(tmp_path / "kept", ["index 2", "reader"], make)
    assert make.times == 2


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'[{"question": 1}]', b"[]x"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    kept_suggestions(tmp_path, ["i"], Maker())
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(content)
    make = Maker()
    assert kept_suggestions(tmp_path, ["i"], make) == MADE
    assert kept_suggestions(tmp_path, ["i"], make) == MADE
    assert make.times == 1


def test_where_nothing_can_be_kept_they_are_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    make = Maker()
    assert kept_suggestions(tmp_path / "file" / "kept", ["i"], make) == MADE
    assert kept_suggestions(tmp_path / "file" / "kept", ["i"], make) == MADE
    assert make.times == 2


def test_old_files_go(tmp_path: Path) -> None:
    for number in range(30):
        kept_suggestions(tmp_path, [str(number)], Maker())
        for place, file in enumerate(sorted(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime)):
            os.utime(file, (place, place))
    assert len(list(tmp_path.iterdir())) == 20
