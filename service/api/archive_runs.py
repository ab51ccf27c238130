"""Jobs over the archive: how far they are, what was counted before and after."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from service.api.archive_run_shapes import ArchiveRunOut, ArchiveRuns, run_out
from service.api.callers import Reader
from service.api.problems import documented
from service.deps import SessionDep
from service.store import archive_runs

router = APIRouter(tags=["archive runs"])


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
