"""Reconciling: what a dead worker or a wiped broker left behind is queued, buried or rung again."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from service.store.tables import InteractionRow, Status, TaskAttemptRow, TaskRow, TaskState
from service.store.task_clock import now_ms, read_clock

HINT_MS = 15_000  # a hint not acted upon for longer is taken as lost
BATCH = 200
WORKER_LOST = "worker_lost"
WORKER_LOST_DETAIL = "The worker disappeared every time it worked on this; it may need too much memory."
_ADVISORY_LOCK = 0x0E7E_0001  # any number that is ours alone in the database


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task whose bell is to be rung."""

    task_id: UUID
    job_queue: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """What one round of reconciling did, and which bells to ring after its commit."""

    requeued: int = 0
    dead: int = 0
    due: tuple[DueTask, ...] = ()


def reconcile(session: Session, *, hint_ms: int = HINT_MS) -> Recovery:
    """Queue or bury tasks whose lease has run out, and list due tasks whose hint is missing or old.

    One at a time: PostgreSQL by an advisory lock (the second does nothing), SQLite by its write lock.
    """
    if not _alone(session):
        return Recovery()
    moment = read_clock(session)
    requeued, dead = _recover_expired(session, moment)
    return Recovery(requeued, dead, _unheard(session, moment, hint_ms))


def bury(session: Session, interaction_id: UUID, code: str, detail: str) -> None:
    """Mark the interaction of a dead task failed."""
    failed = {"status": Status.FAILED, "failure_code": code, "failure_detail": detail}
    session.execute(
        update(InteractionRow).where(InteractionRow.id == interaction_id).values(failed),
        execution_options={"synchronize_session": False},
    )


def _alone(session: Session) -> bool:
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ADVISORY_LOCK))))


def _recover_expired(session: Session, moment: int) -> tuple[int, int]:
    expired = session.scalars(
        select(TaskRow)
        .where(TaskRow.state == TaskState.RUNNING, TaskRow.lease_until < now_ms())
        .order_by(TaskRow.lease_until)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    dead = 0
    for task in expired:
        _count_crash(session, task, moment)
        dead += task.state == TaskState.DEAD
    session.flush()
    return len(expired) - dead, dead


def _count_crash(session: Session, task: TaskRow, moment: int) -> None:
    """An attempt that ended without an outcome is a crash; crashes use attempts up like any failure."""
    task.crashes += 1
    task.lease_until, task.owner, task.progress, task.hinted_at = None, None, None, None
    if task.attempts >= task.max_attempts:
        task.state, task.finished_at = TaskState.DEAD, moment
        task.error_code, task.error_detail = WORKER_LOST, WORKER_LOST_DETAIL
        bury(session, task.subject_id, WORKER_LOST, WORKER_LOST_DETAIL)
    else:
        task.state, task.run_at = TaskState.QUEUED, moment
    session.execute(
        update(TaskAttemptRow)
        .where(TaskAttemptRow.task_id == task.id, TaskAttemptRow.fence == task.fence)
        .values(outcome="crashed", ended_at=moment, error_code=WORKER_LOST)
    )


def _unheard(session: Session, moment: int, hint_ms: int) -> tuple[DueTask, ...]:
    rows = session.scalars(
        select(TaskRow)
        .where(
            TaskRow.state == TaskState.QUEUED,
            TaskRow.run_at <= moment,
            or_(TaskRow.hinted_at.is_(None), TaskRow.hinted_at < moment - hint_ms),
        )
        .order_by(TaskRow.priority, TaskRow.run_at, TaskRow.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.hinted_at = moment
    session.flush()
    return tuple(DueTask(row.id, row.job_queue) for row in rows)
