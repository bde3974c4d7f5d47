"""The YAML front matter of an article file: title, subtitle, authors, publisher, source, published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import yaml

_FENCE = "---"
_LIMIT = 10_000
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-|/(?P<month2>\d{1,2})/|年(?P<month3>\d{1,2})月)(?P<day>\d{1,2})日?"
    r"(?:[T ]\d{1,2}:\d{2}.*)?"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says; a field it lacks is empty (``published``: None)."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    source: str = ""
    published: date | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter of ``text`` and the body after it; without a first line ``---`` all of it is body.

    Every value is read as the text that was typed (a title ``2025`` stays a title), so the YAML is composed but
    never turned into objects. Names other than the fields of `FrontMatter` are allowed and ignored.

    Raises:
        ValueError: the block is not closed, is no YAML mapping, or a field is of the wrong kind.

    Example:
        >>> split_front_matter("---\\ntitle: 春天\\npublished: 2025-03-01\\n---\\n正文。")[0].published
        datetime.date(2025, 3, 1)
    """
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        return FrontMatter(), text
    closing = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise ValueError("front matter opens with '---' on line 1 but no second '---' line closes it; add one")
    block = "".join(lines[1:closing])
    if len(block) > _LIMIT:
        raise ValueError(f"front matter has {len(block)} characters, {_LIMIT} at most; is a '---' line missing?")
    fields = _compose(block)
    front_matter = FrontMatter(
        title=_one(fields, "title"),
        subtitle=_one(fields, "subtitle"),
        authors=_many(fields, "authors"),
        publisher=_one(fields, "publisher"),
        source=_one(fields, "source"),
        published=_date(_one(fields, "published")),
    )
    return front_matter, "".join(lines[closing + 1 :])


def _compose(block: str) -> dict[str, yaml.Node]:
    try:
        node = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise ValueError(
            f"front matter is no YAML (line {line}: {error.problem}); put a value that holds ': ' or '#' in quotes"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("front matter is no YAML; write one 'name: value' a line") from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("front matter is no mapping; write one 'name: value' a line, with an ASCII colon and a space")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in fields:
                raise ValueError(f"front matter gives {key.value!r} twice (line {key.start_mark.line + 2}); keep one")
            fields[key.value] = value
    return fields


def _text(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError(f"front matter: {name!r} must be one text (line {node.start_mark.line + 2})")
    return "" if node.tag == "tag:yaml.org,2002:null" else " ".join(str(node.value).split())


def _one(fields: dict[str, yaml.Node], name: str) -> str:
    return _text(fields[name], name) if name in fields else ""


def _many(fields: dict[str, yaml.Node], name: str) -> tuple[str, ...]:
    node = fields.get(name)
    if node is None:
        return ()
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(text for part in parts if (text := _text(part, name)))


def _date(value: str) -> date | None:
    if not value:
        return None
    match = _DATE.fullmatch(value)
    try:
        if match:
            month = match["month"] or match["month2"] or match["month3"]
            return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        pass
    raise ValueError(f"front matter: published is {value[:40]!r}, which is no date; write it like 2025-03-01")
