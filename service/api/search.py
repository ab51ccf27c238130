"""Search over everything that was said or written."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from service import searching
from service.api.callers import Reader
from service.api.links import next_page
from service.api.narrowing import Narrowed
from service.api.problems import documented
from service.api.schemas import Cursor
from service.api.search_schemas import Indexed, SearchResult, SearchResults
from service.deps import DatabaseDep
from service.searching import Hit, Wanted

router = APIRouter(tags=["search"])


@router.get("/search", responses=documented())
def search(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    response: Response,
    caller: Reader,
    database: DatabaseDep,
    filters: Narrowed,
    q: Annotated[
        str, Query(max_length=1000, description='Words, "phrases", OR, -not, prefix*, customer:word')
    ],
    party: Literal["agent", "customer", "system", "unknown", "subject"] | None = None,
    order: Literal["best", "newest"] = "best",
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Items on a page")] = searching.PAGE,
) -> SearchResults:
    """Interactions in whose subject or turns words stand, with the place; all redacted."""
    wanted = Wanted(text=q, party=party, order=order, filters=filters)
    found = searching.search(database, wanted, cursor=cursor, limit=limit)
    if found.next_cursor:
        response.headers["Link"] = next_page(request, found.next_cursor)
    return SearchResults(
        items=[_result(hit) for hit in found.items],
        indexed=Indexed(done=found.indexed[0], total=found.indexed[1]) if found.indexed else None,
        next_cursor=found.next_cursor,
    )


def _result(hit: Hit) -> SearchResult:
    row = hit.interaction
    named = ("started_at", "channel", "agent", "queue", "customer_id", "subject")
    same = ("score", "turns", "turn", "party", "start_ms")
    return SearchResult(
        interaction_id=row.id,
        text=hit.excerpt.text,
        marks=hit.excerpt.marks,
        **{name: getattr(row, name) for name in named},
        **{name: getattr(hit, name) for name in same},
    )
