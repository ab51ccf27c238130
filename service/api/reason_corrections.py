"""Corrections of an interaction's reasons, kept beside the model's, and how right the model's are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from service.api.bodies import described, json_body
from service.api.callers import Ingester, Reader, Reporter
from service.api.problems import documented
from service.api.schemas import Shape
from service.deps import DatabaseDep, SessionDep, SettingsDep
from service.intake.reason_corrections import ReasonCorrection
from service.store import interactions, reason_accuracy, reason_corrections
from service.store.correction_tables import ReasonCorrectionRow
from service.store.trends import Level

router = APIRouter(tags=["call reasons"])
_DAYS = 90


class ReasonNameOut(Shape):
    """One reason; `parent` is its top reason."""

    name: str
    parent: str | None


class CorrectionOut(Shape):
    """What one person says, and what the model had said before anybody corrected it."""

    author: str = Field(description="Name of the API key")
    verdict: Literal["reasons", "none", "wrong"]
    reasons: Sequence[ReasonNameOut]
    turn: int | None
    taxonomy: str
    taxonomy_version: str
    counts: bool = Field(description="Whether trends count it: the last person to speak")
    model_reason: str | None
    model_version: str | None = Field(description="Null: no model could find reasons in it")
    created_at: datetime


class Corrections(Shape):
    """What people say now, the last one to speak first."""

    items: Sequence[CorrectionOut]


class ShareOut(Shape):
    """A share with its 95 per cent interval (Wilson); null of nothing."""

    value: float | None
    low: float | None
    high: float | None
    of: int


class KappaOut(Shape):
    """Cohen's kappa with its 95 per cent interval; null where chance alone would always agree."""

    value: float | None
    low: float | None
    high: float | None
    pairs: int


class ReasonAccuracyOut(Shape):
    """One reason."""

    name: str
    said: int = Field(description="Interactions in which people named it")
    found: int = Field(description="Interactions in which the model had named it")
    agreed: int
    precision: ShareOut
    recall: ShareOut
    kappa: KappaOut = Field(description="This reason against another one or none")


class BetweenPeopleOut(Shape):
    """Two people who looked at the same interactions."""

    first: str
    second: str
    agreement: ShareOut
    kappa: KappaOut


class AccuracyOut(Shape):
    """How right the reasons are where people have looked; that is no random sample of all interactions."""

    first: date
    last: date
    looked_at: int
    compared: int = Field(description="Of those, where a model could find reasons")
    wrong: int = Field(description="Of those, wrong with no better one known: they lower precision alone")
    agreement: ShareOut
    kappa: KappaOut
    reasons: Sequence[ReasonAccuracyOut]
    people: Sequence[BetweenPeopleOut]
    models: Sequence[str]


@router.get("/interactions/{interaction_id}/reason-corrections", responses=documented(404))
def get_reason_corrections(interaction_id: UUID, caller: Reader, session: SessionDep) -> Corrections:
    """What people say this interaction was about."""
    row = interactions.get(session, interaction_id)
    return Corrections(items=[_out(one) for one in reason_corrections.of(session, row.id)])


@router.put(
    "/interactions/{interaction_id}/reason-corrections",
    responses=documented(404),
    openapi_extra=described(ReasonCorrection),
)
def put_reason_correction(
    interaction_id: UUID,
    caller: Ingester,
    said: Annotated[ReasonCorrection, Depends(json_body(ReasonCorrection))],
    database: DatabaseDep,
) -> CorrectionOut:
    """Say what it was about, in place of what the same key said before; the model's label stays beside it.

    Sending what the model found confirms it: accuracy needs that as much as corrections.
    """
    with database.transaction() as session:
        return _out(reason_corrections.put(session, interaction_id, said.said(), author=caller.name))


@router.delete(
    "/interactions/{interaction_id}/reason-corrections", status_code=204, responses=documented(404)
)
def delete_reason_correction(interaction_id: UUID, caller: Ingester, database: DatabaseDep) -> None:
    """Take back what this key has said."""
    with database.transaction() as session:
        reason_corrections.withdraw(session, interaction_id, author=caller.name)


@router.get("/call-reasons/accuracy", responses=documented())
def get_reason_accuracy(
    caller: Reporter,
    session: SessionDep,
    settings: SettingsDep,
    first: Annotated[date | None, Query()] = None,
    last: Annotated[date | None, Query()] = None,
    level: Level = Level.SUB,
) -> AccuracyOut:
    """Agreement, precision, recall and Cohen's kappa per reason, and between people; 90 days by default."""
    end = last or datetime.now(ZoneInfo(settings.time_zone)).date()
    begin = first or end - timedelta(days=_DAYS - 1)
    return AccuracyOut.model_validate(reason_accuracy.accuracy(session, first=begin, last=end, level=level))


def _out(row: ReasonCorrectionRow) -> CorrectionOut:
    primary = [{"name": row.name, "parent": row.parent}] if row.name else []
    return CorrectionOut(
        author=row.author,
        verdict=row.verdict,
        reasons=[ReasonNameOut.model_validate(one) for one in [*primary, *row.further]],
        turn=row.turn,
        taxonomy=row.taxonomy,
        taxonomy_version=row.taxonomy_version,
        counts=row.newest,
        model_reason=row.model_name,
        model_version=row.model_version,
        created_at=row.created_at,
    )
