"""Work done once more: a stage of an interaction is queued again, once, whatever state it was in."""

from uuid import UUID

from sqlalchemy import func, select, update

from service.store import tasks
from service.store.database import Session
from service.store.tables import TaskAttemptRow, TaskRow, TaskState
from service.store.task_clock import now_ms, read_clock

_OPEN = (TaskState.QUEUED, TaskState.RUNNING)


def repeat(session: Session, kind: str, interaction_id: UUID, job_queue: str) -> TaskRow:
    """Queue a stage again; whoever calls rings the bell after the commit.

    A task of this kind that waits already is the one; one that runs is taken from its worker, who finds
    itself fenced; else a new chain begins, of the next generation. Hold the interaction's row meanwhile.
    """
    waiting = open_task(session, kind, interaction_id)
    if waiting is None:
        generation = select(func.max(TaskRow.generation)).where(TaskRow.subject_id == interaction_id)
        following = (session.scalar(generation) or 0) + 1
        return tasks.add(session, kind, interaction_id, job_queue, generation=following)
    if waiting.state == TaskState.RUNNING:
        _take_back(session, waiting)
    return waiting


def open_task(session: Session, kind: str, interaction_id: UUID) -> TaskRow | None:
    """The task of this kind that waits or runs; None if there is none."""
    query = select(TaskRow).where(
        TaskRow.subject_id == interaction_id, TaskRow.kind == kind, TaskRow.state.in_(_OPEN)
    )
    return session.scalars(query.order_by(TaskRow.id.desc()).limit(1).with_for_update()).first()


def _take_back(session: Session, row: TaskRow) -> None:
    """What it was working on has changed; that attempt does not count."""
    moment = read_clock(session)
    row.state, row.owner, row.lease_until, row.progress = TaskState.QUEUED, None, None, None
    row.attempts, row.run_at, row.hinted_at = row.attempts - 1, moment, moment
    session.flush()
    attempt = (TaskAttemptRow.task_id == row.id, TaskAttemptRow.fence == row.fence)
    session.execute(
        update(TaskAttemptRow).where(*attempt).values(outcome="released", ended_at=now_ms()),
        execution_options={"synchronize_session": False},
    )
