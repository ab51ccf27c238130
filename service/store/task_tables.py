"""Tables of tasks: the work to do, and what became of each attempt."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base, enum_column


class TaskState(StrEnum):
    """A failed attempt goes back to ``queued`` with a later ``run_at``; ``dead`` waits for a re-drive."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class TaskRow(Base):
    """One piece of work; the row is the truth. Times are ms since 1970 by the database's clock.

    ``root_id`` is the first task of a chain (its own id for the first), so that a caller who was given one
    address sees transcription and analysis through it.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "generation"),
        Index(
            "ix_tasks_due",
            "job_queue",
            "priority",
            "run_at",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_tasks_leased",
            "lease_until",
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index(None, "root_id"),
        Index(None, "subject_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(32))  # the handlers of workers.runner: transcribe, analyze, ...
    subject_id: Mapped[UUID]  # the interaction, or the job over the archive
    generation: Mapped[int]  # 0 first, +1 for each repetition asked for
    job_queue: Mapped[str] = mapped_column(String(32))  # speech, text
    state: Mapped[str] = mapped_column(enum_column(TaskState))
    priority: Mapped[int]
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    crashes: Mapped[int]  # attempts that ended without an outcome
    fence: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)
    run_at: Mapped[int] = mapped_column(BigInteger)
    hinted_at: Mapped[int | None] = mapped_column(BigInteger)
    progress: Mapped[float | None]  # 0-1 of the running attempt
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None]
    created_at: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[int | None] = mapped_column(BigInteger)
    finished_at: Mapped[int | None] = mapped_column(BigInteger)


class TaskAttemptRow(Base):
    """What became of each attempt."""

    __tablename__ = "task_attempts"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True)
    fence: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    owner: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str | None] = mapped_column(
        String(16)
    )  # done, failed, crashed, cancelled, released, fenced
    error_code: Mapped[str | None] = mapped_column(String(64))
