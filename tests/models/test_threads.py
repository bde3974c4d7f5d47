from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.models import threads


def test_uses_at_least_one_core_and_no_more_than_there_are():
    assert 1 <= threads.usable_cores() <= len(os.sched_getaffinity(0))


def test_two_hardware_threads_are_one_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for cpu in os.sched_getaffinity(0):
        (tmp_path / f"cpu{cpu}" / "topology").mkdir(parents=True)
        (tmp_path / f"cpu{cpu}" / "topology" / "thread_siblings_list").write_text("0-127\n")
    monkeypatch.setattr(threads, "_CPUS", tmp_path)
    assert threads.usable_cores() == 1


@pytest.mark.parametrize(("limit", "cores"), [("50000 100000", 1), ("100000 100000", 1), ("max 100000", None)])
def test_the_quota_of_a_container_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, cores: int | None
):
    without = threads.usable_cores()
    (tmp_path / "cpu.max").write_text(limit + "\n")
    monkeypatch.setattr(threads, "_CGROUP_LIMIT", tmp_path / "cpu.max")
    assert threads.usable_cores() == (cores or without)


def test_threads_sleep_while_waiting_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    threads.yield_while_waiting()
    assert os.environ["OMP_WAIT_POLICY"] == "passive"
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    threads.yield_while_waiting()
    assert os.environ["OMP_WAIT_POLICY"] == "active"
