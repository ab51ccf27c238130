"""`overtone report`: the trends of the dashboard in the terminal, as CSV or as JSON."""

import csv
import json
import sys
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.given import day
from service.errors import InvalidInput
from service.settings import Settings
from service.store import trends
from service.store.database import open_database

app = typer.Typer(no_args_is_help=True, help="Trends of call reasons.")


@app.callback()
def report() -> None:
    """Trends of call reasons."""


@app.command("reasons")
def reasons(
    *,
    first: Annotated[
        str | None, typer.Option("--first", help="first day, YYYY-MM-DD; 28 days up to --last")
    ] = None,
    last: Annotated[str | None, typer.Option("--last", help="last day, YYYY-MM-DD; today")] = None,
    bucket: Annotated[
        Literal["day", "week", "month"], typer.Option(help="how the days are grouped")
    ] = "week",
    level: Annotated[Literal["top", "sub"], typer.Option(help="top reasons or their sub-reasons")] = "top",
    channel: Annotated[str | None, typer.Option(help="voice, email, chat, note, comment or survey")] = None,
    queue: Annotated[str | None, typer.Option(help="only this queue")] = None,
    agent: Annotated[str | None, typer.Option(help="only this agent")] = None,
    customer: Annotated[str | None, typer.Option(help="only this customer, by id")] = None,
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="how to print it")
    ] = "table",
) -> None:
    """Why customers made contact: share, count, and change against the period before."""
    settings = Settings()
    end = day(last) or datetime.now(ZoneInfo(settings.time_zone)).date()
    begin = day(first) or end - timedelta(days=27)
    filters = trends.TrendFilter(
        channel=channel, queue=queue, agent=agent, customer_id=UUID(customer) if customer else None
    )
    database = open_database(settings.database)
    if not database.is_current():
        raise InvalidInput(
            "no_data_yet", "The database has no tables of this version", "`overtone serve` makes them."
        )
    with database.reading() as session:
        trend = trends.call_reasons(
            session,
            first=begin,
            last=end,
            bucket=trends.Bucket(bucket),
            filters=filters,
            level=trends.Level(level),
        )
    if form == "json":
        typer.echo(json.dumps(asdict(trend), default=str))
    elif form == "csv":
        _write_csv(trend)
    else:
        Console().print(reasons_table(trend, begin, end))


def reasons_table(trend: trends.ReasonTrend, first: date, last: date) -> Table:
    """Reasons with share, count and change, and below the line what they are shares of."""
    caption = (
        f"{trend.measurable} of {trend.analysed} analysed contacts can be measured; "
        f"{trend.without_reason} of them have no reason, {trend.not_measurable} transcripts are not reliable"
    )
    table = Table(title=f"Why customers made contact, {first} to {last}", caption=caption)
    for name, justify in (
        ("Reason", "left"),
        ("Share", "right"),
        ("Contacts", "right"),
        ("Before", "right"),
        ("Change", "right"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]  # rich types it as a literal
    for line in trend.rows:
        name = f"{line.parent} › {line.name}" if line.parent else line.name
        table.add_row(
            escape(name),
            percent(line.share),
            str(line.count),
            str(line.previous_count),
            points(line.change_points),
        )
    return table


def percent(share: float | None) -> str:
    """A share for people; a dash where it cannot be measured."""
    return "–" if share is None else f"{100 * share:.1f} %"


def points(change: float | None) -> str:
    """A change of share in percentage points, with its sign."""
    return "–" if change is None else f"{100 * change:+.1f} pt"


def _write_csv(trend: trends.ReasonTrend) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(
        ["reason", "parent", "count", "share", "previous_count", "previous_share", "change_points"]
    )
    for line in trend.rows:
        writer.writerow(
            [
                line.name,
                line.parent or "",
                line.count,
                line.share,
                line.previous_count,
                line.previous_share,
                line.change_points,
            ]
        )
