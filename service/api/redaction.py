"""Verifying redaction: a search through all that is stored for what should be masked, or was."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from service.api.archive_run_shapes import run_out
from service.api.callers import Administrator
from service.api.problems import documented
from service.api.schemas import Failure, Shape
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.store import redaction_checks
from service.store.database import Session
from service.store.tables import ArchiveRunRow

router = APIRouter(tags=["redaction"])


class RemainsOut(Shape):
    """How many values of a kind are left in one place; never the values."""

    place: str = Field(description="Table and column, or kind of file")
    kind: str
    known: bool = Field(description="true: it was masked when it came in; false: it looks as if it should be")
    count: int


class RedactionCheck(Shape):
    """A search through all that is stored."""

    id: UUID
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    error: Failure | None
    total: int = Field(description="Interactions at the beginning")
    done: int
    remains: Sequence[RemainsOut] = Field(description="What is left, most first")
    interactions: Sequence[UUID] = Field(description="Those concerned, at most 1000")


@router.post("/redaction/checks", status_code=202, responses=documented())
def check_redaction(
    caller: Administrator, database: DatabaseDep, jobs: JobsDep, response: Response
) -> RedactionCheck:
    """Search everything that is stored for what should be masked, or was; its address is in `Location`."""
    with database.transaction() as session:
        run, task = redaction_checks.begin(session)
        found = _check(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/redaction/checks/{found.id}"
    return found


@router.get("/redaction/checks/{check_id}", responses=documented(404))
def get_redaction_check(
    check_id: UUID, caller: Administrator, session: SessionDep, response: Response
) -> RedactionCheck:
    """How far the search is, and what it has found."""
    found = _check(session, redaction_checks.get(session, check_id))
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found


def _check(session: Session, run: ArchiveRunRow) -> RedactionCheck:
    job = run_out(session, run)
    return RedactionCheck(
        remains=[RemainsOut.model_validate(one) for one in redaction_checks.remains(run.counts)],
        interactions=redaction_checks.interactions(run),
        **{name: getattr(job, name) for name in ("id", "state", "error", "total", "done")},
    )
