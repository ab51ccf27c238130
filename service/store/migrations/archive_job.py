"""Queueing a job over the archive from a migration, as the tables stood when such jobs began (0005)."""

import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_RUNS = sa.table(
    "archive_runs",
    sa.column("id", sa.Uuid()),
    sa.column("kind"),
    sa.column("parameters", _JSON),
    sa.column("counts", _JSON),
    sa.column("total"),
    sa.column("done"),
    sa.column("skipped"),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
_IDS = ("id", "root_id", "subject_id")
_TASKS = sa.table(
    "tasks",
    *(sa.column(name, sa.Uuid()) for name in _IDS),
    *(sa.column(name) for name in ("kind", "generation", "job_queue", "state", "priority", "attempts")),
    *(sa.column(name) for name in ("max_attempts", "crashes", "fence", "run_at", "created_at")),
)


def queue(kind: str, counts: Mapping[str, int]) -> None:
    """Let a worker go through what is there; a database without transcripts needs none."""
    connection = op.get_bind()
    total = connection.scalar(sa.text("SELECT count(*) FROM interactions WHERE transcribed_at IS NOT NULL"))
    if not total:
        return
    run_id, task_id, moment = uuid.uuid4(), uuid.uuid4(), int(time.time() * 1000)
    created = datetime.now(UTC)
    if connection.dialect.name == "sqlite":
        created = created.replace(tzinfo=None)
    walked = {"total": total, "done": 0, "skipped": 0, "created_at": created}
    op.bulk_insert(_RUNS, [{"id": run_id, "kind": kind, "parameters": {}, "counts": dict(counts), **walked}])
    due = {"generation": 0, "job_queue": "text", "state": "queued", "priority": 20, "run_at": moment}
    tried = {"attempts": 0, "max_attempts": 3, "crashes": 0, "fence": 0, "created_at": moment}
    op.bulk_insert(
        _TASKS,
        [{"id": task_id, "root_id": task_id, "subject_id": run_id, "kind": kind, **due, **tried}],
    )
