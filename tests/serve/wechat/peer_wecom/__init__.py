"""企业微信 as a peer in Node, with encryption and XML that are not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.serve.wechat.node import installed_modules, run_node

HERE = Path(__file__).parent


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
        modules = installed_modules(HERE / "package.json", "wecom")
        return run_node(HERE / "peer.js", {**asdict(self), "calls": calls}, modules)
