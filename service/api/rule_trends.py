"""Trends of rules: how many interactions each matched over time, of those it could be evaluated on."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.api.callers import Reporter
from service.api.problems import documented
from service.api.rule_schemas import RuleTrendOut
from service.api.trend_parameters import Days, Filter
from service.deps import SessionDep
from service.store import rule_trends
from service.store.trends import Bucket

router = APIRouter(tags=["trends"])


@router.get("/trends/rules", responses=documented())
def get_rule_trend(
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    bucket: Bucket = Bucket.DAY,
    rule: Annotated[str | None, Query(max_length=200, description="One rule alone")] = None,
) -> RuleTrendOut:
    """Rules by day, week or month, beside the period before; shares are of what could be evaluated."""
    trend = rule_trends.rules(session, first=days[0], last=days[1], bucket=bucket, filters=filters, rule=rule)
    return RuleTrendOut.model_validate(trend)
