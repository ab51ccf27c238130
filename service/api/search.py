"""Search over everything that was said or written."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from service import searching
from service.api.callers import Reader
from service.api.links import next_page
from service.api.narrowing import Narrowed
from service.api.problems import documented
from service.api.schemas import Cursor
from service.api.search_schemas import Indexed, SearchResult, SearchResults
from service.deps import DatabaseDep, JobsDep
from service.searching import Found, Hit, Wanted

router = APIRouter(tags=["search"])


_Limit = Annotated[int, Query(ge=1, le=100, description="Items on a page")]


@router.get("/search", responses={**documented(404, 409, 429), 202: {"model": SearchResults}})
def search(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    response: Response,
    caller: Reader,
    database: DatabaseDep,
    jobs: JobsDep,
    filters: Narrowed,
    q: Annotated[
        str, Query(max_length=1000, description='Words, "phrases", OR, -not, prefix*, customer:word')
    ],
    mode: Annotated[
        Literal["words", "meaning", "both"], Query(description="`both`: the two rankings as one")
    ] = "words",
    party: Literal["agent", "customer", "system", "unknown", "subject"] | None = None,
    order: Annotated[Literal["best", "newest"], Query(description="Of a search by words")] = "best",
    cursor: Cursor = None,
    limit: _Limit = searching.PAGE,
) -> SearchResults:
    """Interactions in whose subject or turns words stand, or that are about the same, with the place.

    By meaning a worker answers; where none does within three seconds, the answer is 202 with the address to
    ask again in `Location`. Its pages can be read for 15 minutes.
    """
    wanted = Wanted(text=q, mode=mode, party=party, order=order, filters=filters)
    return _answer(request, response, searching.search(database, jobs, wanted, cursor=cursor, limit=limit))


@router.get(
    "/interactions/{interaction_id}/similar",
    responses={**documented(404, 409, 429), 202: {"model": SearchResults}},
)
def list_similar_interactions(
    request: Request,
    response: Response,
    interaction_id: UUID,
    caller: Reader,
    database: DatabaseDep,
    jobs: JobsDep,
    cursor: Cursor = None,
    limit: _Limit = searching.PAGE,
) -> SearchResults:
    """Interactions of other customers that are about the same, the most alike first; like a search."""
    wanted = Wanted(like=interaction_id)
    return _answer(request, response, searching.search(database, jobs, wanted, cursor=cursor, limit=limit))


def _answer(request: Request, response: Response, found: Found) -> SearchResults:
    if found.next_cursor:
        response.headers["Link"] = next_page(request, found.next_cursor)
    if found.waiting:
        response.status_code = 202
        response.headers["Location"] = next_page(request, found.waiting)[1:].partition(">")[0]
        response.headers["Retry-After"] = "1"
    return SearchResults(
        items=[_result(hit) for hit in found.items],
        state="waiting" if found.waiting else "done",
        measurable=found.measurable,
        indexed=Indexed(done=found.indexed[0], total=found.indexed[1]) if found.indexed else None,
        next_cursor=found.next_cursor,
    )


def _result(hit: Hit) -> SearchResult:
    row = hit.interaction
    named = ("started_at", "channel", "agent", "queue", "customer_id", "subject")
    same = ("score", "sources", "turns", "turn", "party", "start_ms")
    return SearchResult(
        interaction_id=row.id,
        text=hit.excerpt.text,
        marks=hit.excerpt.marks,
        **{name: getattr(row, name) for name in named},
        **{name: getattr(hit, name) for name in same},
    )
