"""`overtone terms`: lists of products, competitors, places; list, show, set, remove, apply to the archive."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.archive_progress import until_done
from service.cli.given import json_file, opened
from service.intake.term_lists import read_term_list
from service.store import facts, term_lists
from service.store.tables import TermListRow

app = typer.Typer(no_args_is_help=True, help="Lists of terms that are found as facts in each interaction.")
_Name = Annotated[str, typer.Argument(help="name of the list")]


@app.command("list")
def list_lists(*, as_json: Annotated[bool, typer.Option("--json", help="JSON lines")] = False) -> None:
    """List the lists."""
    with opened().reading() as session:
        rows = term_lists.list_all(session)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(_values(row), ensure_ascii=False))
        return
    table = Table("List", "Kind", "Version", "Terms", "Changed")
    for row in rows:
        names = ", ".join(term["name"] for term in row.terms)
        changed = f"{row.updated_at:%Y-%m-%d %H:%M}"
        table.add_row(escape(row.name), row.kind, str(row.version), escape(names), changed)
    Console().print(table)


@app.command("show")
def show(name: _Name) -> None:
    """Print a list as JSON, as `set --file` and `overtone analyze --terms` take it."""
    with opened().reading() as session:
        typer.echo(json.dumps(_values(term_lists.get(session, name)), ensure_ascii=False, indent=2))


@app.command("set")
def set_list(
    name: _Name,
    *,
    kind: Annotated[str | None, typer.Option(help="product, competitor, place or term")] = None,
    term: Annotated[list[str] | None, typer.Option(help="NAME=ALIAS,ALIAS; may be repeated")] = None,
    exact: Annotated[
        list[str] | None, typer.Option(help="a term found only as it is written; may be repeated")
    ] = None,
    file: Annotated[Path | None, typer.Option(help='JSON: {"kind", "terms": [{"name", "aliases"}]}')] = None,
) -> None:
    """Write a list as a whole; it applies to interactions analysed from now on."""
    fields = json_file(file, listed="terms") if file is not None else {}
    given = [
        *(_term(text, exact=False) for text in term or ()),
        *(_term(text, exact=True) for text in exact or ()),
    ]
    wanted = {"kind": kind or fields.get("kind") or "term", "terms": [*fields.get("terms", []), *given]}
    read_kind, terms = read_term_list(wanted)
    with opened().transaction() as session:
        row, created = term_lists.put(session, name, read_kind, terms)
        version = row.version
    typer.echo(f"{'made' if created else 'set'} {name}, version {version}; `apply` seeks it in the archive")


@app.command("remove")
def remove(name: _Name) -> None:
    """Forget a list and everything that was found by it."""
    with opened().transaction() as session:
        term_lists.delete(session, name)
    typer.echo(f"removed {name}")


@app.command("apply")
def apply_lists(
    *, wait: Annotated[bool, typer.Option("--wait", help="until a worker has done it")] = False
) -> None:
    """Seek facts in the whole archive with the lists of today."""
    database = opened()
    with database.transaction() as session:
        run, task = facts.begin_again(session)
    typer.echo(f"{run.total} interactions; job {run.id}")
    if wait:
        counts = until_done(database, run.id, task.id).counts
        typer.echo(f"{counts['facts_before']} facts before, {counts['facts_after']} now")


def _term(text: str, *, exact: bool) -> dict[str, Any]:
    name, _, aliases = text.partition("=")
    others = [alias.strip() for alias in aliases.split(",") if alias.strip()]
    return {"name": name.strip(), "aliases": others, "exact_case": exact}


def _values(row: TermListRow) -> dict[str, Any]:
    return {"name": row.name, "kind": row.kind, "version": row.version, "terms": row.terms}
