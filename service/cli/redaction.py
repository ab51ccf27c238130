"""`overtone redaction verify`: search all that is stored for what should be masked, or was."""

import json
import time
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from service.cli.given import opened
from service.errors import InvalidInput
from service.store import redaction_checks, tasks
from service.store.tables import ArchiveRunRow

LEFT = 1  # exit code where something is left
app = typer.Typer(no_args_is_help=True, help="What is masked, and whether anything is left.")


@app.callback()
def group() -> None:
    """What is masked, and whether anything is left."""


@app.command("verify")
def verify(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="print the report as JSON")] = False,
) -> None:
    """Search turns, findings, the index, logs and exports; a worker does it. Prints no value it finds."""
    database = opened()
    with database.transaction() as session:
        run, task = redaction_checks.begin(session)
        run_id, total = run.id, run.total
    with Progress(console=Console(stderr=True), disable=as_json) as progress:
        bar = progress.add_task("searching", total=max(total, 1))
        while True:
            with database.reading() as session:
                run, view = redaction_checks.get(session, run_id), tasks.view(session, task.id)
            progress.update(bar, completed=run.done)
            if view.state in ("done", "failed", "cancelled"):
                break
            time.sleep(0.3)
    if view.state != "done":
        raise InvalidInput(view.error_code or view.state, view.error_detail or "The search was ended")
    _print(run, as_json=as_json)
    if redaction_checks.remains(run.counts):
        raise typer.Exit(LEFT)


def _print(run: ArchiveRunRow, *, as_json: bool) -> None:
    remains, concerned = redaction_checks.remains(run.counts), redaction_checks.interactions(run)
    if as_json:
        found = {"id": str(run.id), "searched": run.done, "remains": [asdict(one) for one in remains]}
        typer.echo(json.dumps({**found, "interactions": [str(one) for one in concerned]}))
        return
    if not remains:
        typer.echo(f"{run.done} interactions and all else that is stored: nothing is left")
        return
    table = Table("place", "kind", "why", "count")
    for one in remains:
        table.add_row(one.place, one.kind, "was masked" if one.known else "looks like it", str(one.count))
    Console().print(table)
    typer.echo(f"{len(concerned)} interactions: {' '.join(map(str, concerned[:20]))}")
