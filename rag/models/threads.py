"""How many CPU threads a model should use, and how they wait."""

from __future__ import annotations

import os
from pathlib import Path

_CPUS = Path("/sys/devices/system/cpu")
_CGROUP_LIMIT = Path("/sys/fs/cgroup/cpu.max")


def yield_while_waiting() -> None:
    """Let torch's threads sleep while they wait for each other; only heeded before torch is first imported.

    By default they spin. On a machine that is busy with anything else, a spinning thread keeps the one it waits for
    off its core: a question was seen to take ten times as long. `OMP_WAIT_POLICY`, where set, is left as it is.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def usable_cores() -> int:
    """Physical cores that this process may use: its affinity and its container's quota are respected.

    Two hardware threads of one core share its arithmetic units, so matrix products gain nothing from the second.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    cores = {_siblings(cpu) for cpu in allowed}
    return max(1, min(len(cores), _quota(len(cores))))


def _siblings(cpu: int) -> str:
    try:
        return (_CPUS / f"cpu{cpu}" / "topology" / "thread_siblings_list").read_text().strip()
    except OSError:
        return str(cpu)


def _quota(default: int) -> int:
    try:
        limit, period = _CGROUP_LIMIT.read_text().split()
    except (OSError, ValueError):
        return default
    return default if limit == "max" else max(1, int(limit) // int(period))
