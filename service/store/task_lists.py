"""Lists of tasks for people: every file on its way, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from service.store import pages
from service.store.pages import Page
from service.store.tables import InteractionRow, TaskRow, TaskState
from service.store.task_clock import read_clock
from service.store.task_views import State, TaskView, counts, view

_STATES: dict[State, TaskState] = {
    "queued": TaskState.QUEUED,
    "running": TaskState.RUNNING,
    "done": TaskState.DONE,
    "failed": TaskState.DEAD,
    "cancelled": TaskState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """The work on one interaction, and how people know that interaction."""

    task: TaskView
    channel: str
    file_name: str | None
    external_id: str


def find(
    session: Session, *, states: Collection[State] = (), cursor: str | None = None, limit: int = 50
) -> Page[TaskLine]:
    """A page of chains of tasks, newest first; ``states`` narrows it by what the last task of a chain is in.

    Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    later = aliased(TaskRow)
    newer = select(later.id).where(later.root_id == TaskRow.root_id, later.id > TaskRow.id).exists()
    query = select(TaskRow.id, InteractionRow).join(InteractionRow, InteractionRow.id == TaskRow.subject_id)
    query = query.where(~newer).order_by(TaskRow.id.desc()).limit(limit + 1)
    if states:
        query = query.where(TaskRow.state.in_([_STATES[state].value for state in states]))
    if cursor is not None:
        query = query.where(TaskRow.id < pages.decode(cursor)[1])  # ids of version 7 sort by time
    lines = [_line(session, task_id, row) for task_id, row in session.execute(query)]
    return pages.cut(lines, limit=limit, place=lambda line: (line.task.created_at, line.task.task_id))


def latest(session: Session, interaction_id: UUID) -> TaskView | None:
    """The newest work on an interaction; None where there never was any."""
    query = (
        select(TaskRow.id).where(TaskRow.subject_id == interaction_id).order_by(TaskRow.id.desc()).limit(1)
    )
    task_id = session.scalar(query)
    return None if task_id is None else view(session, task_id)


def unfinished(session: Session, task_ids: Collection[UUID], *, dead_within_ms: int) -> set[UUID]:
    """Those of the tasks that wait or run, or have been dead for no longer than that: a re-drive may come."""
    states = (TaskState.QUEUED, TaskState.RUNNING)
    recent = and_(TaskRow.state == TaskState.DEAD, TaskRow.finished_at > read_clock(session) - dead_within_ms)
    query = select(TaskRow.id).where(TaskRow.id.in_(task_ids), or_(TaskRow.state.in_(states), recent))
    return set(session.scalars(query))


def totals(session: Session) -> dict[State, int]:
    """How many tasks wait, run, or have failed."""
    found: dict[State, int] = {"queued": 0, "running": 0, "failed": 0}
    for counted in counts(session):
        found[counted.state] = found.get(counted.state, 0) + counted.tasks
    return found


def _line(session: Session, task_id: UUID, row: InteractionRow) -> TaskLine:
    return TaskLine(view(session, task_id), row.channel, row.file_name, row.external_id)
