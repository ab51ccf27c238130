"""`overtone keys`: make, list and revoke API keys."""

from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from service.cli.given import opened
from service.store import keys
from service.store.database import now

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke API keys.")


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="who or what will use it")],
    scope: Annotated[
        list[str], typer.Option(help="ingest, read, read_sensitive, reports, admin; may be repeated")
    ],
    days: Annotated[int | None, typer.Option(min=1, help="days until it expires; never without")] = None,
) -> None:
    """Make a key and print it: the only time it is shown."""
    database = opened()
    with database.transaction() as session:
        expires = now() + timedelta(days=days) if days else None
        _, secret = keys.create(session, name, scope, expires)
    typer.echo(secret)


@app.command("list")
def list_keys() -> None:
    """List the keys; secrets are not stored and cannot be shown."""
    database = opened()
    table = Table(Column("Id", no_wrap=True), "Name", "Scopes", "Created", "Expires", "Last used", "Revoked")
    with database.reading() as session:
        for row in keys.list_all(session):
            times = (row.created_at, row.expires_at, row.last_used_at, row.revoked_at)
            table.add_row(
                row.id,
                escape(row.name),
                ", ".join(row.scopes),
                *(f"{t:%Y-%m-%d}" if t else "–" for t in times),
            )
    Console().print(table)


@app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(help="the id that `overtone keys list` shows")]) -> None:
    """Revoke a key at once."""
    database = opened()
    with database.transaction() as session:
        keys.revoke(session, key_id)
    typer.echo(f"revoked {key_id}")
