"""What happens to an index when its builder dies, is interrupted, meets a full disk or is not alone.

The scenes are in crash_driver.py, which forks real processes and so runs in a fresh interpreter.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.crash_driver import SCENES

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_the_index_on_disk_stays_whole(scene: str, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.index.crash_driver", scene, str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
