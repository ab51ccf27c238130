"""`overtone taxonomy`: call reasons that you own: drafts, versions, examples, models, accuracy."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli import taxonomy_edits, taxonomy_models
from service.cli.given import opened
from service.errors import InvalidInput
from service.intake.taxonomies import from_tables
from service.settings import Settings
from service.store import reason_examples, reason_models, taxonomies, taxonomy_history
from service.store.blobs import DirectoryBlobs
from service.taxonomies import Reason, tops
from service.taxonomies.lineage import Change

app = typer.Typer(
    no_args_is_help=True, help="Call reasons that you own: versions, examples, models, accuracy."
)
Name = Annotated[str, typer.Argument(help="name of the taxonomy")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
AUTHOR = "command line"


@app.command("list")
def list_taxonomies(*, as_json: AsJson = False) -> None:
    """List the taxonomies."""
    with opened().reading() as session:
        used = reason_models.in_use(session)
        rows = [(row, taxonomies.newest(session, row)) for row in taxonomies.list_all(session)]
    found = [
        {
            "name": row.name,
            "version": last.number if last else None,
            "unpublished_changes": taxonomies.has_changes(row, last),
            "reasons": len(row.draft),
            "in_use": used is not None and used.taxonomy_id == row.id,
        }
        for row, last in rows
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table("Taxonomy", "Version", "Reasons", "Changed since", "In use")
    for one in found:
        marks = ("yes" if one["unpublished_changes"] else "", "yes" if one["in_use"] else "")
        table.add_row(escape(str(one["name"])), str(one["version"] or "–"), str(one["reasons"]), *marks)
    Console().print(table)


@app.command("show")
def show(name: Name, *, as_json: AsJson = False) -> None:
    """Print a draft: its reasons with their examples."""
    with opened().reading() as session:
        row = taxonomies.get(session, name)
        examples = taxonomies.example_counts(session, row)
        unpublished = taxonomy_history.unpublished(session, row)
    if as_json:
        typer.echo(
            json.dumps({"name": row.name, "reasons": row.draft, "examples": examples}, ensure_ascii=False)
        )
        return
    console = Console(highlight=False)
    for top, subs in tops(taxonomies.draft(row)):
        for reason in (top, *subs):
            indent = "  " if reason.parent else ""
            mark = " (retired)" if reason.retired_at else ""
            count = examples.get(reason.name, 0)
            line = f"{indent}[bold]{escape(reason.name)}[/]{mark}  {count} examples"
            console.print(f"{line}  {escape(reason.description)}", soft_wrap=True)
    for change in unpublished:
        console.print(f"not published: {escape(told(change))}", soft_wrap=True)


@app.command("export")
def export(
    name: Name, *, version: Annotated[int | None, typer.Option(min=1, help="default: the draft")] = None
) -> None:
    """Print a taxonomy as TOML, as `set` takes it."""
    with opened().reading() as session:
        row = taxonomies.get(session, name)
        reasons = (
            taxonomies.draft(row)
            if version is None
            else tuple(taxonomies.version(session, row.name, str(version)).reasons)
        )
    typer.echo(as_toml(row.name, reasons), nl=False)


@app.command("set")
def set_taxonomy(
    name: Name, file: Annotated[Path, typer.Argument(help="TOML with [[reason]], [[reason.sub]]")]
) -> None:
    """Write a draft as a whole, or begin a taxonomy; `publish` makes it a version."""
    try:
        table: dict[str, Any] = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InvalidInput("no_such_file", f"There is no file {file.name}", "Check the path.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise InvalidInput(
            "unreadable_taxonomy", f"{file.name} is no TOML file", "See `export` of a taxonomy."
        ) from None
    wanted = from_tables(table)
    with opened().transaction() as session:
        known = taxonomies.find(session, name)
        before = taxonomies.names_before(session, known) if known else ()
        row, created = taxonomies.put(session, name, wanted.checked(before))
    typer.echo(
        f"{'made' if created else 'set'} {row.name}, {len(row.draft)} reasons; `publish` makes a version"
    )


@app.command("copy")
def copy(
    name: Name, *, of: Annotated[str | None, typer.Option(help="default: the shipped one")] = None
) -> None:
    """Begin a taxonomy with the reasons of another one."""
    with opened().transaction() as session:
        row = taxonomy_history.copied(session, name, of)
    typer.echo(f"made {row.name}, {len(row.draft)} reasons")


@app.command("publish")
def publish(name: Name) -> None:
    """Make the draft the next version."""
    with opened().transaction() as session:
        version = taxonomies.publish(session, name, author=AUTHOR)
        found = taxonomy_history.changes_of(session, taxonomies.get(session, name), version)
    typer.echo(f"published version {version.number}: {len(found)} changes; `train` makes a model of it")


@app.command("history")
def history(name: Name, *, as_json: AsJson = False) -> None:
    """Print the versions and what each changed."""
    with opened().reading() as session:
        row = taxonomies.get(session, name)
        found = [
            (version, taxonomy_history.changes_of(session, row, version))
            for version in taxonomies.versions(session, row)
        ]
    if as_json:
        values = [
            {"version": version.number, "changes": [change_values(one) for one in changes]}
            for version, changes in found
        ]
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for version, changes in found:
        typer.echo(
            f"{row.name} {version.number}  {version.published_at:%Y-%m-%d %H:%M}  {version.published_by}"
        )
        for change in changes:
            typer.echo(f"  {told(change)}")


@app.command("remove")
def remove(name: Name) -> None:
    """Forget a taxonomy with its versions, examples and models; refused while it is in use."""
    with opened().transaction() as session:
        reason_models.must_be_idle(session, name)
        reason_examples.forget_sent(session, DirectoryBlobs(Settings().blobs_dir), name)
        taxonomies.delete(session, name)
    typer.echo(f"removed {name}")


def told(change: Change) -> str:
    """One change in words."""
    before, after = ", ".join(change.before), ", ".join(change.after)
    if change.kind in ("added", "retired", "removed"):
        return f"{change.kind}: {before or after}"
    return f"{change.kind}: {before} → {after}"


def change_values(change: Change) -> dict[str, Any]:
    """One change as plain values."""
    return {"kind": change.kind, "before": list(change.before), "after": list(change.after)}


def as_toml(name: str, reasons: tuple[Reason, ...]) -> str:
    """A taxonomy file; a JSON string is a TOML string."""
    lines = [f"name = {json.dumps(name, ensure_ascii=False)}"]
    for top, subs in tops([reason for reason in reasons if reason.retired_at is None]):
        lines += ["", "[[reason]]", *_entry(top)]
        for sub in subs:
            lines += ["[[reason.sub]]", *_entry(sub)]
    return "\n".join(lines) + "\n"


def _entry(reason: Reason) -> list[str]:
    values = (("name", reason.name), ("description", reason.description))
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values]


taxonomy_edits.install(app)
taxonomy_models.install(app)
