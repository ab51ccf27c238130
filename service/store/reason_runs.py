"""Finding reasons anew over the archive, where another version labelled before: counts before and after."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from service.store import archive_runs, call_reasons, reason_models
from service.store.archive_walk import Which
from service.store.correction_tables import EarlierReasonRow
from service.store.database import Session, new_id, now
from service.store.labels import name_of, placed
from service.store.tables import AnalysisRow, ArchiveRunRow, InteractionRow, ReasonScoreRow, TaskRow

KIND = "find_reasons"
NO_REASON = ""  # how it is counted that none was found


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Interactions of a reason before and after; None: no reason."""

    name: str | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class LabelChange:
    """How many interactions went from one reason to another."""

    before: str | None
    after: str | None
    count: int


def begin(
    session: Session, *, dry_run: bool, days: tuple[date | None, date | None] = (None, None)
) -> tuple[ArchiveRunRow, TaskRow]:
    """Find reasons anew by what is in use; with ``dry_run`` only count. Whoever calls rings the bell."""
    own = reason_models.pinned(session)
    shipped = call_reasons.shipped(session)
    parameters = {
        "dry_run": dry_run,
        "model": own.id.hex if own else None,
        "taxonomy": own.taxonomy if own else (shipped[0].taxonomy if shipped else None),
        "version": own.version if own else (shipped[0].version if shipped else None),
        "model_version": own.model_version if own else None,
    }
    about = own.id if own else None
    counts = {"same": 0, "changed": 0}
    return archive_runs.begin(
        session, KIND, about=about, parameters=parameters, counts=counts, days=days, which=which(parameters)
    )


def which(parameters: Mapping[str, Any]) -> Which:
    """The interactions that another version has looked at."""
    differs = [
        AnalysisRow.taxonomy.is_(None),
        AnalysisRow.taxonomy != parameters["taxonomy"],
        AnalysisRow.taxonomy_version != parameters["version"],
    ]
    if parameters["model_version"] is not None:
        differs += [
            AnalysisRow.reason_model.is_(None),
            AnalysisRow.reason_model != parameters["model_version"],
        ]
    return (exists().where(AnalysisRow.interaction_id == InteractionRow.id, or_(*differs)),)


def before(session: Session, interactions: Iterable[UUID]) -> dict[UUID, str | None]:
    """The primary reason that a model gave, as it stands in the taxonomy in use; None: it found none."""
    found: dict[UUID, str | None] = dict.fromkeys(interactions)
    query = select(ReasonScoreRow.interaction_id, name_of(ReasonScoreRow)).select_from(placed(ReasonScoreRow))
    mine = (ReasonScoreRow.interaction_id.in_(list(found)), ReasonScoreRow.is_primary.is_(True))
    found.update({key: str(name) for key, name in session.execute(query.where(*mine)).all()})
    return found


def counted(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, int]:
    """What a batch adds to the counts of a job, from reasons before and after."""
    counts: Counter[str] = Counter()
    for old, new in pairs:
        counts["same" if old == new else "changed"] += 1
        counts[f"before/{old or NO_REASON}"] += 1
        counts[f"after/{new or NO_REASON}"] += 1
        if old != new:
            counts[f"change/{json.dumps([old, new], ensure_ascii=False)}"] += 1
    return dict(counts)


def by_reason(run: ArchiveRunRow) -> list[ReasonCount]:
    """Counts before and after of each reason, the most frequent first."""
    names = {key.partition("/")[2] for key in run.counts if key.startswith(("before/", "after/"))}
    found = [
        ReasonCount(name or None, run.counts.get(f"before/{name}", 0), run.counts.get(f"after/{name}", 0))
        for name in names
    ]
    return sorted(found, key=lambda one: (-max(one.before, one.after), one.name or ""))


def label_changes(run: ArchiveRunRow) -> list[LabelChange]:
    """From which reason to which, the most frequent first."""
    found = [
        LabelChange(old, new, count)
        for key, count in run.counts.items()
        if key.startswith("change/")
        for old, new in [json.loads(key.partition("/")[2])]
    ]
    return sorted(found, key=lambda one: (-one.count, one.before or "", one.after or ""))


def keep_earlier(session: Session, run_id: UUID, interactions: Sequence[UUID]) -> None:
    """Keep the primary labels that are replaced, for comparison."""
    rows = {
        row.interaction_id: row
        for row in session.scalars(
            select(ReasonScoreRow).where(
                ReasonScoreRow.interaction_id.in_(interactions), ReasonScoreRow.is_primary.is_(True)
            )
        )
    }
    query = select(AnalysisRow).where(AnalysisRow.interaction_id.in_(interactions))
    for analysis in session.scalars(query):
        row = rows.get(analysis.interaction_id)
        session.add(
            EarlierReasonRow(
                id=new_id(),
                interaction_id=analysis.interaction_id,
                run_id=run_id,
                name=row.name if row else None,
                parent=row.parent if row else None,
                score=row.score if row else None,
                taxonomy=row.taxonomy if row else analysis.taxonomy,
                taxonomy_version=row.taxonomy_version if row else analysis.taxonomy_version,
                model_version=row.model_version if row else analysis.reason_model,
                replaced_at=now(),
            )
        )


def earlier(session: Session, interaction_id: UUID) -> list[EarlierReasonRow]:
    """What models said before re-runs, the newest first."""
    query = select(EarlierReasonRow).where(EarlierReasonRow.interaction_id == interaction_id)
    return list(session.scalars(query.order_by(EarlierReasonRow.id.desc())))
