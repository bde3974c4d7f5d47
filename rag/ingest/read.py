"""One file of the corpus -> one `Article`."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from pathlib import Path

from rag.errors import ArticleError
from rag.ingest.decode import decode
from rag.ingest.fragments import Fragment, plain_fragments
from rag.ingest.front_matter import FrontMatter, split_front_matter
from rag.ingest.markdown import markdown_fragments
from rag.ingest.outline import lines_that_say
from rag.ingest.repair import RepairedText, repair
from rag.types import Article, BlockKind

SUFFIXES = (".txt", ".md")
SIZE_LIMIT = 5_000_000
"""Bytes; a long novel has about three million."""

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_-]+")


def read_article(path: Path, corpus_dir: Path) -> Article:
    """Read, repair and identify one article.

    A title or subtitle that only the front matter gives opens the article's text. Without a title in the front matter
    the article's own first line is taken if it looks like one, then the file's name.

    Args:
        path: a ``.txt`` or ``.md`` file in ``corpus_dir`` or a folder in it.
        corpus_dir: the folder of the corpus; a file that lies elsewhere, or a link that leads elsewhere, is refused.

    Raises:
        ArticleError: the file cannot be read as an article; the message is one line and names it.
    """
    try:
        front_matter, body = split_front_matter(decode(_read_bytes(path, corpus_dir)))
        fragments = markdown_fragments(body) if path.suffix.lower() == ".md" else plain_fragments(body)
        if not fragments:
            raise ValueError("holds no text; write the article below the front matter or remove the file")
    except OSError as error:
        raise ArticleError(f"{file_name(path)}: cannot be read ({error.strerror}); check the file") from error
    except ValueError as error:
        raise ArticleError(f"{file_name(path)}: {error}") from error
    repaired = repair(_with_title(fragments, front_matter), front_matter.title, front_matter.subtitle)
    return _article(article_id(path, corpus_dir), front_matter, repaired, path.stem)


def article_id(path: Path, corpus_dir: Path) -> str:
    """A short name for the file, fit for a URL and the same on every machine.

    The path below ``corpus_dir`` without suffix, if it is of ASCII letters, digits, ``-`` and ``_``. Else everything
    else becomes ``-`` and eight hexadecimal digits of the path's SHA-256 follow, so that two such names stay two.

    Example:
        >>> article_id(Path("corpus/spring-2025.txt"), Path("corpus"))
        'spring-2025'
        >>> article_id(Path("corpus/春天 2025.txt"), Path("corpus"))
        '2025-32b4c304'
    """
    # macOS stores file names decomposed (NFD): composing them makes the id the same everywhere.
    name = unicodedata.normalize("NFC", _absolute(path).relative_to(_absolute(corpus_dir)).with_suffix("").as_posix())
    slug = _NOT_IN_ID.sub("-", name).strip("-")
    if slug == name:
        return slug
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


def file_name(path: Path) -> str:
    """The path as it goes into a message: on one line whatever characters it holds."""
    name = path.as_posix()
    return name if name.isprintable() else ascii(name)


def _absolute(path: Path) -> Path:
    # Not Path.resolve: a link inside the corpus keeps its own name.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _read_bytes(path: Path, corpus_dir: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"is not a {' or '.join(SUFFIXES)} file; save the article as one")
    # os.path.realpath, as Path.resolve raises no OSError on a link that leads to itself.
    target, root = Path(os.path.realpath(path, strict=True)), Path(os.path.realpath(corpus_dir))
    if not _absolute(path).is_relative_to(_absolute(corpus_dir)) or not target.is_relative_to(root):
        raise ValueError("lies or leads out of the corpus folder; copy the file into it")
    if not path.is_file():
        raise ValueError("is no regular file; put a text file there")
    with path.open("rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise ValueError(f"is larger than {SIZE_LIMIT // 1_000_000} MB; split it into several articles")
    if not data.strip():
        raise ValueError("is empty; write the article or remove the file")
    return data


def _with_title(fragments: list[Fragment], front_matter: FrontMatter) -> list[Fragment]:
    """The fragments, with the front matter's title and subtitle before them where the body lacks these."""
    texts = [fragment.text for fragment in fragments]
    given = ((front_matter.title, BlockKind.TITLE), (front_matter.subtitle, BlockKind.SUBTITLE))
    missing = [Fragment(text, kind) for text, kind in given if text and lines_that_say(texts, text) is None]
    return [*missing, *fragments]


def _article(article: str, front_matter: FrontMatter, repaired: RepairedText, stem: str) -> Article:
    title = front_matter.title or repaired.first(BlockKind.TITLE) or stem
    subtitle = front_matter.subtitle or repaired.first(BlockKind.SUBTITLE)
    published = front_matter.published
    content = {
        "title": title,
        "subtitle": subtitle,
        "authors": front_matter.authors,
        "publisher": front_matter.publisher,
        "source": front_matter.source,
        "published": published.isoformat() if published else None,
        "blocks": [(block.kind, block.start, block.end, block.section) for block in repaired.blocks],
        "text": repaired.text,
    }
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return Article(
        id=article,
        title=title,
        text=repaired.text,
        blocks=repaired.blocks,
        published=published,
        subtitle=subtitle,
        authors=front_matter.authors,
        publisher=front_matter.publisher,
        source=front_matter.source,
        content_hash=hashlib.sha256(canonical.encode("ascii")).hexdigest(),
    )
