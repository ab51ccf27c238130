"""Jobs over the archive: what is applied to it, how far it has come, what was counted before and after."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from service.errors import NotFound
from service.store import archive_walk, plain, tasks
from service.store.archive_walk import Which
from service.store.database import Session, new_id, now
from service.store.tables import ArchiveRunRow, TaskRow


def begin(
    session: Session,
    kind: str,
    *,
    about: UUID | None = None,
    parameters: Mapping[str, Any] | None = None,
    counts: Mapping[str, int] | None = None,
    days: tuple[date | None, date | None] = (None, None),
    which: Which = (),
) -> tuple[ArchiveRunRow, TaskRow]:
    """Begin a job that a task of this kind does; whoever calls rings the bell after the commit.

    ``days`` are the first and last local day; ``counts`` are what is known at the beginning; ``which``
    narrows the interactions: the worker must go through the same ones.
    """
    run = ArchiveRunRow(
        id=new_id(),
        kind=kind,
        about=about,
        parameters=plain.json(dict(parameters or {})),
        counts=dict(counts or {}),
        first=days[0],
        last=days[1],
        created_at=now(),
        **archive_walk.COUNTED,
    )
    run.total = archive_walk.count(session, run, which)
    session.add(run)
    session.flush()
    return run, tasks.add(session, kind, run.id, "text", priority=archive_walk.PRIORITY)


def get(session: Session, run_id: UUID) -> ArchiveRunRow:
    """The job; raises NotFound."""
    row = session.get(ArchiveRunRow, run_id)
    if row is None:
        raise no_such_run()
    return row


def no_such_run() -> NotFound:
    """What is said where a job does not exist."""
    return NotFound("run_not_found", "There is no such job.")


def latest(session: Session, kind: str, *, about: UUID | None = None, limit: int = 5) -> list[ArchiveRunRow]:
    """The newest jobs of a kind (about one thing), the newest first."""
    query = select(ArchiveRunRow).where(ArchiveRunRow.kind == kind)
    if about is not None:
        query = query.where(ArchiveRunRow.about == about)
    return list(session.scalars(query.order_by(ArchiveRunRow.id.desc()).limit(limit)))


def add_counts(run: ArchiveRunRow, counts: Mapping[str, int]) -> None:
    """Add to what was counted; a count that was not there begins at 0."""
    total = Counter(run.counts)
    total.update(counts)
    run.counts = dict(total)
