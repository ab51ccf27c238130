"""Imports: a file of many rows and its mapping come in; how far it is and which lines were not taken."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.responses import JSONResponse, StreamingResponse

from service.api.arrivals import RETRY_AFTER, Intake, IntakeDep, shown_name
from service.api.callers import Follower, Ingester
from service.api.problems import documented
from service.api.schemas import Failure, Limit, Shape
from service.deps import DatabaseDep, SessionDep
from service.errors import InvalidInput
from service.intake.form import MAPPING_PARTS, OVERHEAD_BYTES, FormReader
from service.intake.imports.mapping import Mapping, parse_mapping
from service.intake.imports.reading import format_of
from service.intake.spool import fill
from service.store import imports, tasks
from service.store.database import Database, Session
from service.store.tables import ImportRow

router = APIRouter(tags=["ingest"])

_FORM = {
    "type": "object",
    "required": ["file", "mapping"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "CSV, JSONL or JSON"},
        "mapping": {"type": "string", "description": "TOML or JSON, see `overtone ingest --mapping-example`"},
    },
}
_BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}


class ImportOut(Shape):
    """One file on its way."""

    id: UUID
    state: Literal["queued", "running", "done", "failed"]
    file_name: str | None
    bytes: int
    encoding: str | None = Field(description="As it was told or found")
    line: int = Field(description="The last line that is done with; of JSON, the record")
    imported: int = Field(description="New interactions")
    existing: int = Field(description="Interactions that had come before")
    bad: int = Field(description="Stretches of lines that were not taken")
    failure: Failure | None = Field(description="Why the whole file could not be read")
    report: str = Field(description="Address of the report of bad lines as CSV")
    created_at: datetime
    finished_at: datetime | None


class BadLinesOut(Shape):
    """Lines that were not taken; never what stands in them."""

    number: int
    first_line: int
    last_line: int
    code: str
    detail: str


class BadLinesPage(Shape):
    """In the order of the file; ``next_after`` asks for more."""

    items: Sequence[BadLinesOut]
    next_after: int | None


_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": ImportOut, "description": "Accepted: its address is in `Location`"}
}


class _NoInspector:
    def feed(self, piece: bytes) -> None:
        """Nothing to look for."""

    def end(self) -> None:
        """Nothing to say."""


@router.post(
    "/imports",
    responses=_ACCEPTED | documented(413, 429),
    openapi_extra=_BODY,
    status_code=202,
)
async def post_import(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send a file of many chats, notes, comments, surveys or posts with the mapping of its columns.

    Rows are entered one by one, once each by `source` and `external_id`; bad ones are reported by line.
    """
    form = FormReader(request.headers.get("content-type", ""), MAPPING_PARTS)
    limit = intake.settings.max_import_bytes + OVERHEAD_BYTES
    with intake.spool(_NoInspector()) as spool:
        rest = await fill(spool, form.file(request.stream()), limit=limit, threads=intake.threads)
        begin = partial(_begin, intake, spool, rest, form)
        found = await anyio.to_thread.run_sync(begin, limiter=intake.threads)
    headers = {"Location": f"/v1/imports/{found.id}", "Retry-After": RETRY_AFTER}
    return JSONResponse(found.model_dump(mode="json"), 202, headers)


@router.get("/imports", responses=documented())
def list_imports(caller: Follower, session: SessionDep, limit: Limit = 50) -> list[ImportOut]:
    """The newest imports, the newest first."""
    return [_out(session, row) for row in imports.latest(session, limit=limit)]


@router.get("/imports/{import_id}", responses=documented(404))
def get_import(import_id: UUID, caller: Follower, session: SessionDep, response: Response) -> ImportOut:
    """How far an import is."""
    found = _out(session, imports.get(session, import_id))
    if found.finished_at is None:
        response.headers["Retry-After"] = RETRY_AFTER
    return found


@router.get("/imports/{import_id}/bad-rows", responses=documented(404))
def list_bad_rows(
    import_id: UUID,
    caller: Follower,
    session: SessionDep,
    after: Annotated[int, Query(ge=0, description="`next_after` of the page before")] = 0,
    limit: Limit = 200,
) -> BadLinesPage:
    """The lines that were not taken, with a code and a sentence each."""
    imports.get(session, import_id)
    rows = imports.bad_rows(session, import_id, after=after, limit=limit)
    items = [BadLinesOut.model_validate(row) for row in rows]
    return BadLinesPage(items=items, next_after=rows[-1].number if len(rows) == limit else None)


@router.get("/imports/{import_id}/report", responses=documented(404), response_class=StreamingResponse)
def get_import_report(
    import_id: UUID, caller: Follower, session: SessionDep, database: DatabaseDep
) -> StreamingResponse:
    """The same lines as a CSV file."""
    imports.get(session, import_id)
    headers = {"Content-Disposition": f'attachment; filename="import-{import_id}.csv"'}
    return StreamingResponse(_report(database, import_id), media_type="text/csv", headers=headers)


def _begin(intake: Intake, spool: Any, rest: bytes, form: FormReader) -> ImportOut:
    mapping = _mapping(form)
    if rest:
        spool.write(rest)
    if not spool.size:
        raise InvalidInput("empty_file", "The file is empty.", "Send a file with rows.")
    name = shown_name(form.file_name)
    format_of(mapping, name)
    blob = spool.commit()
    plain = mapping.model_dump(mode="json", exclude_unset=True)
    with intake.database.transaction() as session:
        row, task = imports.begin(
            session, blob, plain, file_name=name, max_attempts=intake.settings.max_attempts
        )
        found = _out(session, row)
    intake.jobs.ring(task.id, task.job_queue)
    return found


def _mapping(form: FormReader) -> Mapping:
    if form.mapping is None:
        raise InvalidInput(
            "missing_mapping", "The form has no part named mapping.", "Add the mapping as `mapping`."
        )
    return parse_mapping(form.mapping)


def _out(session: Session, row: ImportRow) -> ImportOut:
    view = tasks.view(session, imports.task_of(session, row.id).id)
    dead = view.state in ("failed", "cancelled")
    code = row.failure_code or (view.error_code if dead else None)
    failure = Failure(code=code, detail=row.failure_detail or view.error_detail or "") if code else None
    over = "failed" if failure or dead else "done" if row.finished_at else view.state
    return ImportOut(
        id=row.id,
        state="running" if over == "done" and row.finished_at is None else over,
        file_name=row.file_name,
        bytes=row.blob_bytes,
        encoding=row.encoding,
        line=row.reached,
        imported=row.imported,
        existing=row.existing,
        bad=row.bad,
        failure=failure,
        report=f"/v1/imports/{row.id}/report",
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def _report(database: Database, import_id: UUID) -> Iterator[str]:
    yield "first_line,last_line,code,detail\r\n"
    after: int | None = 0
    while after is not None:
        with database.reading() as session:
            rows = imports.bad_rows(session, import_id, after=after, limit=1000)
            written = io.StringIO()
            writer = csv.writer(written)
            for row in rows:
                writer.writerow((row.first_line, row.last_line, row.code, row.detail))
            after = rows[-1].number if len(rows) == 1000 else None
        yield written.getvalue()
