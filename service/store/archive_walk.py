"""Going through the archive: the next interactions from the place a job has reached, whatever the job."""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_

from service.errors import NotFound
from service.store.archive_tables import ArchiveWalk
from service.store.database import Session, now
from service.store.tables import InteractionRow, TaskRow

Which: TypeAlias = Sequence[ColumnElement[bool]]  # conditions on InteractionRow

PRIORITY = 20  # what has just arrived goes first
COUNTED = {"total": 0, "done": 0, "skipped": 0}  # at the beginning


def interactions(walk: ArchiveWalk, which: Which = ()) -> Select[InteractionRow]:
    """Those that have a transcript, within the days of the walk, and fit ``which``."""
    conditions: list[ColumnElement[bool]] = [InteractionRow.transcribed_at.is_not(None), *which]
    if walk.first is not None:
        conditions.append(InteractionRow.day >= walk.first)
    if walk.last is not None:
        conditions.append(InteractionRow.day <= walk.last)
    return select(InteractionRow).where(*conditions)


def count(session: Session, walk: ArchiveWalk, which: Which = ()) -> int:
    """How many interactions there are on the whole way."""
    return session.scalar(select(func.count()).select_from(interactions(walk, which).subquery())) or 0


def following(session: Session, walk: ArchiveWalk, which: Which = (), *, limit: int) -> list[InteractionRow]:
    """The next interactions, by time."""
    query = interactions(walk, which)
    if walk.reached_at is not None and walk.reached_id is not None:
        place = tuple_(
            literal(walk.reached_at, InteractionRow.started_at.type),
            literal(walk.reached_id, InteractionRow.id.type),
        )
        query = query.where(tuple_(InteractionRow.started_at, InteractionRow.id) > place)
    return list(session.scalars(query.order_by(InteractionRow.started_at, InteractionRow.id).limit(limit)))


def reach(walk: ArchiveWalk, row: InteractionRow) -> None:
    """This interaction is done."""
    walk.reached_at, walk.reached_id, walk.done = row.started_at, row.id, walk.done + 1


def end(walk: ArchiveWalk) -> None:
    """There is no further one."""
    walk.finished_at = now()


def task_of(session: Session, run_id: UUID) -> TaskRow:
    """The task that does the job; raises NotFound."""
    query = select(TaskRow).where(TaskRow.subject_id == run_id).order_by(TaskRow.id.desc()).limit(1)
    row = session.scalars(query).first()
    if row is None:
        raise NotFound("run_not_found", "There is no such job.")
    return row
