"""Reading-comprehension examples, and reading them from SQuAD-style files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from opencc import OpenCC


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and where it starts in its context, in code points."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the answer ends, exclusive."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a context; ``answers`` is empty where the context does not answer it.

    ``source`` names the data set or the way the example was made ("cmrc2018-train", "news/part", "swapped/year");
    ``group`` is the same for examples whose contexts come from the same article.
    """

    question: str
    context: str
    answers: tuple[Answer, ...]
    source: str
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse an answer that does not stand where it says.

        Raises:
            ValueError: an answer is not the slice of the context that its offset names.
        """
        for answer in self.answers:
            if self.context[answer.start : answer.end] != answer.text:
                raise ValueError(f"answer {answer.text!r} does not stand at {answer.start} in {self.context[:40]!r}…")


def read_squad(path: Path) -> Iterator[Example]:
    """The examples of a SQuAD-style JSON file, gzipped or not, Traditional Chinese made Simplified.

    An answer without an offset (-1) is taken where it first stands in its context; an answer that does not stand
    where its offset says is left out, and with it a question that has no other.

    Raises:
        OSError, ValueError: the file cannot be read, or is no SQuAD-style JSON.
    """
    source = path.name.split(".")[0]
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        yield from _examples(json.loads(raw)["data"], source)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is no SQuAD-style JSON: {error!r}") from error


def _examples(articles: list[dict[str, Any]], source: str) -> Iterator[Example]:
    simplify = OpenCC("t2s").convert
    for number, article in enumerate(articles):
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            simple = simplify(context)
            # Some Traditional words become longer or shorter; then offsets no longer hold.
            convert = simplify if len(simple) == len(context) else str
            for question in paragraph["qas"]:
                answers = tuple(_answers(question["answers"], context, convert(context)))
                if answers or question.get("is_impossible") in (True, "true"):
                    asked = convert(question["question"].strip())
                    yield Example(asked, convert(context), answers, source, f"{source}/{number}")


def _answers(raw: list[dict[str, Any]], context: str, converted: str) -> Iterator[Answer]:
    for answer in raw:
        text, start = answer["text"], answer["answer_start"]
        if start < 0:
            start = context.find(text)
        end = start + len(text)
        if text and start >= 0 and context[start:end] == text:
            # Cut from the converted context: 乾 alone becomes 干, in 乾隆 it does not.
            yield Answer(converted[start:end], start)


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    """Write `examples` as JSON lines; the file is there only once it is whole."""
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
    unfinished.rename(path)


def read_examples(path: Path) -> Iterator[Example]:
    """The examples that `write_examples` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)
            yield Example(**{**raw, "answers": tuple(Answer(**answer) for answer in raw["answers"])})
