"""Every file on its way: stage, place in line, attempts, what went wrong, and trying again."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.options import text
from service.dashboard.policy import own_path
from service.dashboard.rendering import render, with_parameter
from service.dashboard.route import PageRoute
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.store import task_lists, tasks
from service.store.task_views import State

router = APIRouter(route_class=PageRoute)
STATES: tuple[State, ...] = ("queued", "running", "failed", "done", "cancelled")
PAGE = 50
_DONE = frozenset(
    {
        "attached",
        "detached",
        "redriven",
        "roles_changed",
        "corrected",
        "turn_kept",
        "source_set",
        "source_removed",
    }
    | {"phrases_saved", "phrases_removed", "phrases_applied"}
    | {"terms_saved", "terms_removed", "terms_applied", "themes_sought", "theme_accepted"}
    | {"rule_saved", "rule_deleted", "rule_applied", "rule_marked"}
)


@router.get("/tasks", name="tasks_page")
def show(request: Request, visitor: Reader, session: SessionDep) -> Response:
    """The list, newest first; it keeps itself up to date where scripts run."""
    asked = request.query_params.get("state")
    states = [state for state in STATES if state == asked]
    page = task_lists.find(session, states=states, cursor=text(request.query_params, "cursor"), limit=PAGE)
    return render(
        request,
        "tasks.html",
        rows=page.items,
        next_cursor=page.next_cursor,
        states=STATES,
        state=states[0] if states else None,
        may_write=visitor.may_write,
        done=done(request),
    )


@router.post("/tasks/{task_id}/redrive", name="redrive_form")
def redrive(
    request: Request, visitor: Reader, fields: OwnForm, task_id: UUID, database: DatabaseDep, jobs: JobsDep
) -> Response:
    """Put a failed task in line again, and ring for it once that is committed."""
    visitor.must_write()
    with database.transaction() as session:
        row = tasks.redrive(session, task_id)
        queued, job_queue = row.id, row.job_queue
    jobs.ring(queued, job_queue)
    return RedirectResponse(with_parameter(own_path(fields.get("back") or "/tasks"), "done", "redriven"), 303)


def done(request: Request) -> str | None:
    """What the form before this page did, if it says so with one of our words."""
    said = request.query_params.get("done")
    return said if said in _DONE else None
