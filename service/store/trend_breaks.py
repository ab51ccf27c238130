"""Which versions labelled the interactions of a period, and where a change of the taxonomy breaks a trend."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from service.store import call_reasons, taxonomy_history
from service.store.database import Session
from service.store.taxonomy_tables import TaxonomyActivationRow
from service.taxonomies.lineage import Change

Pinned = tuple[str, str]  # taxonomy and version
Pins = tuple[str | None, str | None, str | None]  # taxonomy, its version, the model's


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


def labelled_by(counts: Iterable[tuple[Pins, int]]) -> list[LabelledBy]:
    """The versions whose labels are counted, the most frequent first, from any counts by version."""
    found: Counter[Pins] = Counter()
    for pins, count in counts:
        found[pins] += count
    told = [LabelledBy(*pins, count) for pins, count in found.items()]
    return sorted(told, key=lambda one: (-one.count, one.version or "", one.model or ""))


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
