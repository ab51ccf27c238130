"""Chats, notes, web comments and survey answers come in as JSON."""

from functools import partial

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.arrivals import ACCEPTED, Intake, IntakeDep, answer, read_document, request_key_of
from service.api.callers import Ingester
from service.api.problems import documented
from service.intake import messages
from service.intake.receive import Accepted, Arrival, RequestKey

router = APIRouter(tags=["ingest"])

_BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MessageDocument"}}},
}


class _NoInspector:
    """The document was read as a whole before."""

    def feed(self, piece: bytes) -> None:
        """Nothing to look for."""

    def end(self) -> None:
        """Nothing to say."""


@router.post(
    "/messages",
    responses=ACCEPTED | documented(409, 413, 429),
    openapi_extra={"requestBody": _BODY},
    status_code=202,
)
async def post_messages(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send the messages of one chat, or one note, comment or survey answer, with its metadata."""
    content = await read_document(request, limit=intake.settings.max_message_bytes)
    request_key = request_key_of(request, caller)
    enter = partial(_enter, intake, content, request_key)
    return answer(await anyio.to_thread.run_sync(enter, limiter=intake.threads))


def _enter(intake: Intake, content: bytes, request_key: RequestKey | None) -> Accepted:
    document = messages.parse(content)
    arrival = Arrival(
        channel=document.channel,
        media_type="application/json",
        job_queue="text",
        metadata=document.metadata(),
        started_at=document.messages[0].sent_at if document.messages else None,
    )
    with intake.spool(_NoInspector()) as spool:
        spool.write(content)
        return intake.enter(spool, arrival, request_key)
