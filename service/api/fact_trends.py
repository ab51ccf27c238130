"""How often products, competitors and other things are named, as JSON or CSV."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from service.api.callers import Reporter
from service.api.problems import documented
from service.api.trend_parameters import CSV, Days, Filter, Form, Part, csv_answer, wants_csv
from service.api.trend_schemas import Trend
from service.deps import SessionDep
from service.store import fact_trends
from service.store.periods import Bucket

router = APIRouter(tags=["trends"])


class FactTrendOut(Trend):
    """Each interaction counts once for every name that is found in it."""

    kind: str
    mentions_in: int = Field(description="Interactions in which anything of this kind is named")


@router.get("/trends/facts", response_model=FactTrendOut, responses=CSV | documented())
def get_fact_trend(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    kind: Literal["product", "competitor", "place", "term", "switch_intent"],
    party: Annotated[str | None, Query(max_length=16, description="Only what this party said")] = None,
    bucket: Bucket = Bucket.DAY,
    format: Form = None,  # noqa: A002 - the parameter's name
    part: Part = "rows",
) -> FactTrendOut | Response:
    """In how many interactions a product, competitor or place is named, beside the period before."""
    trend = fact_trends.facts(
        session, kind, first=days[0], last=days[1], bucket=bucket, filters=filters, party=party
    )
    shown = FactTrendOut.model_validate(trend)
    if wants_csv(format, request.headers):
        return csv_answer(f"facts-{kind}", shown.rows, shown.series, part=part)
    return shown
