"""What the machine is, since times and int8 arithmetic depend on it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_TELLING = {"avx2": "AVX2", "avx512_vnni": "AVX-512 VNNI", "amx_int8": "AMX"}


def processor() -> str:
    """The processor's name, the cores this process may use, and its instruction sets for small numbers."""
    described = _CPUINFO.read_text(encoding="utf-8") if _CPUINFO.exists() else ""
    fields: dict[str, str] = {}
    for line in described.splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    name = fields.get("model name") or platform.processor() or platform.machine()
    flags = fields.get("flags", "").split()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    sets = ", ".join(label for flag, label in _TELLING.items() if flag in flags)
    without = "" if "amx_int8" in flags or not flags else ", no AMX"
    return f"{name}, {cores} cores{f', {sets}' if sets else ''}{without}"
