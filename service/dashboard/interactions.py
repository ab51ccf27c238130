"""The list of interactions with its filters."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.dashboard.catalogue import words
from service.dashboard.narrowing import narrowed
from service.dashboard.options import options, text
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import SessionDep, SettingsDep
from service.errors import InvalidInput
from service.store import customers, interactions, summaries
from service.store.database import Session
from service.store.identifiers import Identifier
from service.store.interactions import InteractionFilter
from service.store.pages import Page
from service.store.summaries import Summary
from service.store.tables import CustomerRow, IdentifierKind

router = APIRouter(route_class=PageRoute)
PAGE = 50


@router.get("/interactions", name="interactions_page")
def show(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """Interactions, newest first, narrowed by the parameters of the address."""
    query = request.query_params
    named = text(query, "customer")
    asked = narrowed(query, _customer(session, query, named, settings.phone_region))
    cursor = text(query, "cursor")
    page = _find(session, asked, cursor, nobody=named is not None and asked.customer_id is None)
    return render(
        request,
        "interactions.html",
        asked=asked,
        customer_text=named or "",
        filtered=asked != InteractionFilter() or named is not None,
        options=options(session, words(request.state.language)),
        rows=page.items,
        next_cursor=page.next_cursor,
    )


def customers_by(session: Session, value: str, region: str) -> CustomerRow | None:
    """The customer whom a phone, e-mail address or CRM id names, however it is written."""
    for kind in IdentifierKind:
        known = _identifier(kind, value, region)
        row = customers.lookup(session, known.kind, known.value) if known else None
        if row is not None:
            return row
    return None


def _customer(session: Session, query: Mapping[str, str], named: str | None, region: str) -> UUID | None:
    """Who is asked for: by id in a link, or as somebody typed it; a name works where it is the only one."""
    if named is None:
        try:
            return UUID(query.get("customer_id") or "")
        except ValueError:
            return None
    row = customers_by(session, named, region)
    if row is None:
        found = customers.find(session, text=named, limit=2).items
        row = found[0] if len(found) == 1 else None
    return None if row is None else row.id


def _identifier(kind: IdentifierKind, value: str, region: str) -> Identifier | None:
    try:
        return customers.normalise(kind, value, region)
    except InvalidInput:
        return None


def _find(session: Session, asked: InteractionFilter, cursor: str | None, *, nobody: bool) -> Page[Summary]:
    if nobody:  # a customer whom nobody knows has no interactions; without this the list would show all
        return Page([], None)
    page = interactions.find(session, filters=asked, cursor=cursor, limit=PAGE)
    return page.with_items(summaries.of(session, page.items))
