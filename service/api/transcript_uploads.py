"""Transcripts that were made elsewhere come in instead of a recording."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.arrivals import ACCEPTED, METADATA_PARAMETERS, Intake, IntakeDep, form_or, take
from service.api.callers import Ingester
from service.api.problems import documented
from service.deps import Caller
from service.intake.metadata import Metadata
from service.intake.receive import Arrival
from service.intake.transcript_documents import MAX_BYTES, TranscriptInspector
from service.store.tables import Channel

router = APIRouter(tags=["ingest"])

_RESPONSES = ACCEPTED | documented(409, 413, 415, 429)
_TYPES = ["text/vtt", "application/x-subrip", "application/json"]
_BODY = {"parameters": METADATA_PARAMETERS, "requestBody": form_or(_TYPES)}


@router.put("/transcripts", responses=_RESPONSES, openapi_extra=_BODY, status_code=202)
async def put_transcript(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send the transcript of a call: Call Analytics or WTF JSON, WebVTT or SubRip; nothing is recognised.

    `channel_map` names the parties of WTF speakers that are mere numbers.
    """
    return await _take_transcript(request, caller, intake)


@router.post("/transcripts", responses=_RESPONSES, openapi_extra=_BODY, status_code=202)
async def post_transcript(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send a transcript as the body, or as the part `file` of a form beside a part `metadata`."""
    return await _take_transcript(request, caller, intake)


async def _take_transcript(request: Request, caller: Caller, intake: Intake) -> Response:
    inspector = TranscriptInspector()

    def describe(said: Metadata, file_name: str | None) -> Arrival:
        return Arrival(
            channel=Channel.VOICE,
            media_type=inspector.media_type,
            job_queue="text",
            metadata=said,
            file_name=file_name,
            is_transcript=True,
        )

    limit = min(MAX_BYTES, intake.settings.max_message_bytes)
    return await take(request, intake, caller, inspector=inspector, limit=limit, describe=describe)
