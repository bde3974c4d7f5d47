"""Runs builders that come to grief, each in a process of its own; started as a program by test_crashes.py.

It forks, so it runs in a fresh interpreter without threads. Every check is an assertion: it ends with 0 if all hold.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from rag.errors import IndexStoreError
from rag.index.index import Index
from rag.settings import Settings
from tests.index.counting_encoder import CountingEncoder
from tests.index.sample_corpus import PARAGRAPHS, write_article

CRASHED = 99
NEW_PARAGRAPHS = (*PARAGRAPHS, "码头边新开了一座航海图书馆，藏书七万册，晚上十点闭馆。")
FILE_EVENTS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


# tqdm, inside bm25s, shares one lock between forked processes, and a builder killed while it held that lock would
# leave its parent waiting for ever. Builders that are started, not forked, share nothing.
tqdm.monitor_interval = 0
tqdm.set_lock(threading.RLock())


def start(work: Callable[[], None]) -> int:
    """Run ``work`` in a forked process; its exit status is 0 where it comes to its end."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            work()
            status = 0
        except KeyboardInterrupt:
            status = 130
        except BaseException as error:  # noqa: BLE001  said here, and told to the parent by the status
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(status)
    return process


def wait(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


class Case:
    """A corpus, its index, and the corpus changed since."""

    def __init__(self, folder: Path) -> None:
        (folder / "corpus").mkdir(parents=True)
        self.settings = Settings(corpus_dir=folder / "corpus", index_dir=folder / "index")
        self.encoder = CountingEncoder()
        write_article(self.settings.corpus_dir, paragraphs=NEW_PARAGRAPHS)
        self.new = self.build().version
        files = [path for path in self.settings.index_dir.rglob("*.*") if path.is_file()]
        self.file_sizes = sorted({path.stat().st_size for path in files})
        shutil.rmtree(self.settings.index_dir)
        write_article(self.settings.corpus_dir)
        self.old = self.build().version
        write_article(self.settings.corpus_dir, paragraphs=NEW_PARAGRAPHS)
        self._kept = folder / "kept"
        shutil.copytree(self.settings.index_dir, self._kept)

    def build(self) -> Index:
        return Index.build_or_load(self.settings, self.encoder)

    def folders(self) -> list[str]:
        return [path.name for path in self.settings.index_dir.iterdir() if path.is_dir()]

    def restore_old(self) -> None:
        shutil.rmtree(self.settings.index_dir)
        shutil.copytree(self._kept, self.settings.index_dir)

    def check_whole(self, *, built: bool = False) -> str:
        """The index on disk is a whole one, old or new; the next build makes it new and leaves nothing else behind."""
        version = self.check_loads()
        assert version == self.new or not built
        assert self.build().version == self.new
        if len(self.folders()) > 1:
            # The crash came after the swap, so nothing was left to build; the next build tidies up.
            write_article(self.settings.corpus_dir)
            self.build()
            write_article(self.settings.corpus_dir, paragraphs=NEW_PARAGRAPHS)
        assert len(self.folders()) == 1, self.folders()
        assert {path.name for path in self.settings.index_dir.iterdir() if path.is_file()} == {"current", "lock"}
        return version

    def check_loads(self) -> str:
        index = Index.load(self.settings, self.encoder)
        assert index.version in (self.old, self.new)
        holds_new = any("航海图书馆" in scored.passage.text for scored in index.retrieve("航海图书馆藏书", 9))
        assert holds_new == (index.version == self.new)
        return index.version

    def at_file_event(self, number: int, act: Callable[[], None]) -> None:
        """Do something right before the n-th change to the files of the index; for this process's life."""
        seen = 0
        inside = str(self.settings.index_dir)

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            changes = event in FILE_EVENTS or (event == "open" and int(str(arguments[2])) & WRITING)
            # What is removed inside a folder is named without the folder.
            if changes and (str(arguments[0]).startswith(inside) or event in ("os.remove", "os.rmdir")):
                seen += 1
                if seen == number:
                    act()

        sys.addaudithook(watch)


def every_point(case: Case, act: Callable[[], None], status: int) -> None:
    """Come to grief at the first change to a file, then at the second, until a build meets none."""
    versions: list[str] = []
    for number in range(1, 500):
        case.restore_old()

        def work(number: int = number) -> None:
            case.at_file_event(number, act)
            case.build()

        ended = wait(start(work))
        if ended == 0:
            break
        assert ended == status, (number, ended)
        versions.append(case.check_whole())
    else:
        raise AssertionError("the build never came to its end")
    assert case.check_whole(built=True) == case.new
    # Both sides of the swap were met, and there is no way back from new to old.
    assert versions.count(case.old) > 12, versions
    assert versions.count(case.new) > 3, versions
    assert versions == sorted(versions, key=lambda version: version == case.new)


def exit_at_every_point(case: Case) -> None:
    every_point(case, lambda: os._exit(CRASHED), CRASHED)


def interrupt_at_every_point(case: Case) -> None:
    every_point(case, lambda: os.kill(os.getpid(), signal.SIGINT), 130)


def interrupt_while_embedding(case: Case) -> None:
    def work() -> None:
        case.encoder.embed_passages = lambda texts, progress=None: os.kill(os.getpid(), signal.SIGINT)  # type: ignore[method-assign]
        case.build()

    assert wait(start(work)) == 130
    assert {path.name for path in case.settings.index_dir.iterdir() if path.is_file()} == {"current", "lock"}
    assert case.check_whole() == case.old


def kill_at_random_moments(case: Case) -> None:
    chance = random.Random(20)  # noqa: S311
    case.restore_old()
    started = time.perf_counter()
    assert wait(start(lambda: case.build() and None)) == 0
    length = time.perf_counter() - started
    for _ in range(25):
        case.restore_old()
        process = start(lambda: case.build() and None)
        time.sleep(chance.uniform(0, 1.2 * length))
        os.kill(process, signal.SIGKILL)
        wait(process)
        case.check_whole()


def full_disk(case: Case) -> None:
    # Each limit cuts the last byte off one file, so that every kind of file is met.
    for limit in [0, *(size - 1 for size in case.file_sizes)]:
        case.restore_old()

        def work(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                case.build()
            except IndexStoreError as error:
                message = str(error)
                assert "\n" not in message
                assert "cannot be written" in message
                assert "unchanged" in message
                assert str(case.settings.index_dir) in message
            else:
                raise AssertionError(f"an index was written with {limit} bytes a file")

        assert wait(start(work)) == 0, limit
        assert len(case.folders()) == 1, case.folders()
        assert case.check_whole() == case.old


def readers_while_versions_are_swapped(case: Case) -> None:
    stop = case.settings.index_dir.parent / "stop"

    def read() -> None:
        index = Index.load(case.settings, case.encoder)
        taken_up = 0
        while not stop.exists():
            if index.newer_on_disk():
                index = Index.load(case.settings, case.encoder)
                taken_up += 1
            assert index.retrieve("航海图书馆藏书", 3)
            case.check_loads()
        assert taken_up >= 5, taken_up

    readers = [start(read) for _ in range(2)]
    for turn in range(20):
        write_article(case.settings.corpus_dir, paragraphs=NEW_PARAGRAPHS if turn % 2 else PARAGRAPHS)
        assert case.build().version == (case.new if turn % 2 else case.old)
        time.sleep(0.03)
    stop.touch()
    assert [wait(reader) for reader in readers] == [0, 0]
    write_article(case.settings.corpus_dir, paragraphs=NEW_PARAGRAPHS)
    case.check_whole()


def builders_at_once(case: Case) -> None:
    shutil.rmtree(case.settings.index_dir)
    tally = case.settings.index_dir.parent / "tally"
    tally.touch()

    def work() -> None:
        case.encoder.embedded.clear()
        assert case.build().version == case.new
        with tally.open("a") as file:
            file.write(f"{len(case.encoder.embedded)}\n")

    builders = [start(work) for _ in range(4)]
    assert [wait(builder) for builder in builders] == [0, 0, 0, 0]
    embedded = sorted(int(line) for line in tally.read_text().split())
    assert embedded[:3] == [0, 0, 0], embedded
    assert embedded[3] > 0
    case.check_whole(built=True)


def a_killed_builder_frees_the_lock(case: Case) -> None:
    def work() -> None:
        case.encoder.embed_passages = lambda texts, progress=None: time.sleep(60)  # type: ignore[method-assign]
        case.build()

    process = start(work)
    time.sleep(0.3)
    os.kill(process, signal.SIGKILL)
    wait(process)
    assert case.check_whole() == case.old


SCENES: dict[str, Callable[[Case], None]] = {
    scene.__name__: scene
    for scene in (
        a_killed_builder_frees_the_lock,
        builders_at_once,
        exit_at_every_point,
        full_disk,
        interrupt_at_every_point,
        interrupt_while_embedding,
        kill_at_random_moments,
        readers_while_versions_are_swapped,
    )
}

if __name__ == "__main__":
    SCENES[sys.argv[1]](Case(Path(sys.argv[2])))
