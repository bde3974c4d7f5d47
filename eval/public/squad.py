"""Questions over paragraphs from any SQuAD-style JSON file: CMRC 2018, DRCD, CJRC, XQuAD and their like.

The form is that of SQuAD 2.0 (Rajpurkar, Jia and Liang, *Know What You Don't Know*, ACL 2018), read with the liberties
that the Chinese sets take: ids are texts or numbers, ``is_impossible`` is a boolean or one of the texts "true" and
"false" or missing, an unanswerable question has no answers or empty ones, offsets are often wrong.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.public.errors import BenchmarkError

_YES_NO = {True: True, False: False, "true": True, "false": False, None: False}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the title of its article."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question, its paragraph, and the texts of all accepted answers; none where the paragraph does not answer it."""

    id: str
    question: str
    paragraph: Paragraph
    answers: tuple[str, ...]


def read_squad(path: Path) -> list[PublicQuestion]:
    """All questions of a ``.json`` or ``.json.gz`` file, in its order. Offsets of answers are not looked at.

    Raises:
        BenchmarkError: the file cannot be read, is no SQuAD-style JSON or holds no question; the message says where.
    """
    data = _load(path)
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        raise BenchmarkError(f"{path}: is no SQuAD-style JSON: it has no list 'data'; give such a file")
    questions = [
        question
        for number, article in enumerate(data["data"])
        for question in _article(article, f"data[{number}]", path)
    ]
    if not questions:
        raise BenchmarkError(f"{path}: holds no question; give a file with 'qas' in its paragraphs")
    return questions


def is_text(value: str) -> bool:
    """Whether a text can be written to a file: JSON may escape half of a surrogate pair, which no encoding has."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def read_bytes(path: Path) -> bytes:
    """The content of a file, unpacked where it is gzipped.

    Raises:
        BenchmarkError: the file cannot be read or unpacked.
    """
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise BenchmarkError(f"{path}: cannot be read ({reason}); check the file") from error


def _load(path: Path) -> object:
    try:
        return json.loads(read_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BenchmarkError(f"{path}: is no JSON ({error}); give a SQuAD-style file") from error


def _article(article: object, place: str, path: Path) -> Iterator[PublicQuestion]:
    fields = _fields(article, place, path)
    # CMRC puts the title beside each paragraph or nowhere.
    for number, paragraph in enumerate(_list(fields, "paragraphs", place, path)):
        inner = f"{place}.paragraphs[{number}]"
        given = _fields(paragraph, inner, path)
        title = _text({"title": given.get("title") or fields.get("title") or ""}, "title", inner, path)
        read = Paragraph(title.strip(), _text(given, "context", inner, path))
        for asked, raw in enumerate(_list(given, "qas", inner, path)):
            yield _question(raw, read, f"{inner}.qas[{asked}]", path)


def _question(raw: object, paragraph: Paragraph, place: str, path: Path) -> PublicQuestion:
    fields = _fields(raw, place, path)
    impossible = fields.get("is_impossible")
    known = impossible.lower() if isinstance(impossible, str) else impossible
    if not isinstance(known, bool | str | None) or known not in _YES_NO:
        raise BenchmarkError(f"{path}: {place}.is_impossible is {impossible!r}; it must be true or false")
    answers = [] if _YES_NO[known] else _list(fields, "answers", place, path)
    accepted = [_answer(each, f"{place}.answers[{number}]", path) for number, each in enumerate(answers)]
    return PublicQuestion(
        id=str(fields.get("id", place)),
        question=_text(fields, "question", place, path).strip(),
        paragraph=paragraph,
        answers=tuple(dict.fromkeys(filter(None, accepted))),
    )


def _answer(raw: object, place: str, path: Path) -> str:
    return _text(_fields(raw, place, path), "text", place, path)


def _fields(raw: object, place: str, path: Path) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BenchmarkError(f"{path}: {place} is {type(raw).__name__}, not an object; give a SQuAD-style file")
    return raw


def _list(fields: dict[str, Any], name: str, place: str, path: Path) -> list[Any]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise BenchmarkError(f"{path}: {place} has no list {name!r}; give a SQuAD-style file")
    return value


def _text(fields: dict[str, Any], name: str, place: str, path: Path) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise BenchmarkError(f"{path}: {place}.{name} is {value!r:.40}, not a text; give a SQuAD-style file")
    if not is_text(value):
        raise BenchmarkError(f"{path}: {place}.{name} holds half a character (a lone surrogate); repair the file")
    return value
