"""Examples of reasons: sent as CSV or JSON, taken from turns, listed, removed."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from service.api.arrivals import read_document
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.reason_model_schemas import (
    BadRowOut,
    ExampleImportOut,
    ExampleOut,
    ExamplePage,
    TurnExample,
)
from service.deps import BlobsDep, DatabaseDep, JobsDep, SessionDep
from service.intake.reason_examples import read_csv, read_json
from service.store import reason_examples, taxonomies

router = APIRouter(tags=["taxonomies"])
MAX_BYTES = 16 * 1024**2
_Name = Annotated[str, Path(min_length=1, max_length=64)]
_ROW = {"type": "object", "properties": {"text": {"type": "string"}, "label": {"type": "string"}}}
_EXAMPLES = {"type": "object", "properties": {"examples": {"type": "array", "items": _ROW}}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": _EXAMPLES}},
    }
}


async def _content(request: Request) -> tuple[bytes, bool]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await read_document(request, limit=MAX_BYTES), kind == "application/json"


@router.get("/taxonomies/{name}/examples", responses=documented(404))
def list_reason_examples(
    name: _Name,
    caller: Reader,
    session: SessionDep,
    reason: Annotated[str | None, Query(max_length=120)] = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ExamplePage:
    """The examples of a taxonomy or of one of its reasons, redacted, the newest first."""
    row = taxonomies.get(session, name)
    rows = reason_examples.of(session, row, reason=reason, after=cursor, limit=limit + 1)
    return ExamplePage(
        items=[ExampleOut.model_validate(one) for one in rows[:limit]],
        next_cursor=str(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post(
    "/taxonomies/{name}/examples", status_code=202, responses=documented(404, 413), openapi_extra=_BODY
)
def post_reason_examples(
    name: _Name,
    caller: Administrator,
    content: Annotated[tuple[bytes, bool], Depends(_content)],
    database: DatabaseDep,
    blobs: BlobsDep,
    jobs: JobsDep,
    response: Response,
) -> ExampleImportOut:
    """Send examples as a CSV with the columns text,label, or as JSON; a worker redacts and keeps them.

    Rows that cannot be used are told by line, all others are taken.
    """
    body, is_json = content
    with database.transaction() as session:
        known = reason_examples.label_names(taxonomies.get(session, name))
        given = read_json(body, known) if is_json else read_csv(body, known)
        row, task = reason_examples.begin_import(session, blobs, name, given.examples, author=caller.name)
        found = ExampleImportOut(
            id=row.id,
            task_id=task.id,
            accepted=row.given,
            bad_rows=[BadRowOut.model_validate(bad) for bad in given.bad_rows],
        )
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/tasks/{task.id}"
    return found


@router.post(
    "/taxonomies/{name}/examples/from-turn",
    status_code=201,
    responses=documented(404, 409),
    openapi_extra=described(TurnExample),
)
def post_turn_example(
    name: _Name,
    caller: Administrator,
    wanted: Annotated[TurnExample, Depends(json_body(TurnExample))],
    database: DatabaseDep,
) -> ExampleOut:
    """Make a turn of an interaction an example; it is redacted already."""
    with database.transaction() as session:
        made = reason_examples.add_turn(
            session, name, wanted.reason, wanted.interaction_id, wanted.turn, author=caller.name
        )
        return ExampleOut.model_validate(made)


@router.delete("/taxonomies/{name}/examples/{example_id}", status_code=204, responses=documented(404))
def delete_reason_example(
    name: _Name, example_id: UUID, caller: Administrator, database: DatabaseDep
) -> None:
    """Forget an example."""
    with database.transaction() as session:
        reason_examples.remove(session, name, example_id)
