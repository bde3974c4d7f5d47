"""The corpus folder -> all its articles, and one line on each file that could not be read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ArticleError
from rag.ingest.read import file_name, read_article
from rag.types import Article


@dataclass(frozen=True, slots=True)
class CorpusReading:
    """The articles of a corpus, by id, and the files left out: one line each, with the file and the reason."""

    articles: tuple[Article, ...]
    problems: tuple[str, ...]


def read_corpus(corpus_dir: Path) -> CorpusReading:
    """Read every article in ``corpus_dir`` and the folders in it.

    Names that begin with ``.`` or ``_`` are passed over. Every other file that can't be read as an article becomes a
    problem and keeps no other from being read.

    Raises:
        ArticleError: there is no such folder, or it cannot be listed.
    """
    articles: dict[str, tuple[Article, Path]] = {}
    problems = []
    for path in _files(corpus_dir):
        try:
            article = read_article(path, corpus_dir)
        except ArticleError as error:
            problems.append(str(error))
            continue
        if article.id in articles:
            other = file_name(articles[article.id][1])
            problems.append(f"{file_name(path)}: has the same name as {other} (id {article.id!r}); rename one of them")
            continue
        articles[article.id] = (article, path)
    return CorpusReading(tuple(articles[name][0] for name in sorted(articles)), tuple(problems))


def _files(corpus_dir: Path) -> list[Path]:
    """The files to read, in an order that is the same on every machine; links to folders are among them."""

    def fail(error: OSError) -> None:
        place = file_name(Path(error.filename or corpus_dir))
        raise ArticleError(f"{place}: cannot be listed ({error.strerror}); check corpus_dir") from error

    files = []
    for folder, folders, names in os.walk(corpus_dir, onerror=fail):
        folders[:] = [name for name in folders if not _passed_over(name)]
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        files += [Path(folder) / name for name in [*names, *links] if not _passed_over(name)]
    return sorted(files)


def _passed_over(name: str) -> bool:
    return name.startswith((".", "_"))
