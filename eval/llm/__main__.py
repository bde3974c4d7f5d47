"""``python -m eval.llm``: a set of test questions with the language model of the settings, beside the reader alone."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.llm.run import Compared, compare, is_by_model, share, states_answer, usage_of
from eval.outcomes import Outcome
from eval.percent import percent
from eval.sets import SETS
from rag.errors import JuwenError
from rag.settings import load_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a figure of an answer does not stand in its citations, 2 where it could not run."""
    arguments = argparse.ArgumentParser(prog="python -m eval.llm", description=__doc__)
    arguments.add_argument("--set", choices=list(SETS), default="gold", dest="name", help="which set (gold)")
    arguments.add_argument("--most", type=int, metavar="N", help="ask only N questions, spread over the set")
    arguments.add_argument("--answers", action="store_true", help="list the answers that the model worded")
    given = arguments.parse_args(argv)
    console = Console()
    try:
        compared = compare(SETS[given.name], load_settings(), given.most, console)
    except JuwenError as error:
        Console(stderr=True).print(f"eval.llm: {error}", style="red", markup=False, soft_wrap=True)
        return 2
    console.print(_table(compared))
    console.print(_followups(compared), markup=False, soft_wrap=True)
    console.print(f"what happened: {_told(compared.tally)}", markup=False, soft_wrap=True)
    for outcome in compared.worded if given.answers else ():
        if is_by_model(outcome.answer):
            console.print(f"{outcome.case.question}\n    {outcome.answer.text}", markup=False, soft_wrap=True)
    loose = [outcome for outcome in compared.worded if outcome.ungrounded]
    for outcome in loose:
        figures = ", ".join(outcome.ungrounded)
        console.print(f"{outcome.case.id}: {figures} stands in no citation: {outcome.answer.text}", style="red")
    return 1 if loose else 0


def _table(compared: Compared) -> Table:
    table = Table(title=f"{compared.name}: {len(compared.worded)} questions, {compared.model}")
    for column in ("", "reader alone", "with the model"):
        table.add_column(column, justify="left" if not column else "right")
    both = (compared.reader, compared.worded)
    answerable = [[outcome for outcome in outcomes if outcome.case.answerable] for outcomes in both]
    refusable = [[outcome for outcome in outcomes if not outcome.case.answerable] for outcomes in both]
    table.add_row("right, %", *(percent(share(outcomes, lambda one: one.right)) for outcomes in answerable))
    table.add_row("text states an accepted answer, %", *(percent(share(one, states_answer)) for one in answerable))
    table.add_row(
        "rightly not answered, %", *(percent(share(outcomes, lambda one: one.right)) for outcomes in refusable)
    )
    table.add_row("citation precision, %", *(percent(_precision(outcomes)) for outcomes in both))
    table.add_row("answers with an ungrounded figure", *(str(sum(bool(o.ungrounded) for o in one)) for one in both))
    by_model = sum(is_by_model(outcome.answer) for outcome in compared.worded)
    table.add_row("answers put to the model", "", str(compared.put_to_the_model))
    table.add_row("of these worded by it", "", str(by_model))
    usage, asked = usage_of(compared.worded), max(1, compared.put_to_the_model)
    table.add_row(
        "tokens read / written an answer",
        "",
        f"{usage.prompt_tokens / asked:.0f} / {usage.completion_tokens / asked:.0f}",
    )
    table.add_row("median, ms", *(f"{statistics.median(o.milliseconds for o in one):.0f}" for one in both))
    return table


def _precision(outcomes: Sequence[Outcome]) -> float | None:
    shares = [outcome.citing for outcome in outcomes if outcome.citing is not None]
    return statistics.fmean(shares) if shares else None


def _followups(compared: Compared) -> str:
    asked = len(compared.followups_by_rules)
    rules, model = (
        sum(outcome.right for outcome in outcomes)
        for outcomes in (compared.followups_by_rules, compared.followups_by_model)
    )
    return (
        f"follow-ups right: {rules} of {asked} completed by rules, {model} by the model "
        f"({compared.rewritten} of its questions could be used)"
    )


def _told(tally: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(tally.items())) or "nothing"


if __name__ == "__main__":
    raise SystemExit(main())
