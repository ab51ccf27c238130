"""Examples, models, re-runs and accuracy of own taxonomies in the terminal."""

import json
import time
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from service.cli.given import day
from service.errors import InvalidInput, NotFound
from service.intake.reason_examples import read_csv
from service.settings import Settings
from service.store import (
    archive_runs,
    interactions,
    reason_accuracy,
    reason_examples,
    reason_models,
    reason_runs,
    tasks,
    taxonomies,
)
from service.store.blobs import DirectoryBlobs
from service.store.database import Database, now, open_database
from service.store.trends import Level
from service.taxonomies.agreement import Kappa, Share

AUTHOR = "command line"
_Name = Annotated[str, typer.Argument(help="name of the taxonomy")]
_Wait = Annotated[bool, typer.Option("--wait", help="until a worker has done it")]


def install(app: typer.Typer) -> None:
    """Add the commands."""
    for command, name in (
        (examples, "examples"),
        (train, "train"),
        (models, "models"),
        (activate, "activate"),
        (shipped, "shipped"),
        (rerun, "rerun"),
        (accuracy, "accuracy"),
    ):
        app.command(name)(command)


def examples(
    name: _Name, file: Annotated[Path, typer.Argument(help="CSV with the columns text,label")]
) -> None:
    """Import examples; a worker redacts and keeps them. Bad rows are told by line."""
    settings, database = _opened()
    try:
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("no_such_file", f"{file.name} cannot be read", "Check the path.") from None
    with database.transaction() as session:
        known = reason_examples.label_names(taxonomies.get(session, name))
        given = read_csv(content, known)
        blobs = DirectoryBlobs(settings.blobs_dir)
        reason_examples.begin_import(session, blobs, name, given.examples, author=AUTHOR)
    for bad in given.bad_rows:
        typer.echo(f"line {bad.line}: {bad.code}: {bad.detail}", err=True)
    typer.echo(f"{len(given.examples)} examples taken, {len(given.bad_rows)} rows left out")


def train(name: _Name, *, wait: _Wait = False) -> None:
    """Have a worker train a model from descriptions, examples and corrections."""
    settings, database = _opened()
    with database.transaction() as session:
        model, task = reason_models.begin(session, name, author=AUTHOR, folder=settings.reasons_dir)
    typer.echo(f"model {model.number} of {name}; a worker trains it")
    while wait:
        with database.reading() as session:
            view = tasks.view(session, task.id)
        if view.state in ("done", "failed", "cancelled"):
            if view.state != "done":
                raise InvalidInput(
                    view.error_code or view.state, view.error_detail or "The training was ended"
                )
            typer.echo(f"trained; `activate {name} {model.number}` puts it to use")
            return
        time.sleep(0.5)


def models(
    name: _Name, *, as_json: Annotated[bool, typer.Option("--json", help="with reports")] = False
) -> None:
    """List the models of a taxonomy."""
    _, database = _opened()
    with database.reading() as session:
        rows = reason_models.models(session, taxonomies.get(session, name))
        used = reason_models.in_use(session)
    if as_json:
        found = [
            {"number": row.number, "version": row.taxonomy_version, "report": row.report} for row in rows
        ]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table("Model", "Version", "Examples", "Corrections", "Accuracy", "Trained", "In use")
    for row in rows:
        figures: dict[str, Any] = row.report.get("figures") or {}
        right = figures.get("accuracy")
        table.add_row(
            str(row.number),
            str(row.taxonomy_version),
            str(row.examples),
            str(row.corrections),
            "–" if right is None else f"{right:.3f}",
            f"{row.trained_at:%Y-%m-%d %H:%M}" if row.trained_at else "not yet",
            "yes" if used is not None and used.id == row.id else "",
        )
    Console().print(table)


def activate(
    name: _Name,
    number: Annotated[int | None, typer.Argument(help="default: the model trained last")] = None,
) -> None:
    """Label by a model from now on; workers see it at their next task."""
    settings, database = _opened()
    with database.transaction() as session:
        if number is None:
            rows = reason_models.models(session, taxonomies.get(session, name))
            trained = [row for row in rows if row.trained_at is not None]
            if not trained:
                raise NotFound("model_not_found", "Nothing of this taxonomy is trained", "`train` it first.")
            model = trained[0]
        else:
            model = reason_models.get(session, name, number)
        reason_models.activate(session, model, author=AUTHOR, day=_today(settings))
    typer.echo(f"model {model.number} of {name} is in use; `rerun` labels the archive anew")


def shipped() -> None:
    """Label by the reasons that came with Overtone again."""
    settings, database = _opened()
    with database.transaction() as session:
        reason_models.return_to_shipped(session, author=AUTHOR, day=_today(settings))
    typer.echo("the shipped reasons are in use")


def rerun(
    *,
    write: Annotated[bool, typer.Option("--write", help="label anew; without it only count")] = False,
    since: Annotated[str | None, typer.Option("--from", help="first local day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last local day, YYYY-MM-DD")] = None,
    wait: _Wait = False,
) -> None:
    """Find reasons anew where another version labelled before: counts before and after."""
    _, database = _opened()
    with database.transaction() as session:
        run, task = reason_runs.begin(session, dry_run=not write, days=(day(since), day(until)))
    typer.echo(f"{run.total} interactions; job {run.id}")
    if not wait:
        return
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("finding reasons", total=max(run.total, 1))
        while True:
            with database.reading() as session:
                run, view = archive_runs.get(session, run.id), tasks.view(session, task.id)
            progress.update(bar, completed=run.done)
            if view.state in ("done", "failed", "cancelled"):
                break
            time.sleep(0.5)
    if view.state != "done":
        raise InvalidInput(view.error_code or view.state, view.error_detail or "The job was ended")
    table = Table("Reason", "Before", "After")
    for one in reason_runs.by_reason(run):
        table.add_row(escape(one.name or "no reason"), str(one.before), str(one.after))
    Console().print(table)
    for change in reason_runs.label_changes(run)[:20]:
        typer.echo(f"{change.count}  {change.before or 'no reason'} → {change.after or 'no reason'}")


def accuracy(
    *,
    since: Annotated[str | None, typer.Option("--from", help="first local day; default: 90 days")] = None,
    until: Annotated[str | None, typer.Option("--to", help="last local day, YYYY-MM-DD")] = None,
    top: Annotated[bool, typer.Option("--top", help="by top reason")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Hold the model's labels against what people said: precision, recall, kappa per reason."""
    settings, database = _opened()
    last = day(until) or _today(settings)
    first = day(since) or last - timedelta(days=89)
    with database.reading() as session:
        found = reason_accuracy.accuracy(
            session, first=first, last=last, level=Level.TOP if top else Level.SUB
        )
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    console = Console(highlight=False)
    console.print(
        f"{found.looked_at} interactions looked at by people, {found.compared} of them labelled by a model: "
        f"agreement {_share(found.agreement)}, kappa {_kappa(found.kappa)}. That is no random sample."
    )
    table = Table("Reason", "People", "Model", "Both", "Precision", "Recall", "Kappa")
    for one in found.reasons:
        counts = (str(one.said), str(one.found), str(one.agreed))
        table.add_row(escape(one.name), *counts, _share(one.precision), _share(one.recall), _kappa(one.kappa))
    console.print(table)
    for pair in found.people:
        console.print(
            f"{escape(pair.first)} and {escape(pair.second)}: {pair.agreement.of} interactions, "
            f"agreement {_share(pair.agreement)}, kappa {_kappa(pair.kappa)}"
        )


def _share(one: Share) -> str:
    return "–" if one.value is None else f"{one.value:.2f} ({one.low:.2f}–{one.high:.2f})"


def _kappa(one: Kappa) -> str:
    if one.value is None:
        return "–"
    return f"{one.value:.2f}" if one.low is None else f"{one.value:.2f} ({one.low:.2f}–{one.high:.2f})"


def _opened() -> tuple[Settings, Database]:
    settings = Settings()
    database = open_database(settings.database)
    database.migrate()
    return settings, database


def _today(settings: Settings) -> date:
    return interactions.day_of(now(), time_zone=settings.time_zone)
