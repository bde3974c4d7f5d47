"""The command line: ``juwen index | ask | chat | serve | keys | export | report | forget | doctor | eval | settings``.

Exit codes: 0 for any answer, a refusal too; 1 where something failed; 2 where the question, an option or a setting
cannot be used; 130 after Ctrl-C. An error is one line on standard error. Everything heavy is imported by the command
that needs it, so that ``juwen --help`` is there at once.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from rag.commands import doctor, keys, state
from rag.errors import JuwenError, QuestionError, SettingsError
from rag.version import VERSION

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.chatbot import Chatbot
    from rag.serve.backend import Backend
    from rag.serve.workers import Workers
    from rag.settings import Settings

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
LEAVE = frozenset({"exit", "quit", "退出", "再见"})


class _OneLineErrors(TyperGroup):
    """Turns every foreseen error into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (QuestionError, SettingsError) as error:
            complain(str(error))
            raise typer.Exit(BAD_INPUT) from error
        except JuwenError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from error
        except BrokenPipeError:
            # Whoever read our output has left, `head` say: the framework ends quietly then.
            raise
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            complain(f"{error.strerror or error}{where}")
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            complain("stopped by Ctrl-C; nothing is lost")
            raise typer.Exit(INTERRUPTED) from error


app = typer.Typer(
    name="juwen",
    cls=_OneLineErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Answers questions about the articles in corpus/, only from the articles, and shows where each answer stands.",
)


app.add_typer(keys.app, name="keys")
app.add_typer(state.app)
app.add_typer(doctor.app)


def complain(message: str) -> None:
    """One line on standard error, whatever characters are in it."""
    line = " ".join(message.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    typer.echo(f"juwen: {line}", err=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(message)s")


@contextlib.contextmanager
def open_chatbot() -> Iterator[Chatbot]:
    """The chatbot of the present settings, with a progress bar for what takes long on the way."""
    from rag.chatbot import Chatbot
    from rag.settings import load_settings
    from rag.terminal import ProgressBars

    with ProgressBars() as bars:
        chatbot = Chatbot.open(load_settings(), progress=bars)
    with contextlib.closing(chatbot):
        yield chatbot


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
) -> None:
    """Ask one question."""
    from rag.terminal import below_answer

    if question == "-":
        question = _standard_input().read().strip()
    with open_chatbot() as chatbot:
        for event in chatbot.stream(question):
            if event.kind == "text" and not as_json:
                typer.echo(event.text, nl=False)
            if event.answer is None:
                continue
            if as_json:
                typer.echo(json.dumps(event.answer.to_dict(), ensure_ascii=False, indent=2))
            else:
                below = below_answer(event.answer)
                typer.echo(f"\n\n{below}" if below else "")


@app.command()
def chat() -> None:
    """Ask question after question; "exit" or Ctrl-D leaves."""
    from rag.terminal import below_answer
    from rag.types import Turn

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - gives the prompt a history and editing, where the system has it
    _standard_input()
    history: list[Turn] = []
    with open_chatbot() as chatbot:
        typer.echo("\n".join(f"  ? {suggestion}" for suggestion in chatbot.suggestions))
        while (question := _next_question()) is not None:
            try:
                text = ""
                for event in chatbot.stream(question, history=history):
                    if event.kind == "text":
                        text += event.text
                        typer.echo(event.text, nl=False)
                    if event.answer is not None:
                        typer.echo(f"\n{below_answer(event.answer)}\n")
                history += [Turn("user", question), Turn("assistant", text)]
            except QuestionError as error:
                complain(str(error))


def _standard_input() -> Any:
    # Bytes that are no text reach the check of the question, which names them, instead of breaking the reading.
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="surrogateescape")
    return sys.stdin


def _next_question() -> str | None:
    while True:
        try:
            question = input("> ").strip()
        except EOFError:
            typer.echo()
            return None
        if question.lower() in LEAVE:
            return None
        if question:
            return question


@app.command()
def index() -> None:
    """Index the articles of corpus/; what has not changed is not embedded again."""
    from rag.index.index import Index
    from rag.models.embedder import Embedder
    from rag.settings import load_settings
    from rag.terminal import ProgressBars

    settings = load_settings()
    with ProgressBars() as bars:
        made = Index.build_or_load(settings, Embedder.load(settings, bars), bars)
    for problem in made.problems:
        complain(f"left out: {problem}")
    typer.echo(
        f"{len(made.articles)} articles, {len(made.passages)} passages in {settings.index_dir} (version {made.version})"
    )


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on, instead of JUWEN_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to serve on, instead of JUWEN_PORT; 0: any free one.")
    ] = None,
    page: Annotated[bool, typer.Option("--page/--no-page", help="With the chat page, or only the API.")] = True,
) -> None:
    """Serve the chat page and the API until Ctrl-C."""
    from rag.serve.server import serve as serve_until_stopped
    from rag.settings import load_settings
    from rag.terminal import ProgressBars

    settings = load_settings()
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=given)

    with ProgressBars() as bars:

        def tell(url: str) -> None:
            bars.close()
            typer.echo(f"Juwen is ready: {url}  (Ctrl-C stops it)", err=True)

        serve_until_stopped(settings, mount_page=_mount_page if page else None, progress=bars, when_ready=tell)
    typer.echo("Juwen has stopped.", err=True)


def _mount_page(application: FastAPI, chatbot: Backend, workers: Workers, settings: Settings) -> None:
    # The page stands at the top of the house; it is loaded only where it is wanted.
    from ui import mount_page

    mount_page(application, chatbot, workers, settings)


@app.command()
def settings(as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False) -> None:
    """Show every setting: its value, where the value comes from, how to set it."""
    import dataclasses

    from rag.settings import load_settings
    from rag.terminal import setting_rows

    rows = list(setting_rows(load_settings()))
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        value = json.dumps(row.value, ensure_ascii=False)
        typer.echo(f"{row.name} = {value}  ({row.source}; {row.variable})\n    {row.description}")


@app.command("eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def evaluate(context: typer.Context) -> None:
    """Score sets of test questions, or a public benchmark; options are passed on."""
    try:
        from eval.command import main as run_evaluation
    except ModuleNotFoundError as error:
        if error.name not in {"eval", "eval.command"}:
            raise
        complain("the evaluation is not installed here; run it from a checkout of the project")
        raise typer.Exit(FAILED) from error
    raise typer.Exit(run_evaluation(context.args))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="juwen")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    return 0
