"""Lists of terms: products, competitors, places; saved, changed, applied to the archive."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response
from pydantic import Field

from service.api.archive_run_shapes import ArchiveRunOut, run_out
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.schemas import Shape
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.intake.term_lists import Kind, TermListSettings, TermSettings
from service.store import facts, term_lists, versions
from service.store.tables import TermListRow

router = APIRouter(tags=["facts"])
_Name = Annotated[str, Path(min_length=1, max_length=200)]
_IfMatch = Annotated[str | None, Header(description="ETag of the list as it was read")]


class TermListOut(Shape):
    """One list."""

    name: str
    kind: Kind
    version: int = Field(description="One more with each change")
    terms: Sequence[TermSettings]
    created_at: datetime
    updated_at: datetime


class TermLists(Shape):
    """Every list, by name."""

    items: Sequence[TermListOut]


@router.get("/term-lists", responses=documented())
def list_term_lists(caller: Reader, session: SessionDep) -> TermLists:
    """Every list; its terms are found in each new interaction, in the forms of their language."""
    return TermLists(items=[TermListOut.model_validate(row) for row in term_lists.list_all(session)])


@router.get("/term-lists/{name}", responses=documented(404))
def get_term_list(name: _Name, caller: Reader, session: SessionDep, response: Response) -> TermListOut:
    """One list."""
    return _answer(term_lists.get(session, name), response)


@router.put("/term-lists/{name}", responses=documented(412), openapi_extra=described(TermListSettings))
def put_term_list(
    name: _Name,
    caller: Administrator,
    wanted: Annotated[TermListSettings, Depends(json_body(TermListSettings))],
    database: DatabaseDep,
    response: Response,
    if_match: _IfMatch = None,
) -> TermListOut:
    """Write a list as a whole; it applies to interactions analysed from now on."""
    terms = wanted.checked()
    with database.transaction() as session:
        row, created = term_lists.put(session, name, wanted.kind, terms, if_match=if_match)
        response.status_code = 201 if created else 200
        return _answer(row, response)


@router.delete("/term-lists/{name}", status_code=204, responses=documented(404, 412))
def delete_term_list(
    name: _Name, caller: Administrator, database: DatabaseDep, if_match: _IfMatch = None
) -> None:
    """Forget a list and everything that was found by it."""
    with database.transaction() as session:
        term_lists.delete(session, name, if_match=if_match)


@router.post("/term-lists/apply", status_code=202, responses=documented())
def apply_term_lists(
    caller: Administrator, database: DatabaseDep, jobs: JobsDep, response: Response
) -> ArchiveRunOut:
    """Seek facts in the whole archive anew, with the lists of today; the job's address is in `Location`."""
    with database.transaction() as session:
        run, task = facts.begin_again(session)
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/archive-runs/{found.id}"
    return found


def _answer(row: TermListRow, response: Response) -> TermListOut:
    response.headers["ETag"] = versions.etag(row)
    return TermListOut.model_validate(row)
