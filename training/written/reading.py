"""Reads the written articles: paragraphs, each followed by its questions and their answers.

A file holds articles. Each line begins with what it is::

    # the article's title
    ## a section's heading (may be left out)
    P a paragraph, which the questions below it are about
    Q a question
    A its answer, a slice of the paragraph; [[…]] marks the slice where words around it are needed to find it
    A another slice that is accepted as well
    Q a near miss
    A -

A blank line means nothing. An answer without brackets must stand in its paragraph exactly once.

An example's context is the title and its paragraph, as `rag.answer.candidates` gives them to the reader.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rag.answer.candidates import under_title
from training.examples import Answer, Example

FOLDER = Path(__file__).parent / "articles"
_MARKED = re.compile(r"^(.*)\[\[(.+)\]\](.*)$")
_NONE = "-"


class WrittenError(ValueError):
    """A written article that cannot be used; the message names the file and the line."""


@dataclass(slots=True)
class AskedOfParagraph:
    """A question on the paragraph of that number; ``unanswerable`` where the article does not answer it."""

    question: str
    paragraph: int
    answers: list[Answer] = field(default_factory=list)
    unanswerable: bool = False


@dataclass(slots=True)
class WrittenArticle:
    """A written article with its questions."""

    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    asked: list[AskedOfParagraph] = field(default_factory=list)


def read_written(folder: Path = FOLDER) -> Iterator[Example]:
    """All examples of the articles in ``folder``, file by file.

    For each question that is answered there is a further example without an answer: the same question over another
    paragraph of its article, drawn by chance among those that do not hold the answer's words.

    Raises:
        WrittenError: a line is out of place, an answer does not stand in its paragraph or stands there more than
            once, or a question has no answer line, or one that says that there is none beside another.
    """
    for path in sorted(folder.glob("*.txt")):
        for number, article in enumerate(read_articles(path), start=1):
            yield from _examples(article, f"written/{path.stem}/{number}")


def read_articles(path: Path) -> Iterator[WrittenArticle]:
    """The articles of one file.

    Raises:
        WrittenError: see `read_written`.
    """
    article = WrittenArticle()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        mark, _, rest = line.strip().partition(" ")
        place = f"{path.name}:{number}"
        if mark == "#":
            _must_be_answered(article.asked, place)
            if article.paragraphs:
                yield article
            article = WrittenArticle(rest.strip())
        elif mark == "P":
            _must_be_answered(article.asked, place)
            article.paragraphs.append(rest.strip())
        elif mark == "Q" and article.paragraphs:
            _must_be_answered(article.asked, place)
            article.asked.append(AskedOfParagraph(rest.strip(), len(article.paragraphs) - 1))
        elif mark == "A" and article.asked:
            _take_answer(article.asked[-1], rest.strip(), article.paragraphs[-1], place)
        elif mark not in ("", "##"):
            raise WrittenError(f"{place}: {line[:40]!r} is out of place; lines begin with #, ##, P, Q or A")
    _must_be_answered(article.asked, f"{path.name}: at the end")
    if article.paragraphs:
        yield article


def _must_be_answered(asked: list[AskedOfParagraph], place: str) -> None:
    if asked and not asked[-1].answers and not asked[-1].unanswerable:
        raise WrittenError(f"{place}: {asked[-1].question!r} has no answer; write A, or A - for none")


def _take_answer(asked: AskedOfParagraph, text: str, paragraph: str, place: str) -> None:
    if asked.unanswerable or (text == _NONE and asked.answers):
        raise WrittenError(f"{place}: {asked.question!r} has A - beside another A; leave one of them out")
    if text == _NONE:
        asked.unanswerable = True
        return
    match = _MARKED.match(text)
    before, answer, after = match.groups() if match else ("", text, "")
    whole = before + answer + after
    if not answer or paragraph.count(whole) != 1:
        raise WrittenError(f"{place}: {whole!r} stands {paragraph.count(whole)} times in its paragraph, not once")
    asked.answers.append(Answer(answer, paragraph.index(whole) + len(before)))


def _examples(article: WrittenArticle, group: str) -> Iterable[Example]:
    for asked in article.asked:
        here = article.paragraphs[asked.paragraph]
        source = "written/near-miss" if asked.unanswerable else "written/answered"
        yield _titled(article.title, Example(asked.question, here, tuple(asked.answers), source, group))
        others = [
            paragraph
            for paragraph in article.paragraphs
            if paragraph != here and not any(answer.text in paragraph for answer in asked.answers)
        ]
        if asked.answers and others:
            # Its own source of chance, so that an example gets the same whatever stands before it.
            drawn = random.Random(f"{group}\n{asked.question}").choice(others)  # noqa: S311
            yield _titled(article.title, Example(asked.question, drawn, (), "written/sibling", group))


def _titled(title: str, example: Example) -> Example:
    context, first = under_title(title, example.context)
    answers = tuple(Answer(answer.text, answer.start + first) for answer in example.answers)
    return dataclasses.replace(example, context=context, answers=answers)
