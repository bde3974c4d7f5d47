"""The shape of a relation, and question words that many relations share."""

from __future__ import annotations

from dataclasses import dataclass

WHEN = "[什么时候|何时|啥时候|哪天|几月几号|什么时间|在哪一天]"
YEAR = "[什么时候|哪一年|何时|啥时候|哪年|什么年份|多早以前]"
WHERE = "[在哪里|在哪儿|在什么地方|在哪|在何处|在啥地方]"
WHICH_BODY = "[哪家单位|谁|哪个单位|什么单位|哪个机构|哪家]"
WHO = "[谁|哪位|哪个人|什么人]"
WHY = "[为什么|为啥|为何|怎么会|咋会]"


@dataclass(frozen=True, slots=True)
class Relation:
    """A question about ``fields`` (name → kind), in templates; ``slot`` says what kind of answer it wants."""

    slot: str
    fields: dict[str, str]
    questions: tuple[str, ...]
    # Whether it is asked of any subject of its kind that the text names but does not tell this of.
    anywhere: bool = True
