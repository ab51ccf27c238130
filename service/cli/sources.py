"""`overtone sources`: how recordings of each system are heard; list, show, set, remove."""

import json
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.given import opened
from service.intake import channel_maps
from service.intake.metadata import InvalidMetadata, field_errors
from service.intake.sources import SourceSettings
from service.store import sources
from service.store.tables import SourceRow

app = typer.Typer(no_args_is_help=True, help="How recordings of each system are heard.")

_Source = Annotated[str, typer.Argument(help="name of the source, as its recordings carry it")]
_Map = Annotated[str | None, typer.Option(help="'0=agent 1=customer'; '' for none")]


@app.command("list")
def list_sources(*, as_json: Annotated[bool, typer.Option("--json", help="JSON lines")] = False) -> None:
    """List the sources of which something is set."""
    database = opened()
    with database.reading() as session:
        rows = sources.list_all(session)
    if as_json:
        for row in rows:
            typer.echo(json.dumps({"name": row.name, **_values(row)}))
        return
    table = Table("Source", "Channel maps", "Words", "Language", "Translate", "Originals")
    for row in rows:
        maps = "; ".join(f"{key}: {channel_maps.to_words(one)}" for key, one in row.channel_maps.items())
        kept = {None: "as set", True: "kept", False: "deleted"}[row.keep_original]
        cells = (row.name, maps, str(len(row.vocabulary)), row.language or "–")
        table.add_row(*map(escape, cells), "to English" if row.translate else "–", kept)
    Console().print(table)


@app.command("set")
def set_source(
    name: _Source,
    inbound: _Map = None,
    outbound: _Map = None,
    unknown: _Map = None,
    word: Annotated[
        list[str] | None, typer.Option(help="a name or product to expect; may be repeated; '' clears all")
    ] = None,
    language: Annotated[str | None, typer.Option(help="spoken, e.g. hu; '' to find it out")] = None,
    translate: Annotated[
        bool | None, typer.Option("--translate/--no-translate", help="English text whatever is spoken")
    ] = None,
    originals: Annotated[str | None, typer.Option(help="keep, delete or default")] = None,
) -> None:
    """Set what is given and leave the rest; it applies to recordings transcribed from now on."""
    maps = {"inbound": inbound, "outbound": outbound, "unknown": unknown}
    changes: dict[str, Any] = {"language": language or None} if language is not None else {}
    if word is not None:
        changes["vocabulary"] = [one for one in word if one]
    if translate is not None:
        changes["translate"] = translate
    if originals is not None:
        changes["keep_original"] = {"keep": True, "delete": False, "default": None}.get(originals, originals)
    database = opened()
    with database.transaction() as session:
        row = sources.find(session, name)
        before = _values(row) if row is not None else {}
        kept = {key: one for key, one in before.get("channel_maps", {}).items() if maps[key] is None}
        given = {key: channel_maps.from_words(text) for key, text in maps.items() if text}
        sources.put(session, _checked({**before, **changes, "channel_maps": kept | given}).named(name))
    typer.echo(f"set {name}; it applies to recordings transcribed from now on")


@app.command("remove")
def remove(name: _Source) -> None:
    """Unset all of a source; its interactions stay as they are."""
    database = opened()
    with database.transaction() as session:
        sources.delete(session, name)
    typer.echo(f"removed {name}")


def _checked(fields: dict[str, Any]) -> SourceSettings:
    try:
        return SourceSettings.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None


def _values(row: SourceRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SourceSettings.model_fields}
