"""Tasks: added, claimed under a lease, kept alive, and finished or failed under their fence."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from service.errors import Conflict
from service.store import interactions, plain
from service.store.database import new_id
from service.store.tables import InteractionRow, TaskAttemptRow, TaskRow, TaskState
from service.store.task_clock import now_ms, read_clock
from service.store.task_recovery import DueTask, Recovery, bury, reconcile
from service.store.task_views import QueueCount, TaskView, attempt_outcomes, chain, counts, get, view

__all__ = [
    "Claim",
    "DueTask",
    "Fenced",
    "QueueCount",
    "Recovery",
    "TaskView",
    "add",
    "attempt_outcomes",
    "cancel",
    "claim",
    "claim_next",
    "counts",
    "fail",
    "finish",
    "get",
    "heartbeat",
    "mark_fenced",
    "reconcile",
    "redrive",
    "release",
    "view",
]

MAX_BACKOFF_SECONDS = 300.0


class Fenced(Exception):
    """The task was taken away (its lease ran out, or it was cancelled): nothing may be written for it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a task until its lease ends; ``fence`` proves it at the end."""

    task_id: UUID
    root_id: UUID
    kind: str
    subject_id: UUID
    generation: int
    job_queue: str
    priority: int
    run_at: int
    fence: int
    owner: str
    attempts: int
    max_attempts: int
    lease_ms: int


def add(  # noqa: PLR0913 - a task has as many sides
    session: Session,
    kind: str,
    subject_id: UUID,
    job_queue: str,
    *,
    follows: Claim | None = None,
    priority: int = 0,
    run_at: int | None = None,
    max_attempts: int = 3,
    generation: int = 0,
) -> TaskRow:
    """Queue a task; one that ``follows`` another belongs to its chain and keeps its place in line.

    Lower ``priority`` goes first; ``run_at`` is ms since 1970, None for at once. A task to be run at once
    counts as hinted: whoever adds it rings the bell after the commit.
    """
    task_id, moment = new_id(), read_clock(session)
    row = TaskRow(
        id=task_id,
        root_id=follows.root_id if follows else task_id,
        kind=kind,
        subject_id=subject_id,
        generation=follows.generation if follows else generation,
        job_queue=job_queue,
        state=TaskState.QUEUED,
        priority=follows.priority if follows else priority,
        attempts=0,
        max_attempts=follows.max_attempts if follows else max_attempts,
        crashes=0,
        fence=0,
        run_at=run_at if run_at is not None else follows.run_at if follows else moment,
        hinted_at=moment if run_at is None else None,
        created_at=moment,
    )
    session.add(row)
    session.flush()
    return row


def claim(session: Session, task_id: UUID, owner: str, lease_seconds: float) -> Claim | None:
    """Take this task if it is due; None if it is not, or another has it."""
    return _claim(session, TaskRow.id == task_id, owner, lease_seconds)


def claim_next(session: Session, job_queues: Sequence[str], owner: str, lease_seconds: float) -> Claim | None:
    """Take the first due task of the job queues, by priority and then by time; None if there is none."""
    first = (
        select(TaskRow.id)
        .where(TaskRow.job_queue.in_(job_queues), *_due())
        .order_by(TaskRow.priority, TaskRow.run_at, TaskRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _claim(session, TaskRow.id == first.scalar_subquery(), owner, lease_seconds)


def heartbeat(session: Session, held: Claim, progress: float | None = None) -> bool:
    """Extend the lease and note the progress (0-1); False if the task was taken away."""
    values: dict[str, Any] = {"lease_until": now_ms() + held.lease_ms}
    if progress is not None:
        values["progress"] = progress
    return _change(session, held, values)


def finish(session: Session, held: Claim) -> None:
    """Mark the task done, in the transaction that writes its results. Raises Fenced."""
    ended = {"state": TaskState.DONE, "finished_at": now_ms(), "progress": 1.0}
    if not _change(session, held, {**ended, "lease_until": None, "error_code": None, "error_detail": None}):
        raise Fenced(str(held.task_id))
    _close_attempt(session, held, "done")


def fail(
    session: Session,
    held: Claim,
    code: str,
    detail: str,
    *,
    permanent: bool,
    backoff_seconds: float = 5.0,
) -> TaskState:
    """Write a failed attempt down: queued again for later, or dead and its interaction failed. Raises Fenced.

    The pause doubles with each attempt, up to five minutes, and varies by half so that a herd spreads.
    """
    code, detail = code[:64], plain.text(detail)
    error = {"error_code": code, "error_detail": detail, "progress": None, "lease_until": None}
    if permanent or held.attempts >= held.max_attempts:
        state = TaskState.DEAD
        values: dict[str, Any] = {"finished_at": now_ms()}
    else:
        pause = min(MAX_BACKOFF_SECONDS, backoff_seconds * 2 ** (held.attempts - 1))
        pause *= random.uniform(0.5, 1.5)  # noqa: S311 - spreads a herd, keeps no secret
        state = TaskState.QUEUED
        values = {"run_at": now_ms() + int(pause * 1000), "hinted_at": None}
    if not _change(session, held, {"state": state, "owner": None, **error, **values}):
        raise Fenced(str(held.task_id))
    _close_attempt(session, held, "failed", code)
    if state is TaskState.DEAD:
        bury(session, held.subject_id, code, detail)
    return state


def release(session: Session, held: Claim) -> bool:
    """Give the task back unfinished, as if never claimed: the worker was told to stop."""
    values = {"state": TaskState.QUEUED, "owner": None, "lease_until": None, "progress": None}
    again = {"attempts": TaskRow.attempts - 1, "run_at": now_ms(), "hinted_at": None}
    held_still = _change(session, held, {**values, **again})
    if held_still:
        _close_attempt(session, held, "released")
    return held_still


def mark_fenced(session: Session, held: Claim) -> None:
    """Note that an attempt came to its end after its task had been taken away; its work was thrown away."""
    _close_attempt(session, held, "fenced")


def redrive(session: Session, task_id: UUID) -> TaskRow:
    """Queue the dead task of this chain again, its attempts counted anew, and lift its interaction's failure.

    Raises NotFound, or Conflict ``task_not_failed`` where nothing in the chain is dead.
    """
    dead = [row for row in chain(session, task_id) if row.state == TaskState.DEAD]
    if not dead:
        raise Conflict(
            "task_not_failed", "Only a failed task can be re-driven.", "Look at the task's state first."
        )
    row, moment = dead[-1], read_clock(session)
    row.state, row.attempts, row.crashes = TaskState.QUEUED, 0, 0
    row.run_at, row.hinted_at, row.finished_at = moment, moment, None
    row.error_code = row.error_detail = row.progress = None
    session.flush()
    if session.get(InteractionRow, row.subject_id) is not None:  # else a job over the archive
        interactions.reopen(session, row.subject_id)
    return row


def cancel(session: Session, task_id: UUID) -> int:
    """Cancel what is queued or running in this chain and return how many.

    A worker that runs it finds itself fenced. Raises NotFound.
    """
    open_states = (TaskState.QUEUED, TaskState.RUNNING)
    rows = [row for row in chain(session, task_id) if row.state in open_states]
    moment = read_clock(session)
    for row in rows:
        row.state, row.finished_at, row.lease_until = TaskState.CANCELLED, moment, None
        _end_attempt(session, row.id, row.fence, "cancelled", None, only_open=True)
    session.flush()
    return len(rows)


def _due() -> tuple[ColumnElement[bool], ...]:
    return TaskRow.state == TaskState.QUEUED, TaskRow.run_at <= now_ms()


def _claim(session: Session, which: ColumnElement[bool], owner: str, lease_seconds: float) -> Claim | None:
    lease_ms = int(lease_seconds * 1000)
    statement = (
        update(TaskRow)
        .where(which, *_due())
        .values(
            state=TaskState.RUNNING,
            attempts=TaskRow.attempts + 1,
            fence=TaskRow.fence + 1,
            owner=owner,
            lease_until=now_ms() + lease_ms,
            started_at=now_ms(),
            progress=None,
        )
        .returning(
            TaskRow.id,
            TaskRow.root_id,
            TaskRow.kind,
            TaskRow.subject_id,
            TaskRow.generation,
            TaskRow.job_queue,
            TaskRow.priority,
            TaskRow.run_at,
            TaskRow.fence,
            TaskRow.attempts,
            TaskRow.max_attempts,
        )
    )
    row = _run(session, statement).one_or_none()
    if row is None:
        return None
    attempt = {"task_id": row.id, "fence": row.fence, "owner": owner, "started_at": now_ms()}
    session.execute(insert(TaskAttemptRow).values(attempt))
    fields = row._asdict()
    return Claim(task_id=fields.pop("id"), owner=owner, lease_ms=lease_ms, **fields)


def _change(session: Session, held: Claim, values: dict[str, Any]) -> bool:
    """Change the task only while this claim holds it."""
    mine = (TaskRow.id == held.task_id, TaskRow.fence == held.fence, TaskRow.state == TaskState.RUNNING)
    return bool(_run(session, update(TaskRow).where(*mine).values(values)).rowcount)


def _close_attempt(session: Session, held: Claim, outcome: str, code: str | None = None) -> None:
    _end_attempt(session, held.task_id, held.fence, outcome, code)


def _end_attempt(
    session: Session, task_id: UUID, fence: int, outcome: str, code: str | None, *, only_open: bool = False
) -> None:
    which = [TaskAttemptRow.task_id == task_id, TaskAttemptRow.fence == fence]
    if only_open:
        which.append(TaskAttemptRow.outcome.is_(None))
    values = {"outcome": outcome, "error_code": code, "ended_at": now_ms()}
    _run(session, update(TaskAttemptRow).where(*which).values(values))


def _run(session: Session, statement: Any) -> Any:
    return session.execute(statement, execution_options={"synchronize_session": False})
