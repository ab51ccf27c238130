"""Customers: found by what they are known by, with their history, changed by hand."""

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response

from service.api import shapes
from service.api.bodies import described, json_body
from service.api.callers import Ingester, Reader
from service.api.customer_schemas import (
    CustomerChange,
    CustomerDetail,
    CustomerOut,
    CustomerPage,
    IdentifierName,
    IdentifierOut,
    LastReasonOut,
    MonthOfEmotionOut,
    NewIdentifier,
    TimelinePage,
)
from service.api.problems import documented
from service.api.schemas import Cursor, Limit
from service.deps import DatabaseDep, SessionDep, SettingsDep
from service.errors import PreconditionFailed
from service.store import customer_edits, customers, histories
from service.store.database import Session
from service.store.tables import CustomerRow

router = APIRouter(tags=["customers"])
_Written = Annotated[str | None, Query(max_length=320)]
_IfMatch = Annotated[str | None, Header(description="ETag of the customer as it was read")]


@router.get("/customers", responses=documented())
def list_customers(  # noqa: PLR0913 - each is a query parameter
    caller: Reader,
    session: SessionDep,
    settings: SettingsDep,
    phone: _Written = None,
    email: _Written = None,
    crm_id: _Written = None,
    text: Annotated[str | None, Query(max_length=200, description="In a name or an identifier")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CustomerPage:
    """Customers, newest first; by an identifier, written in any usual way, none or the one that has it."""
    given = {"phone": phone, "email": email, "crm": crm_id}
    named = {kind: value for kind, value in given.items() if value is not None}
    if not named:
        page = customers.find(session, text=text, cursor=cursor, limit=limit)
        return CustomerPage(items=_shown(session, list(page.items)), next_cursor=page.next_cursor)
    found: dict[UUID, CustomerRow] = {}
    for kind, value in named.items():
        wanted = customers.normalise(kind, value, region=settings.phone_region)
        row = customers.lookup(session, wanted.kind, wanted.value)
        if row is not None:
            found[row.id] = row
    return CustomerPage(items=_shown(session, list(found.values())), next_cursor=None)


@router.get("/customers/{customer_id}", responses=documented(404))
def get_customer(
    customer_id: UUID,
    caller: Reader,
    session: SessionDep,
    response: Response,
    cursor: Annotated[Cursor, Query(description="Further down the timeline")] = None,
    limit: Limit = 50,
) -> CustomerDetail:
    """One customer with timeline, last reasons and how they felt month by month."""
    row = customers.get(session, customer_id)
    response.headers["ETag"] = _etag(row)
    page = histories.timeline(session, customer_id, cursor=cursor, limit=limit)
    lines = [shapes.line(summary) for summary in page.items]
    reasons = histories.last_reasons(session, customer_id)
    months = histories.emotion_trend(session, customer_id)
    return CustomerDetail(
        **_shown(session, [row])[0].model_dump(),
        timeline=TimelinePage(items=lines, next_cursor=page.next_cursor),
        last_reasons=[LastReasonOut.model_validate(reason) for reason in reasons],
        emotion_trend=[MonthOfEmotionOut.model_validate(month) for month in months],
    )


@router.patch(
    "/customers/{customer_id}", responses=documented(404, 412), openapi_extra=described(CustomerChange)
)
def change_customer(
    customer_id: UUID,
    caller: Ingester,
    change: Annotated[CustomerChange, Depends(json_body(CustomerChange))],
    database: DatabaseDep,
    response: Response,
    if_match: _IfMatch = None,
) -> CustomerOut:
    """Change name and attributes; with `If-Match` only if nobody else did meanwhile."""
    with database.transaction() as session:
        _check_unchanged(customers.get(session, customer_id), if_match)
        if "name" in change.model_fields_set:
            customer_edits.rename(session, customer_id, change.name)
        if change.attributes:
            customer_edits.change_attributes(session, customer_id, change.attributes)
        return _answer(session, customer_id, response)


@router.post(
    "/customers/{customer_id}/identifiers",
    responses=documented(404, 409),
    openapi_extra=described(NewIdentifier),
)
def add_customer_identifier(
    customer_id: UUID,
    caller: Ingester,
    new: Annotated[NewIdentifier, Depends(json_body(NewIdentifier))],
    database: DatabaseDep,
    settings: SettingsDep,
    response: Response,
) -> CustomerOut:
    """Let a customer be known by one more phone, e-mail address or CRM id."""
    identifier = customers.normalise(new.kind, new.value, region=settings.phone_region)
    with database.transaction() as session:
        customer_edits.add_identifier(session, customer_id, identifier)
        return _answer(session, customer_id, response)


@router.delete("/customers/{customer_id}/identifiers/{kind}/{value:path}", responses=documented(404))
def remove_customer_identifier(
    customer_id: UUID,
    kind: IdentifierName,
    value: str,
    caller: Ingester,
    database: DatabaseDep,
    settings: SettingsDep,
    response: Response,
) -> CustomerOut:
    """Let a customer no longer be known by an identifier."""
    identifier = customers.normalise(kind, value, region=settings.phone_region)
    with database.transaction() as session:
        customer_edits.remove_identifier(session, customer_id, identifier)
        return _answer(session, customer_id, response)


def _shown(session: Session, rows: list[CustomerRow]) -> list[CustomerOut]:
    known = customers.identifiers_of(session, [row.id for row in rows])
    return [
        CustomerOut(
            id=row.id,
            name=row.name,
            attributes=row.attributes,
            identifiers=[IdentifierOut.model_validate(one) for one in known[row.id]],
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def _answer(session: Session, customer_id: UUID, response: Response) -> CustomerOut:
    row = customers.get(session, customer_id)
    response.headers["ETag"] = _etag(row)
    return _shown(session, [row])[0]


def _etag(row: CustomerRow) -> str:
    return f'"{hashlib.sha256(f"{row.id} {row.updated_at.isoformat()}".encode()).hexdigest()[:20]}"'


def _check_unchanged(row: CustomerRow, if_match: str | None) -> None:
    if if_match is None or if_match.strip() == "*":
        return
    if _etag(row) not in [tag.strip() for tag in if_match.split(",")]:
        raise PreconditionFailed(
            "changed_meanwhile",
            "The customer has changed since it was read.",
            "Read it again and repeat the change with the new ETag.",
        )
