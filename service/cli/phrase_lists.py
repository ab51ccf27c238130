"""`overtone phrases lists`: saved lists of phrases; list, show, set, remove, apply to the archive."""

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from service.cli.given import json_file, opened
from service.errors import InvalidInput
from service.intake.phrase_lists import read_phrase_list
from service.store import phrase_lists, phrase_runs, tasks
from service.store.tables import PhraseListRow

app = typer.Typer(no_args_is_help=True, help="Saved lists: sought in every new interaction.")
_Name = Annotated[str, typer.Argument(help="name of the list")]
_Phrase = Annotated[
    list[str] | None, typer.Option(help="NAME=QUERY; may be repeated; with a prefix agent: or first 30s:")
]


@app.command("list")
def list_lists(*, as_json: Annotated[bool, typer.Option("--json", help="JSON lines")] = False) -> None:
    """List the lists."""
    with opened().reading() as session:
        rows = phrase_lists.list_all(session)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(_values(row), ensure_ascii=False))
        return
    table = Table("List", "Version", "Phrases", "Changed")
    for row in rows:
        names = ", ".join(phrase["name"] for phrase in row.phrases)
        table.add_row(escape(row.name), str(row.version), escape(names), f"{row.updated_at:%Y-%m-%d %H:%M}")
    Console().print(table)


@app.command("show")
def show(name: _Name) -> None:
    """Print a list as JSON, as `set --file` takes it."""
    with opened().reading() as session:
        row = phrase_lists.get(session, name)
        typer.echo(json.dumps(_values(row), ensure_ascii=False, indent=2))


@app.command("set")
def set_list(
    name: _Name,
    *,
    phrase: _Phrase = None,
    sound: Annotated[
        list[str] | None, typer.Option(help="NAME=WORDS sought in the sound; may be repeated")
    ] = None,
    file: Annotated[Path | None, typer.Option(help='JSON: {"phrases": [{"name", "query", ...}]}')] = None,
) -> None:
    """Write a list as a whole; it applies to interactions analysed from now on."""
    fields = json_file(file, listed="phrases") if file is not None else {"phrases": []}
    given = [*((text, False) for text in phrase or ()), *((text, True) for text in sound or ())]
    fields["phrases"] = [*fields.get("phrases", []), *(_pair(text, sound=heard) for text, heard in given)]
    wanted = read_phrase_list({"phrases": fields["phrases"]})
    with opened().transaction() as session:
        row, created = phrase_lists.put(session, name, wanted)
        version = row.version
    typer.echo(f"{'made' if created else 'set'} {name}, version {version}; `apply` seeks it in the archive")


@app.command("remove")
def remove(name: _Name) -> None:
    """Forget a list and everything that was found by it."""
    with opened().transaction() as session:
        phrase_lists.delete(session, name)
    typer.echo(f"removed {name}")


@app.command("apply")
def apply_list(
    name: _Name,
    *,
    wait: Annotated[bool, typer.Option("--wait", help="until a worker has done it")] = False,
) -> None:
    """Seek a list's phrases in the transcripts of the whole archive."""
    database = opened()
    with database.transaction() as session:
        run, task = phrase_runs.begin_apply(session, phrase_lists.get(session, name))
    typer.echo(f"{run.total} interactions; job {run.id}")
    if not wait:
        return
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("applying", total=max(run.total, 1))
        while True:
            with database.reading() as session:
                run, view = phrase_runs.get(session, run.id), tasks.view(session, task.id)
            progress.update(bar, completed=run.done)
            if view.state in ("done", "failed", "cancelled"):
                break
            time.sleep(0.5)
    if view.state != "done":
        raise InvalidInput(view.error_code or view.state, view.error_detail or "The job was ended")
    typer.echo(f"{run.hits_before} hits before, {run.hits_after} now")


def _pair(text: str, *, sound: bool) -> dict[str, Any]:
    name, equals, query = text.partition("=")
    if not equals:
        raise InvalidInput("bad_phrase", "A phrase has no name", "Write it as NAME=QUERY.")
    return {"name": name.strip(), "query": query.strip(), "sound": sound}


def _values(row: PhraseListRow) -> dict[str, Any]:
    return {"name": row.name, "version": row.version, "phrases": row.phrases}
