"""Jobs over the archive as their callers see them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from service.api.schemas import Failure, Shape
from service.store import archive_walk, tasks
from service.store.database import Session
from service.store.tables import ArchiveRunRow

_DIFFERENT = {"state", "error"}


class ArchiveRunOut(Shape):
    """A job that applies one thing to the archive."""

    id: UUID
    kind: str
    about: UUID | None = Field(description="The id of what is applied")
    parameters: Mapping[str, Any]
    first: date | None
    last: date | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    error: Failure | None
    total: int = Field(description="Interactions at the beginning")
    done: int
    skipped: int
    counts: Mapping[str, int] = Field(description="What was counted so far, before and after")
    created_at: datetime
    finished_at: datetime | None


class ArchiveRuns(Shape):
    """The newest jobs of a kind, the newest first."""

    items: Sequence[ArchiveRunOut]


def run_out(session: Session, run: ArchiveRunRow) -> ArchiveRunOut:
    """A job with the state of its task."""
    view = tasks.view(session, archive_walk.task_of(session, run.id).id)
    same = {name: getattr(run, name) for name in ArchiveRunOut.model_fields if name not in _DIFFERENT}
    failure = Failure(code=view.error_code, detail=view.error_detail or "") if view.error_code else None
    return ArchiveRunOut(**same, state=view.state, error=failure)
