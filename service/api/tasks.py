"""The work on what was sent: how far it is, and once more for what has failed."""

from uuid import UUID

from fastapi import APIRouter, Response

from service.api import shapes
from service.api.callers import Follower, Ingester
from service.api.problems import documented
from service.api.schemas import TaskOut
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.store import tasks

router = APIRouter(tags=["tasks"])


@router.get("/tasks/{task_id}", responses=documented(404))
def get_task(task_id: UUID, caller: Follower, session: SessionDep, response: Response) -> TaskOut:
    """Stage, place in line and attempts; if it failed, a code and a sentence."""
    found = shapes.task(tasks.view(session, task_id))
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found


@router.post("/tasks/{task_id}/redrive", status_code=202, responses=documented(404, 409))
def redrive_task(
    task_id: UUID, caller: Ingester, database: DatabaseDep, jobs: JobsDep, response: Response
) -> TaskOut:
    """Try a failed task again, its attempts counted anew."""
    with database.transaction() as session:
        row = tasks.redrive(session, task_id)
        found = shapes.task(tasks.view(session, task_id))
    jobs.ring(row.id, row.job_queue)
    response.headers["Location"] = f"/v1/tasks/{found.id}"
    return found
