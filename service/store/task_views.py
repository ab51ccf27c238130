"""Tasks as their callers and operators see them: state, place in line, counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.errors import NotFound
from service.store.tables import TaskAttemptRow, TaskRow, TaskState
from service.store.task_clock import now_ms, read_clock

State = Literal["queued", "running", "done", "failed", "cancelled"]
_STATES: dict[str, State] = {
    TaskState.QUEUED: "queued",
    TaskState.RUNNING: "running",
    TaskState.DONE: "done",
    TaskState.DEAD: "failed",
    TaskState.CANCELLED: "cancelled",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A chain of tasks as one piece of work, described by the stage it has reached.

    ``id`` is the first task's, ``task_id`` the current one's. ``place_in_line`` is 1 for the next, None
    unless waiting for a worker; ``run_at`` is when the next attempt is due.
    """

    id: UUID
    task_id: UUID
    interaction_id: UUID
    state: State
    stage: str
    job_queue: str
    place_in_line: int | None
    attempts: int
    max_attempts: int
    progress: float | None
    error_code: str | None
    error_detail: str | None
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many tasks of a job queue are in a state; ``oldest_ms``: how long the first has waited."""

    job_queue: str
    state: State
    tasks: int
    oldest_ms: int | None = None


def get(session: Session, task_id: UUID) -> TaskRow:
    """The task's row. Raises NotFound."""
    row = session.get(TaskRow, task_id)
    if row is None:
        raise NotFound("task_not_found", "There is no such task.")
    return row


def chain(session: Session, task_id: UUID) -> Sequence[TaskRow]:
    """Every task that came of the same first task, oldest first. Raises NotFound."""
    root = get(session, task_id).root_id
    return session.scalars(
        select(TaskRow).where(TaskRow.root_id == root).order_by(TaskRow.created_at, TaskRow.id)
    ).all()


def view(session: Session, task_id: UUID) -> TaskView:
    """The work a task belongs to, by the id of any of its tasks. Raises NotFound."""
    rows = chain(session, task_id)
    first, current = rows[0], rows[-1]
    return TaskView(
        id=first.id,
        task_id=current.id,
        interaction_id=current.subject_id,
        state=_STATES[current.state],
        stage=current.kind,
        job_queue=current.job_queue,
        place_in_line=_place(session, current),
        attempts=current.attempts,
        max_attempts=current.max_attempts,
        progress=current.progress,
        error_code=current.error_code,
        error_detail=current.error_detail,
        created_at=_time(first.created_at),
        run_at=_time(current.run_at),
        started_at=_time_or_none(first.started_at),
        finished_at=_time_or_none(current.finished_at),
    )


def counts(session: Session) -> list[QueueCount]:
    """Tasks that are not finished well, by job queue and state: for metrics and the doctor."""
    moment = read_clock(session)
    oldest = dict(
        session.execute(
            select(TaskRow.job_queue, func.min(TaskRow.run_at))
            .where(TaskRow.state == TaskState.QUEUED, TaskRow.run_at <= now_ms())
            .group_by(TaskRow.job_queue)
        ).all()
    )
    rows = session.execute(
        select(TaskRow.job_queue, TaskRow.state, func.count())
        .where(TaskRow.state.in_([TaskState.QUEUED, TaskState.RUNNING, TaskState.DEAD]))
        .group_by(TaskRow.job_queue, TaskRow.state)
        .order_by(TaskRow.job_queue, TaskRow.state)
    )
    return [
        QueueCount(
            job_queue,
            _STATES[state],
            tasks,
            max(0, moment - oldest[job_queue]) if state == TaskState.QUEUED and job_queue in oldest else None,
        )
        for job_queue, state, tasks in rows
    ]


def attempt_outcomes(session: Session) -> dict[str, int]:
    """How many attempts ended done, failed, crashed, released, cancelled or fenced; reads them all."""
    rows = session.execute(
        select(TaskAttemptRow.outcome, func.count())
        .where(TaskAttemptRow.outcome.is_not(None))
        .group_by(TaskAttemptRow.outcome)
    )
    return {str(outcome): number for outcome, number in rows}


def _place(session: Session, task: TaskRow) -> int | None:
    if task.state != TaskState.QUEUED or task.run_at > read_clock(session):
        return None
    order = tuple_(TaskRow.priority, TaskRow.run_at, TaskRow.id)
    mine = select(TaskRow.priority, TaskRow.run_at, TaskRow.id).where(TaskRow.id == task.id)
    ahead = select(func.count()).where(
        TaskRow.job_queue == task.job_queue, TaskRow.state == TaskState.QUEUED, order < mine.scalar_subquery()
    )
    return 1 + session.execute(ahead).scalar_one()


def _time(millis: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=millis)


def _time_or_none(millis: int | None) -> datetime | None:
    return None if millis is None else _time(millis)
