"""How every interaction comes in over HTTP: metadata first, then the body streamed, then one short answer."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from email.utils import collapse_rfc2231_value
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import anyio
import anyio.to_thread
from fastapi import Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from service.deps import BlobsDep, Caller, JobsDep, SettingsDep
from service.errors import InvalidInput
from service.intake import metadata
from service.intake.form import FormReader
from service.intake.identify import identifiers
from service.intake.ledger import Ledger
from service.intake.metadata import Metadata
from service.intake.receive import Accepted, Arrival, RequestKey, accompanied, receive
from service.intake.spool import Inspector, Spool, fill, too_large
from service.jobs import Jobs
from service.settings import Settings
from service.store.blobs import Blobs
from service.store.database import Database

RETRY_AFTER = "2"  # seconds until it makes sense to look at a new task
_LONGEST_KEY = 200
_LONGEST_NAME = 255


class AcceptedOut(BaseModel):
    """Where to follow what was sent. ``created`` is false where it had come before: no new work then."""

    task_id: UUID
    interaction_id: UUID
    created: bool
    task: str = Field(description="Address of the task, as in `Location`")
    interaction: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What receiving works with."""

    settings: Settings
    database: Database
    ledger: Ledger
    blobs: Blobs
    jobs: Jobs
    threads: anyio.CapacityLimiter

    def spool(self, inspector: Inspector) -> Spool:
        """A place for one body."""
        return Spool(self.blobs, inspector, min_free_bytes=self.settings.min_free_bytes)

    def enter(self, spool: Spool, arrival: Arrival, request_key: RequestKey | None) -> Accepted:
        """Keep it and its rows; blocks."""
        return receive(
            self.database,
            self.ledger,
            self.jobs,
            content=spool,
            arrival=arrival,
            settings=self.settings,
            request_key=request_key,
        )


async def _intake(request: Request, settings: SettingsDep, blobs: BlobsDep, jobs: JobsDep) -> Intake:
    state = request.app.state
    return Intake(settings, state.database, state.ledger, blobs, jobs, state.intake_threads)


IntakeDep = Annotated[Intake, Depends(_intake)]
Describe = Callable[[Metadata, str | None], Arrival]


async def take(
    request: Request,
    intake: Intake,
    caller: Caller,
    *,
    inspector: Inspector,
    limit: int,
    describe: Describe,
) -> JSONResponse:
    """Take the body of ``request``, raw or as a form. ``describe`` makes the arrival once it is whole.

    What is said in the address or a header is judged before the body is read.
    """
    fields = said(request)
    request_key = request_key_of(request, caller)
    form = _form(request)
    if form is None:
        identifiers(metadata.parse(fields), None, region=intake.settings.phone_region)
    _check_declared(request, limit)
    with intake.spool(inspector) as spool:
        pieces = form.file(request.stream()) if form else request.stream()
        rest = await fill(spool, pieces, limit=limit, threads=intake.threads)
        finish = partial(_finish, intake, spool, rest, describe, form, fields, request, request_key)
        return answer(await anyio.to_thread.run_sync(finish, limiter=intake.threads))


def _finish(
    intake: Intake,
    spool: Spool,
    rest: bytes,
    describe: Describe,
    form: FormReader | None,
    said: dict[str, Any],
    request: Request,
    request_key: RequestKey | None,
) -> Accepted:
    if rest:
        spool.write(rest)
    spool.end()
    fields = metadata.merged(form.metadata, said) if form else said
    name = form.file_name if form else _disposition_name(request)
    arrival = describe(metadata.parse(fields), shown_name(name))
    if form is not None and form.transcript is not None:
        arrival = accompanied(arrival, form.transcript)
    return intake.enter(spool, arrival, request_key)


async def read_document(request: Request, *, limit: int) -> bytes:
    """A small body as a whole. Raises TooLarge."""
    _check_declared(request, limit)
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        pieces.append(piece)
    return b"".join(pieces)


def request_key_of(request: Request, caller: Caller) -> RequestKey | None:
    """The Idempotency-Key of a request. Raises InvalidInput(invalid_idempotency_key)."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput(
            "invalid_idempotency_key",
            f"An Idempotency-Key has 1 to {_LONGEST_KEY} printable ASCII characters.",
            "Use a UUID.",
        )
    return RequestKey(caller.key_id, key)


def accepted_out(accepted: Accepted) -> AcceptedOut:
    """Where to look at what was sent."""
    return AcceptedOut(
        task_id=accepted.task_id,
        interaction_id=accepted.interaction_id,
        created=accepted.created,
        task=f"/v1/tasks/{accepted.task_id}",
        interaction=f"/v1/interactions/{accepted.interaction_id}",
    )


def answer(accepted: Accepted) -> JSONResponse:
    """202 for new work, 200 for what had come before; both say where to look."""
    body = accepted_out(accepted)
    headers = {"Location": body.task} | ({"Retry-After": RETRY_AFTER} if accepted.created else {})
    return JSONResponse(body.model_dump(mode="json"), 202 if accepted.created else 200, headers)


def shown_name(name: str | None) -> str | None:
    """A sender's file name as it may be kept: no folders, no control signs, never used as a path."""
    if not name:
        return None
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    return "".join(sign for sign in last if sign.isprintable())[:_LONGEST_NAME].strip() or None


def said(request: Request) -> dict[str, Any]:
    """The metadata in the address and the header of a request."""
    fields = metadata.from_pairs(request.query_params.multi_items())
    header = request.headers.get("overtone-metadata")
    return metadata.merged(metadata.from_header(header), fields) if header is not None else fields


def _form(request: Request) -> FormReader | None:
    content_type = request.headers.get("content-type", "")
    is_form = content_type.lower().startswith("multipart/form-data")
    return FormReader(content_type) if is_form else None


def _check_declared(request: Request, limit: int) -> None:
    """Refuse a body by its Content-Length, before a byte of it is read."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > limit:
        raise too_large(limit)


def _disposition_name(request: Request) -> str | None:
    """The file name of a Content-Disposition header, in either spelling of RFC 6266."""
    header = Message()
    header["Content-Disposition"] = request.headers.get("content-disposition", "")
    try:
        name = header.get_param("filename", header="Content-Disposition")
    except TypeError:  # the standard library's, where numbered and whole spellings are mixed
        return None
    if isinstance(name, tuple):  # filename*=charset'language'name
        return collapse_rfc2231_value(name)
    return name.encode("latin-1", "replace").decode("utf-8", "replace") if name else None


METADATA_PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "Overtone-Metadata",
        "in": "header",
        "description": "The metadata as one JSON object, plain ASCII or percent-encoded UTF-8. "
        "Its fields may be given as query parameters instead: `source=acd&customer.phone=%2B12025550101"
        "&channel_map.0=agent&attributes.site=Pecs`.",
        "schema": {"type": "string", "contentMediaType": "application/json"},
    },
    {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Repeating a request with its key is answered as the first time.",
        "schema": {"type": "string", "maxLength": _LONGEST_KEY},
    },
    {
        "name": "metadata",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": "The fields of the metadata, nested ones with a dot.",
        "schema": {"$ref": "#/components/schemas/Metadata"},
    },
]
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": AcceptedOut, "description": "Accepted: the task's address is in `Location`"},
    200: {"model": AcceptedOut, "description": "It had come before; nothing new is done"},
}


def form_or(media_types: list[str], *, transcript: bool = False) -> dict[str, Any]:
    """The ``requestBody`` of a route that takes content raw or as a form, maybe with its transcript."""
    raw = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in media_types}
    fields = {
        "file": {"type": "string", "format": "binary"},
        "metadata": {"$ref": "#/components/schemas/Metadata"},
    }
    if transcript:
        fields["transcript"] = {"type": "string", "format": "binary"}
    form = {"type": "object", "required": ["file"], "properties": fields}
    return {"required": True, "content": {**raw, "multipart/form-data": {"schema": form}}}
