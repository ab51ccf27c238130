"""Interactions: listed, looked at, tied to a customer by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from service.api import shapes
from service.api.bodies import described, json_body
from service.api.callers import Ingester, Reader
from service.api.links import next_page
from service.api.narrowing import Narrowed
from service.api.problems import documented
from service.api.schemas import (
    Cursor,
    InteractionLine,
    InteractionOut,
    InteractionPage,
    Limit,
    TaskOut,
)
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.intake.roles import RolesChange
from service.store import customers, interactions, roles, summaries, tasks

router = APIRouter(tags=["interactions"])


@router.get("/interactions", responses=documented())
def list_interactions(
    request: Request,
    response: Response,
    caller: Reader,
    session: SessionDep,
    filters: Narrowed,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> InteractionPage:
    """Interactions, newest first, with their call reasons; the next page is in `Link` and `next_cursor`."""
    page = interactions.find(session, filters=filters, cursor=cursor, limit=limit)
    if page.next_cursor:
        response.headers["Link"] = next_page(request, page.next_cursor)
    lines = [shapes.line(summary) for summary in summaries.of(session, page.items)]
    return InteractionPage(items=lines, next_cursor=page.next_cursor)


@router.get("/interactions/{interaction_id}", responses=documented(404))
def get_interaction(interaction_id: UUID, caller: Reader, session: SessionDep) -> InteractionLine:
    """One interaction; its turns, findings and audio have addresses below it."""
    row = interactions.get(session, interaction_id)
    return shapes.line(summaries.of(session, [row])[0])


@router.patch(
    "/interactions/{interaction_id}",
    status_code=202,
    responses=documented(404, 409),
    openapi_extra=described(RolesChange),
)
def change_roles(
    interaction_id: UUID,
    caller: Ingester,
    change: Annotated[RolesChange, Depends(json_body(RolesChange))],
    database: DatabaseDep,
    jobs: JobsDep,
    response: Response,
) -> TaskOut:
    """Put right who is agent and who customer; everything found is recomputed, nothing is heard again.

    Until the task is done, findings and trends are those of the roles before.
    """
    with database.transaction() as session:
        task = roles.change(
            session,
            interaction_id,
            channel_map=change.channel_map,
            speakers=change.speakers,
        )
        found = shapes.task(tasks.view(session, task.id))
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/tasks/{found.id}"
    return found


@router.put("/interactions/{interaction_id}/customer/{customer_id}", responses=documented(404))
def attach_customer(
    interaction_id: UUID, customer_id: UUID, caller: Ingester, database: DatabaseDep
) -> InteractionOut:
    """Tie an interaction to a customer, instead of the one it had."""
    with database.transaction() as session:
        return shapes.interaction(customers.attach(session, interaction_id, customer_id))


@router.delete("/interactions/{interaction_id}/customer", responses=documented(404))
def detach_customer(interaction_id: UUID, caller: Ingester, database: DatabaseDep) -> InteractionOut:
    """Untie an interaction from its customer."""
    with database.transaction() as session:
        return shapes.interaction(customers.detach(session, interaction_id))
