"""Trends of call reasons and emotions, as JSON or CSV; the same functions as pages and command line use."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.datastructures import Headers

from service.api.callers import Reporter
from service.api.problems import documented
from service.api.schemas import ChannelName
from service.api.trend_schemas import EmotionTrendOut, ReasonTrendOut, TrendLine, TrendPoint
from service.deps import SessionDep, SettingsDep
from service.store import trends
from service.store.trends import Bucket, EmotionLevel, Level, TrendFilter

router = APIRouter(tags=["trends"])

_DAYS = 28  # four whole weeks, so that no weekday counts more than another
_Name = Annotated[str | None, Query(max_length=200)]
_Day = Annotated[date | None, Query()]
Form = Annotated[
    Literal["json", "csv"] | None, Query(description="Default: what `Accept` prefers, else json")
]
Part = Annotated[Literal["rows", "series"], Query(description="What a CSV holds")]
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "JSON or CSV"}
}
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


@router.get("/trends/call-reasons", response_model=ReasonTrendOut, responses=_CSV | documented())
def get_call_reason_trend(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    bucket: Bucket = Bucket.DAY,
    level: Level = Level.TOP,
    format: Form = None,  # noqa: A002 - the parameter's name
    part: Part = "rows",
) -> ReasonTrendOut | Response:
    """Why customers made contact, by day, week or month, beside the period before."""
    trend = trends.call_reasons(
        session, first=days[0], last=days[1], bucket=bucket, filters=filters, level=level
    )
    shown = ReasonTrendOut.model_validate(trend)
    if _wants_csv(format, request.headers):
        return _csv("call-reasons", shown.rows, shown.series, part=part)
    return shown


@router.get("/trends/emotions", response_model=EmotionTrendOut, responses=_CSV | documented())
def get_emotion_trend(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    bucket: Bucket = Bucket.DAY,
    level: EmotionLevel = EmotionLevel.LABEL,
    format: Form = None,  # noqa: A002 - the parameter's name
    part: Part = "rows",
) -> EmotionTrendOut | Response:
    """How customers felt, by day, week or month, beside the period before."""
    trend = trends.emotions(session, first=days[0], last=days[1], bucket=bucket, filters=filters, level=level)
    shown = EmotionTrendOut.model_validate(trend)
    if _wants_csv(format, request.headers):
        return _csv("emotions", shown.rows, shown.series, part=part)
    return shown


def _wants_csv(asked: str | None, headers: Headers) -> bool:
    accepted = headers.get("accept", "")
    return asked == "csv" or (asked is None and "text/csv" in accepted and "json" not in accepted)


def _csv(name: str, rows: Sequence[TrendLine], series: Sequence[TrendPoint], *, part: str) -> Response:
    chosen: Sequence[TrendLine] | Sequence[TrendPoint] = rows if part == "rows" else series
    columns = list((TrendLine if part == "rows" else TrendPoint).model_fields)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(_cells(getattr(item, column) for column in columns) for item in chosen)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{part}.csv"', "Vary": "Accept"}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _cells(values: Iterable[object]) -> list[object]:
    return [_cell(value) for value in values]


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
