"""A field of life that news is written about, with its words and what is said in it."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Thing:
    """Something made, shown, bred or cooked; an attribute the stock does not give is empty."""

    name: str
    does: str
    made_of: str
    used_for: str
    works_by: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands in the text (``told``), what it is about (``about``), and other words for that (``asked``)."""

    told: str
    about: str
    asked: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Things of one kind that are listed together: the noun for them and the items."""

    noun: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """The words of one field of life.

    ``quote``: said => gist in other words. ``deed``: done => done in other words.
    ``cause``: reason => effect => effect in other words.
    ``purpose``: purpose => action => action in other words. ``means``: means => result => result in other words.
    ``outcome``: consequence => condition => condition in other words. ``measure``: goal and what is done for it.
    ``listing``: what a venue has. ``programme``: what an event has.
    """

    name: str
    events: tuple[str, ...]
    venues: tuple[str, ...]
    bodies: tuple[str, ...]
    posts: tuple[str, ...]
    themes: tuple[str, ...]
    works: tuple[str, ...]
    things: tuple[Thing, ...]
    quote: tuple[Pair, ...]
    deed: tuple[Pair, ...]
    cause: tuple[Pair, ...]
    purpose: tuple[Pair, ...]
    means: tuple[Pair, ...]
    outcome: tuple[Pair, ...]
    measure: tuple[Listing, ...]
    listing: tuple[Listing, ...]
    programme: tuple[Listing, ...]


_WORDS = ("events", "venues", "bodies", "posts", "themes", "works")
_PAIRS = ("quote", "deed", "cause", "purpose", "means", "outcome")
_LISTINGS = ("measure", "listing", "programme")


def read_domain(name: str, text: str) -> Domain:
    """A domain from its plain-text stock: one entry a line, its first word naming the section.

    Raises:
        ValueError: a line names no section, a part is missing, or a section stays empty.
    """
    sections: dict[str, list[object]] = {field.name: [] for field in fields(Domain) if field.name != "name"}
    for line in filter(None, map(str.strip, text.splitlines())):
        section, _, rest = line.partition(" ")
        if section in _WORDS:
            sections[section].extend(rest.split())
        elif section in _PAIRS:
            told, about, *asked = (part.strip() for part in rest.split("=>"))
            sections[section].append(Pair(told, about, asked[0] if asked else about))
        elif section in _LISTINGS:
            noun, _, items = rest.partition(":")
            sections[section].append(Listing(noun.strip(), tuple(part.strip() for part in items.split(";"))))
        elif section == "thing":
            parts = [part.strip().removeprefix("-") for part in rest.split(";")]
            sections["things"].append(Thing(*parts))
        else:
            raise ValueError(f"{section!r} names no section of a domain")
    empty = [section for section, entries in sections.items() if not entries]
    if empty:
        raise ValueError(f"{name} has nothing in {', '.join(empty)}")
    return Domain(name, **{section: tuple(entries) for section, entries in sections.items()})  # type: ignore[arg-type]
