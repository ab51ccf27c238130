"""`overtone discover`: what is said more than before, and themes among what no reason explains."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.archive_progress import until_done
from service.cli.given import day, opened
from service.settings import Settings
from service.store import new_words, themes
from service.store.themes import Asked

app = typer.Typer(no_args_is_help=True, help="What is new, and themes that no reason explains.")
_First = Annotated[str | None, typer.Option("--first", help="first local day, YYYY-MM-DD")]
_Last = Annotated[str | None, typer.Option("--last", help="last local day, YYYY-MM-DD")]
_Json = Annotated[bool, typer.Option("--json", help="JSON lines")]
_DAYS = 28
QUOTES = 3


@app.command("words")
def words(
    *,
    first: _First = None,
    last: _Last = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 25,
    as_json: _Json = False,
) -> None:
    """Words and phrases that customers say more than in the period of the same length before."""
    end = day(last) or datetime.now(ZoneInfo(Settings().time_zone)).date()
    begin = day(first) or end - timedelta(days=_DAYS - 1)
    with opened().reading() as session:
        found = new_words.new_words(session, first=begin, last=end, limit=limit)
    if as_json:
        for row in found.rows:
            typer.echo(json.dumps(asdict(row), ensure_ascii=False))
        return
    title = f"Said more from {begin} to {end}: {found.read} contacts beside {found.previous_read}"
    table = Table("Word or phrase", "Contacts", "Before", "z", title=title)
    for row in found.rows:
        table.add_row(escape(row.term), str(row.count), str(row.previous_count), f"{row.z:.1f}")
    Console().print(table)


@app.command("themes")
def seek(
    *,
    first: _First = None,
    last: _Last = None,
    reason: Annotated[str | None, typer.Option(help="within this reason")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="in all interactions")] = False,
    fewest: Annotated[int, typer.Option(min=2, max=1000, help="interactions of a theme")] = 5,
    as_json: _Json = False,
) -> None:
    """Seek themes, by a worker, and print them with their most typical statements."""
    database = opened()
    with database.transaction() as session:
        asked = Asked(reason=reason, everything=everything)
        run, task = themes.begin(session, asked, days=(day(first), day(last)), fewest=fewest)
    until_done(database, run.id, task.id)
    with database.reading() as session:
        found = themes.of(session, run.id, quotes=QUOTES)
    for one in found:
        quotes = [member.text for member in one.members]
        if as_json:
            told = {"id": str(one.row.id), "label": one.row.label, "size": one.row.size, "quotes": quotes}
            typer.echo(json.dumps(told, ensure_ascii=False))
            continue
        typer.echo(f"{one.row.size:5}  {' · '.join(one.row.label)}")
        for quote in quotes:
            typer.echo(f"         “{quote}”")
