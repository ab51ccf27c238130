"""Which versions labelled the interactions of a period, and where a change of the taxonomy breaks a trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from service.store import call_reasons, taxonomy_history
from service.store.database import Session
from service.store.tables import AnalysisRow, InteractionRow
from service.store.taxonomy_tables import TaxonomyActivationRow
from service.taxonomies.lineage import Change

Pinned = tuple[str, str]  # taxonomy and version


@dataclass(frozen=True, slots=True)
class LabelledBy:
    """How many interactions a version of a taxonomy and of a model labelled; None: before that was kept."""

    taxonomy: str | None
    version: str | None
    model: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Break:
    """From ``at`` on another version labels; ``changes`` is None where neither came of the other.

    Labels of the earlier one are counted where they stand in the taxonomy in use; a reason that was split
    counts as its version meant it, until its interactions are labelled again.
    """

    at: date
    from_taxonomy: str
    from_version: str
    to_taxonomy: str
    to_version: str
    changes: Sequence[Change] | None


def labelled_by(session: Session, within: Sequence[ColumnElement[bool]]) -> list[LabelledBy]:
    """The versions whose labels are counted, the most frequent first."""
    pins = (AnalysisRow.taxonomy, AnalysisRow.taxonomy_version, AnalysisRow.reason_model)
    query = select(*pins, func.count()).join(InteractionRow, InteractionRow.id == AnalysisRow.interaction_id)
    found = [LabelledBy(*row) for row in session.execute(query.where(*within).group_by(*pins))]
    return sorted(found, key=lambda one: (-one.count, one.version or "", one.model or ""))


def breaks(session: Session, first: date, last: date, present: Sequence[LabelledBy]) -> list[Break]:
    """Where within the period a version took over from another one of which labels are counted too."""
    counted = {(one.taxonomy, one.version) for one in present}
    found: list[Break] = []
    query = select(TaxonomyActivationRow).order_by(TaxonomyActivationRow.id)
    before = _shipped(session)
    for row in session.scalars(query):
        now = (row.taxonomy, row.version)
        if before is not None and before != now and before in counted and first <= row.day <= last:
            changes = taxonomy_history.between(session, before, now)
            found.append(Break(row.day, *before, *now, changes))
        before = now
    return found


def _shipped(session: Session) -> Pinned | None:
    """What labelled before anything else was put to use."""
    rows = call_reasons.shipped(session)
    return (rows[0].taxonomy, rows[0].version) if rows else None
