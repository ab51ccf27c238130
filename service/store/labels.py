"""The reason that counts for an interaction: what a person said last, else the model's, as it stands now."""

from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, literal, null, or_, select

from service.store.analyses import ABSTAINED
from service.store.correction_tables import ReasonCorrectionRow
from service.store.database import Session
from service.store.tables import AnalysisRow, InteractionRow, ReasonScoreRow
from service.store.taxonomy_tables import ReasonPlaceRow

Labels = Literal["corrected", "model"]
Labelled: TypeAlias = type[ReasonScoreRow] | type[ReasonCorrectionRow]
REASONS, NONE, WRONG = "reasons", "none", "wrong"  # what a person may say

corrected: ColumnElement[bool] = exists().where(
    ReasonCorrectionRow.interaction_id == InteractionRow.id, ReasonCorrectionRow.newest.is_(True)
)


def any_corrected(session: Session) -> bool:
    """Whether anybody has corrected anything: where not, no interaction need be asked."""
    return session.scalar(select(ReasonCorrectionRow.id).limit(1)) is not None


def placed(table: Labelled) -> FromClause:
    """A table of labels joined with their places in the taxonomy in use."""
    same = (
        ReasonPlaceRow.taxonomy == table.taxonomy,
        ReasonPlaceRow.version == table.taxonomy_version,
        ReasonPlaceRow.name == table.name,
    )
    return table.__table__.outerjoin(ReasonPlaceRow.__table__, and_(*same))


def name_of(table: Labelled) -> ColumnElement[Any]:
    """The name of a label of ``placed`` as it stands now."""
    return func.coalesce(ReasonPlaceRow.now_name, table.name)


def parent_of(table: Labelled) -> ColumnElement[Any]:
    """Its top reason, None for a top reason."""
    return case((ReasonPlaceRow.name.is_not(None), ReasonPlaceRow.now_parent), else_=table.parent)


def counts(table: Labelled, labels: Labels) -> list[ColumnElement[bool]]:
    """Which labels of a table count: one for each interaction."""
    if table is ReasonCorrectionRow:
        return [ReasonCorrectionRow.newest.is_(True), ReasonCorrectionRow.verdict == REASONS]
    found: list[ColumnElement[bool]] = [ReasonScoreRow.is_primary.is_(True)]
    return [*found, ~corrected] if labels == "corrected" else found


def why_none(labels: Labels) -> ColumnElement[Any]:
    """Why an analysis has no reason; nothing where a person has read it."""
    if labels == "model":
        return AnalysisRow.no_reason.expression
    return case((corrected, null()), else_=AnalysisRow.no_reason)


def has_reason(reason: str, *, match: Literal["primary", "any"], labels: Labels) -> ColumnElement[bool]:
    """The interactions that count for a reason of any level; with ``any``, also those it was found in."""
    primary = counts(ReasonScoreRow, labels) if match == "primary" else []
    found = _named(ReasonScoreRow, reason, primary)
    if labels == "model":
        return found
    return or_(found, _named(ReasonCorrectionRow, reason, counts(ReasonCorrectionRow, labels)))


def has_no_reason(why: str, labels: Labels) -> ColumnElement[bool]:
    """The interactions without a reason for this cause; a person's "none of these" counts as abstained."""
    analysed = exists().where(AnalysisRow.interaction_id == InteractionRow.id, AnalysisRow.no_reason == why)
    if labels == "model":
        return analysed
    said = exists().where(
        ReasonCorrectionRow.interaction_id == InteractionRow.id,
        ReasonCorrectionRow.newest.is_(True),
        ReasonCorrectionRow.verdict != REASONS,
    )
    unread = and_(~corrected, analysed)
    return or_(unread, said) if why == ABSTAINED else unread


def _named(table: Labelled, reason: str, which: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    moved = ReasonPlaceRow.name.is_not(None)
    now = or_(ReasonPlaceRow.now_name == reason, ReasonPlaceRow.now_parent == reason)
    itself = or_(table.name == reason, table.parent == reason)
    query = (
        select(literal(1)).select_from(placed(table)).where(table.interaction_id == InteractionRow.id, *which)
    )
    return query.where(or_(and_(moved, now), and_(~moved, itself))).correlate(InteractionRow).exists()
