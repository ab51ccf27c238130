"""The overtone command: its own verbs, and those of the workers and models, which it starts."""

import os
import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from service.cli import (
    demo,
    discover,
    doctor,
    ingest,
    keys,
    phrases,
    redaction,
    report,
    roles,
    rules,
    search,
    serve,
    sources,
    taxonomy,
    terms,
)
from service.cli import reasons as own_reasons
from service.cli.recogniser import recogniser_arguments
from service.errors import ServiceError
from service.version import installed_version

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Voice and text analytics.",
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("ingest")(ingest.ingest)
app.command("doctor")(doctor.doctor)
app.command("search")(search.search)
app.add_typer(discover.app, name="discover")
app.add_typer(report.app, name="report")
app.add_typer(keys.app, name="keys")
app.add_typer(phrases.app, name="phrases")
app.add_typer(redaction.app, name="redaction")
app.add_typer(roles.app, name="roles")
app.add_typer(rules.app, name="rules")
app.add_typer(sources.app, name="sources")
app.add_typer(taxonomy.app, name="taxonomy")
app.add_typer(terms.app, name="terms")


@app.command("worker", context_settings=PASS_ON)
def worker(context: typer.Context) -> None:
    """Run a worker process (python -m workers)."""
    _become("workers", context.args)


@app.command("analyze", context_settings=PASS_ON)
def analyze(context: typer.Context) -> None:
    """Run both pipelines on a file or on lines of texts, without a database (python -m nlp analyze)."""
    _become("nlp", ["analyze", *recogniser_arguments(), *context.args])


@app.command("models", context_settings=PASS_ON)
def models(context: typer.Context) -> None:
    """List and verify the trained artefacts (python -m nlp models)."""
    _become("nlp", ["models", *context.args])


@app.command("train", context_settings=PASS_ON)
def train(context: typer.Context) -> None:
    """Train a model from the public data (python -m nlp train)."""
    _become("nlp", ["train", *context.args])


@app.command("evaluate", context_settings=PASS_ON)
def evaluate(context: typer.Context) -> None:
    """Measure the models against their floors (python -m nlp evaluate)."""
    _become("nlp", ["evaluate", *context.args])


@app.command("reasons", context_settings=PASS_ON)
def reasons(context: typer.Context) -> None:
    """Train, measure and use call reasons of your own (python -m nlp reasons)."""
    own_reasons.reasons(context.args)


@app.command("quantisation", context_settings=PASS_ON)
def quantisation(context: typer.Context) -> None:
    """Measure whether faster-whisper's weights may compute in 8 bits (python -m nlp quantisation)."""
    _become("nlp", ["quantisation", *context.args])


@app.command("version")
def version(*, short: Annotated[bool, typer.Option("--short", help="the number alone")] = False) -> None:
    """Say which version this is."""
    number = installed_version()
    typer.echo(number if short else f"overtone {number}")


def _become(module: str, arguments: list[str]) -> NoReturn:
    """The models live in their own package, which this one must not import: a new process runs them."""
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 - our own modules


def main() -> None:
    """Run a verb; what is wrong is told in a sentence, never as a traceback."""
    try:
        app()
    except ServiceError as error:
        sentences = f"{error.detail.rstrip('.')}. {error.remedy}".rstrip()
        message = f"[red]{error.code}[/]: {escape(sentences)}"
        Console(stderr=True).print(message, soft_wrap=True, highlight=False)
        sys.exit(2)
