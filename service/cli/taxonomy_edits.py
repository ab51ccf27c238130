"""Changes of a draft in the terminal: add, rename, merge, split, retire, restore."""

from typing import Annotated

import typer

from service.cli.given import opened
from service.errors import InvalidInput
from service.intake.taxonomies import read_edit
from service.store import taxonomies

_Name = Annotated[str, typer.Argument(help="name of the taxonomy")]
_Reason = Annotated[str, typer.Argument(help="the reason")]


def install(app: typer.Typer) -> None:
    """Add the commands."""
    for command, name in (
        (add, "add"),
        (change, "change"),
        (move, "move"),
        (merge, "merge"),
        (split, "split"),
        (retire, "retire"),
        (restore, "restore"),
    ):
        app.command(name)(command)


def add(
    name: _Name,
    reason: _Reason,
    *,
    parent: Annotated[str | None, typer.Option(help="its top reason")] = None,
    description: Annotated[str, typer.Option(help="a sentence that says when it is this reason")] = "",
) -> None:
    """Add a reason to the draft."""
    _edit(name, action="add", reason=reason, parent=parent, description=description)


def change(
    name: _Name,
    reason: _Reason,
    *,
    to: Annotated[str | None, typer.Option(help="its new name")] = None,
    description: Annotated[str | None, typer.Option(help="its new description")] = None,
) -> None:
    """Rename a reason or describe it anew; its labels go on under the new name."""
    _edit(name, action="change", reason=reason, name=to, description=description)


def move(
    name: _Name,
    reason: _Reason,
    *,
    parent: Annotated[str | None, typer.Option(help="its top reason; none: a top reason")] = None,
) -> None:
    """Put a reason under another top reason."""
    _edit(name, action="move", reason=reason, parent=parent)


def merge(
    name: _Name,
    reasons: Annotated[list[str], typer.Argument(help="two reasons or more, of one level")],
    *,
    into: Annotated[str, typer.Option(help="name of the whole")],
) -> None:
    """Make one reason of several."""
    _edit(name, action="merge", reasons=reasons, name=into)


def split(
    name: _Name,
    reason: _Reason,
    *,
    into: Annotated[list[str], typer.Option(help="NAME or NAME=DESCRIPTION; two or more")],
) -> None:
    """Make several reasons of one; a re-run decides which interactions belong where."""
    parts = [part.partition("=") for part in into]
    _edit(
        name, action="split", reason=reason, parts=[{"name": one[0], "description": one[2]} for one in parts]
    )


def retire(name: _Name, reason: _Reason) -> None:
    """Find a reason no more; its history stays."""
    _edit(name, action="retire", reason=reason)


def restore(name: _Name, reason: _Reason) -> None:
    """Find a retired reason again."""
    _edit(name, action="restore", reason=reason)


def _edit(taxonomy: str, **fields: object) -> None:
    if not taxonomy:
        raise InvalidInput("bad_name", "The taxonomy has no name", "Name it.")
    edit = read_edit(fields)
    database = opened()
    with database.transaction() as session:
        row = taxonomies.edit(session, taxonomy, edit.apply)
    typer.echo(f"changed {row.name}; `publish` makes it a version")
