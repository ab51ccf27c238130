"""What all trends are asked by, and how they are written as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Response
from starlette.datastructures import Headers

from service.api.schemas import ChannelName
from service.api.trend_schemas import BreakOut, TrendLine, TrendPoint
from service.deps import SettingsDep
from service.store.trends import TrendFilter

_DAYS = 28  # four whole weeks, so that no weekday counts more than another
_Name = Annotated[str | None, Query(max_length=200)]
_Day = Annotated[date | None, Query()]
Form = Annotated[
    Literal["json", "csv"] | None, Query(description="Default: what `Accept` prefers, else json")
]
Part = Annotated[Literal["rows", "series"], Query(description="What a CSV holds")]
ReasonPart = Annotated[Literal["rows", "series", "breaks"], Query(description="What a CSV holds")]
Counted = Annotated[
    Literal["corrected", "model"],
    Query(description="corrected: what a person said last, else the model's; model: the model's alone"),
]
CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "JSON or CSV"}
}
_BREAK_COLUMNS = ("at", "from_taxonomy", "from_version", "to_taxonomy", "to_version", "changes")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins so


async def _filter(
    channel: ChannelName | None = None,
    queue: _Name = None,
    agent: _Name = None,
    customer_id: UUID | None = None,
) -> TrendFilter:
    return TrendFilter(channel=channel, queue=queue, agent=agent, customer_id=customer_id)


async def _days(settings: SettingsDep, first: _Day = None, last: _Day = None) -> tuple[date, date]:
    """Local days, both within; by default four weeks up to today."""
    end = last or datetime.now(ZoneInfo(settings.time_zone)).date()
    return first or end - timedelta(days=_DAYS - 1), end


Filter = Annotated[TrendFilter, Depends(_filter)]
Days = Annotated[tuple[date, date], Depends(_days)]


def wants_csv(asked: str | None, headers: Headers) -> bool:
    """Whether a trend is to be written as CSV: asked for, or preferred by the caller."""
    accepted = headers.get("accept", "")
    return asked == "csv" or (asked is None and "text/csv" in accepted and "json" not in accepted)


def csv_answer(name: str, rows: Sequence[TrendLine], series: Sequence[TrendPoint], *, part: str) -> Response:
    """The rows or the series of a trend as a file; cells that a spreadsheet would calculate are quoted."""
    chosen: Sequence[TrendLine] | Sequence[TrendPoint] = rows if part == "rows" else series
    columns = list((TrendLine if part == "rows" else TrendPoint).model_fields)
    rows_of = ([getattr(item, column) for column in columns] for item in chosen)
    return _written(f"{name}-{part}", columns, rows_of)


def breaks_answer(name: str, breaks: Sequence[BreakOut]) -> Response:
    """The breaks of a trend as a file, what was changed in words."""
    return _written(f"{name}-breaks", _BREAK_COLUMNS, [_break(one) for one in breaks])


def _break(found: BreakOut) -> list[object]:
    told = [f"{one.kind}: {', '.join(one.before)} > {', '.join(one.after)}" for one in found.changes or ()]
    versions = (found.from_taxonomy, found.from_version, found.to_taxonomy, found.to_version)
    return [found.at, *versions, "; ".join(told)]


def _written(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(_cells(row) for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Vary": "Accept"}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _cells(values: Iterable[object]) -> list[object]:
    return [_cell(value) for value in values]


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
