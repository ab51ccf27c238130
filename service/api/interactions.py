"""Interactions: listed, looked at, tied to a customer by hand."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from service.api import shapes
from service.api.bodies import described, json_body
from service.api.callers import Ingester, Reader
from service.api.links import next_page
from service.api.problems import documented
from service.api.schemas import (
    ChannelName,
    Cursor,
    DirectionName,
    InteractionLine,
    InteractionOut,
    InteractionPage,
    Limit,
    StatusName,
    TaskOut,
)
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.intake.roles import RolesChange
from service.store import customers, interactions, roles, summaries, tasks
from service.store.interactions import InteractionFilter

router = APIRouter(tags=["interactions"])
_Name = Annotated[str | None, Query(max_length=200)]


@router.get("/interactions", responses=documented())
def list_interactions(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    response: Response,
    caller: Reader,
    session: SessionDep,
    channel: ChannelName | None = None,
    direction: DirectionName | None = None,
    status: StatusName | None = None,
    source: _Name = None,
    queue: _Name = None,
    agent: _Name = None,
    customer_id: UUID | None = None,
    first: Annotated[date | None, Query(description="First local day")] = None,
    last: Annotated[date | None, Query(description="Last local day")] = None,
    reason: Annotated[str | None, Query(max_length=120, description="A top reason or a sub-reason")] = None,
    reason_match: Annotated[
        Literal["primary", "any"], Query(description="As trends count, or any")
    ] = "primary",
    no_reason: Annotated[str | None, Query(max_length=32, description="abstained, unreliable, ...")] = None,
    emotion: Annotated[str | None, Query(max_length=32, description="One of the customer's")] = None,
    sentiment_shift: Annotated[
        Literal["worse", "better"] | None,
        Query(description="The customer went from +1 or more to -1 or less, or the reverse"),
    ] = None,
    text: Annotated[str | None, Query(max_length=200, description="In the subject or a turn")] = None,
    phrase: Annotated[str | None, Query(max_length=200, description="A saved phrase that was found")] = None,
    phrase_list: Annotated[str | None, Query(max_length=200, description="Any phrase of this list")] = None,
    fact: Annotated[str | None, Query(max_length=200, description="Something that is named in it")] = None,
    fact_kind: Annotated[
        str | None, Query(max_length=16, description="competitor, switch_intent, ...")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> InteractionPage:
    """Interactions, newest first, with their call reasons; the next page is in `Link` and `next_cursor`."""
    filters = InteractionFilter(
        channel=channel,
        direction=direction,
        status=status,
        source=source,
        queue=queue,
        agent=agent,
        customer_id=customer_id,
        first=first,
        last=last,
        reason=reason,
        reason_match=reason_match,
        no_reason=no_reason,
        emotion=emotion,
        sentiment_shift=sentiment_shift,
        text=text,
        phrase=phrase,
        phrase_list=phrase_list,
        fact=fact,
        fact_kind=fact_kind,
    )
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
