"""Make the list of common words that the tagger takes for names: `python -m training.common_words DICTIONARY TAGGED`.

The tagger's dictionary calls 摩托车, 台风 and 上市 names of a kind. CC-CEDICT spells the reading of a name with a
capital letter, so a word that it has in small letters only is a common one; a verb where its meaning begins with "to".
"""

from __future__ import annotations

import gzip
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from rag.text.common_words import FOLDER, NAME_TAGS

_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[(?P<reading>[^\]]+)\] /(?P<meaning>[^/]*)/")
_HEADER = """\
# Common {what} that the tagger takes for names, one after the other.
# Made by training/common_words.py from CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0) and jieba's dictionary (MIT).
"""
_LONGEST = 4
_LINE = 120


def main(
    dictionary: Annotated[Path, typer.Argument(help="CC-CEDICT, gzipped or not")],
    tagged: Annotated[Path, typer.Argument(help="dict.txt of jieba: word, frequency, tag")],
    to: Annotated[Path, typer.Option(help="folder of the lists")] = FOLDER,
) -> None:
    """Write the two lists and tell how long they are."""
    content = dictionary.read_bytes()
    text = (gzip.decompress(content) if dictionary.suffix == ".gz" else content).decode("utf-8")
    names = (line.split(" ") for line in tagged.read_text(encoding="utf-8").splitlines())
    words = sorted({word for word, _, tag in names if tag in NAME_TAGS and 1 < len(word) <= _LONGEST})
    common = common_words(text.splitlines())
    for what, is_verb in (("nouns", False), ("verbs", True)):
        chosen = [word for word in words if common.get(word) is is_verb]
        lines = "\n".join(textwrap.wrap(" ".join(chosen), _LINE, break_long_words=False))
        (to / f"common_{what}.txt").write_text(_HEADER.format(what=what) + lines + "\n", encoding="utf-8")
        typer.echo(f"{what}: {len(chosen)}")


def common_words(entries: Iterable[str]) -> dict[str, bool]:
    """The words that ``entries`` of CC-CEDICT never have as a name, and whether each is a verb.

    Example:
        >>> common_words(["東西 东西 [dong1 xi1] /thing/stuff/", "北京 北京 [Bei3 jing1] /Beijing/"])
        {'东西': False}
    """
    meanings: dict[str, str] = {}
    names = set()
    for match in filter(None, map(_ENTRY.match, entries)):
        if match["reading"][0].isupper():
            names.add(match["word"])
        else:
            meanings.setdefault(match["word"], match["meaning"])
    return {word: meaning.startswith("to ") for word, meaning in meanings.items() if word not in names}


if __name__ == "__main__":
    typer.run(main)
