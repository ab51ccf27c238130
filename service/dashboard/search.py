"""The search: one box, filters, and for each interaction found the place where it was said."""

from collections.abc import Mapping
from typing import get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service import searching
from service.dashboard.catalogue import words
from service.dashboard.narrowing import narrowed
from service.dashboard.options import identifier, options
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import DatabaseDep, JobsDep
from service.errors import InvalidInput
from service.jobs import Jobs
from service.search.parsing import PARTIES
from service.searching import MODES, Found, Mode, Wanted
from service.store.database import Database
from service.store.text_search import Order

router = APIRouter(route_class=PageRoute)
LONGEST = 1000  # signs of a query; the rest is cut off, as a browser would
ORDERS: tuple[Order, ...] = get_args(Order)


@router.get("/search", name="search_page")
def show(request: Request, visitor: Reader, database: DatabaseDep, jobs: JobsDep) -> Response:
    """The box with what was typed, and a page of hits; the address says it all, so it can be kept."""
    query = request.query_params
    wanted = _wanted(query)
    found, mistake = _found(database, jobs, wanted, query)
    with database.reading() as session:
        choices = options(session, words(request.state.language))
    return render(
        request,
        "search.html",
        wanted=wanted,
        parties=PARTIES,
        orders=ORDERS,
        modes=MODES,
        options=choices,
        narrowed=any(
            query.get(name) for name in ("channel", "reason", "queue", "agent", "emotion", "first", "last")
        ),
        found=found,
        mistake=mistake,
    )


def _wanted(query: Mapping[str, str]) -> Wanted:
    party, order = query.get("party"), query.get("order")
    return Wanted(
        text=(query.get("q") or "").strip()[:LONGEST],
        party=party if party in PARTIES else None,
        mode=_mode(query),
        like=identifier(query, "similar"),
        order="newest" if order == "newest" else "best",
        filters=narrowed(query),
    )


def _mode(query: Mapping[str, str]) -> Mode:
    return next((mode for mode in MODES if mode == query.get("mode")), "words")


def _found(
    database: Database, jobs: Jobs, wanted: Wanted, query: Mapping[str, str]
) -> tuple[Found | None, str | None]:
    """A page of hits, or what is wrong with the query."""
    if not wanted.text and wanted.like is None:
        return None, None
    try:
        return searching.search(database, jobs, wanted, cursor=query.get("cursor") or None), None
    except InvalidInput as error:
        if error.code != "bad_search":
            raise
        return None, f"{error.detail} {error.remedy}"
