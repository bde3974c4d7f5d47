"""Whether 据文 can work as it is set: each part is looked at, and what is wrong is said in one line.

It is cheap: no model is loaded, no index is made, and the language model is asked one tiny question.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.errors import JuwenError
from rag.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part; ``well`` is whether it works."""

    part: str
    well: bool
    said: str


def diagnose() -> Iterator[Finding]:
    """Look at the settings, then at each part that they name, as far as it can be reached."""
    try:
        settings = load_settings()
    except JuwenError as error:
        yield Finding("settings", False, str(error))
        return
    from rag.terminal import setting_rows

    changed = [row.name for row in setting_rows(settings) if row.source != "default"]
    yield Finding("settings", True, f"{len(changed)} set ({', '.join(changed)})" if changed else "all as they come")
    for part, look in _PARTS.items():
        try:
            yield Finding(part, True, look(settings))
        except _WrongError as wrong:
            yield Finding(part, False, str(wrong))
        except JuwenError as error:
            yield Finding(part, False, str(error))
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            yield Finding(part, False, f"{error.strerror or error}{where}")


class _WrongError(Exception):
    """A part that can be used, but not as it should be."""


def _articles(settings: Settings) -> str:
    from rag.ingest import read_corpus

    reading = read_corpus(settings.corpus_dir)
    found = f"{len(reading.articles)} in {settings.corpus_dir}"
    if not reading.articles:
        raise _WrongError(f"{found}; put a .txt or .md file there")
    if reading.problems:
        raise _WrongError(f"{found}, {len(reading.problems)} left out, the first: {reading.problems[0]}")
    return found


def _index(settings: Settings) -> str:
    from rag.index.article_json import article_to_json
    from rag.index.manifest import reason_to_rebuild
    from rag.index.source import IndexSource, content_hash
    from rag.index.store import IndexStore

    found = IndexStore(settings.index_dir).description()
    if found is None:
        return f"not in {settings.index_dir} yet; it will be made at the first start"
    source = IndexSource.read(settings)
    # Its version tells it all, but takes the embedder to be known.
    wanted = dataclasses.replace(
        found,
        articles={article.id: content_hash(article_to_json(article)) for article in source.articles},
        problems=source.problems,
        passage_min_chars=settings.passage_min_chars,
        passage_max_chars=settings.passage_max_chars,
    )
    if wanted == found:
        return f"fits the articles (version {found.version}, in {settings.index_dir})"
    reason = reason_to_rebuild(found, dataclasses.replace(wanted, version=""))
    return f"will be made anew at the next start: {reason}"


def _database(settings: Settings) -> str:
    from rag.state.database import Database

    with Database.open(settings.database_url.get_secret_value()) as database:
        return f"{database.kind}, reached"


def _language_model(settings: Settings) -> str:
    if not settings.llm_model:
        return "none is set; answers are in the articles' own words"
    from rag.llm.endpoint import Endpoint
    from rag.llm.language_model import Deadline, Message, Usage

    usage = Usage()

    def ask() -> Iterator[str]:
        nonlocal usage
        usage = yield from endpoint.write(
            [Message("user", "用一个字回答：你好")], Deadline.within(settings.llm_seconds)
        )

    with Endpoint.open(settings) as endpoint:
        begun = time.monotonic()
        for _ in ask():
            pass
        seconds = time.monotonic() - begun
    tokens = f"{usage.prompt_tokens} tokens read and {usage.completion_tokens} written"
    counted = tokens if usage != Usage() else "it does not count tokens"
    return f"{endpoint.name} answered in {seconds:.1f} s, {counted}"


_PARTS: dict[str, Callable[[Settings], str]] = {
    "articles": _articles,
    "index": _index,
    "database": _database,
    "language model": _language_model,
}
