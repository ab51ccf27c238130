"""Trends of call reasons and emotions, as JSON or CSV; the same functions as pages and command line use."""

from fastapi import APIRouter, Request, Response

from service.api.callers import Reporter
from service.api.problems import documented
from service.api.trend_parameters import (
    CSV,
    Counted,
    Days,
    Filter,
    Form,
    Part,
    ReasonPart,
    breaks_answer,
    csv_answer,
    wants_csv,
)
from service.api.trend_schemas import EmotionTrendOut, ReasonTrendOut
from service.deps import SessionDep
from service.store import trends
from service.store.trends import Bucket, EmotionLevel, Level

router = APIRouter(tags=["trends"])


@router.get("/trends/call-reasons", response_model=ReasonTrendOut, responses=CSV | documented())
def get_call_reason_trend(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    bucket: Bucket = Bucket.DAY,
    level: Level = Level.TOP,
    format: Form = None,  # noqa: A002 - the parameter's name
    part: ReasonPart = "rows",
    labels: Counted = "corrected",
) -> ReasonTrendOut | Response:
    """Why customers made contact, by day, week or month, beside the period before.

    Labels of earlier versions of the taxonomy count where they stand in the one in use; `breaks` says where
    another version took over. An interaction that a person has corrected counts as they said.
    """
    trend = trends.call_reasons(
        session, first=days[0], last=days[1], bucket=bucket, filters=filters, level=level, labels=labels
    )
    shown = ReasonTrendOut.model_validate(trend)
    if wants_csv(format, request.headers):
        if part == "breaks":
            return breaks_answer("call-reasons", shown.breaks)
        return csv_answer("call-reasons", shown.rows, shown.series, part=part)
    return shown


@router.get("/trends/emotions", response_model=EmotionTrendOut, responses=CSV | documented())
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
    if wants_csv(format, request.headers):
        return csv_answer("emotions", shown.rows, shown.series, part=part)
    return shown
