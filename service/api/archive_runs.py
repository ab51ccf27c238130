"""Jobs over the archive: how far they are, what was counted before and after."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from service.api.callers import Reader
from service.api.problems import documented
from service.api.schemas import Failure, Shape
from service.deps import SessionDep
from service.store import archive_runs, archive_walk, tasks
from service.store.database import Session
from service.store.tables import ArchiveRunRow

router = APIRouter(tags=["archive runs"])
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


@router.get("/archive-runs", responses=documented())
def list_archive_runs(
    caller: Reader,
    session: SessionDep,
    kind: Annotated[str, Query(max_length=32)],
    about: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ArchiveRuns:
    """The newest jobs of a kind, those about one thing if `about` is given."""
    rows = archive_runs.latest(session, kind, about=about, limit=limit)
    return ArchiveRuns(items=[run_out(session, row) for row in rows])


@router.get("/archive-runs/{run_id}", responses=documented(404))
def get_archive_run(run_id: UUID, caller: Reader, session: SessionDep, response: Response) -> ArchiveRunOut:
    """How far a job over the archive is, and what was counted before and after."""
    found = run_out(session, archive_runs.get(session, run_id))
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found
