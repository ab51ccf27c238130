"""Recordings come in, raw or as a form."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.arrivals import ACCEPTED, METADATA_PARAMETERS, Intake, IntakeDep, form_or, take
from service.api.callers import Ingester
from service.api.problems import documented
from service.deps import Caller
from service.intake import sniff
from service.intake.metadata import Metadata
from service.intake.receive import Arrival
from service.store.tables import Channel

router = APIRouter(tags=["ingest"])

_RESPONSES = ACCEPTED | documented(409, 413, 415, 429)
_TYPES = ["audio/*", "application/octet-stream"]
_BODY = {"parameters": METADATA_PARAMETERS, "requestBody": form_or(_TYPES, transcript=True)}


@router.put("/recordings", responses=_RESPONSES, openapi_extra=_BODY, status_code=202)
async def put_recording(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send one recording as the body; it is streamed to the store, however large it is."""
    return await _take_recording(request, caller, intake)


@router.post("/recordings", responses=_RESPONSES, openapi_extra=_BODY, status_code=202)
async def post_recording(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send one recording as the body, or as the part `file` of a form beside a part `metadata`.

    A part `transcript` (as `/v1/transcripts` takes it) is taken instead of recognising the recording.
    """
    return await _take_recording(request, caller, intake)


async def _take_recording(request: Request, caller: Caller, intake: Intake) -> Response:
    inspector = sniff.RecordingInspector()
    settings = intake.settings

    def describe(said: Metadata, file_name: str | None) -> Arrival:
        recording = inspector.recording
        sniff.check_channels(recording, said.channel_map)
        sniff.check_length(recording, size=inspector.size, longest=settings.max_audio_seconds)
        return Arrival(
            channel=Channel.VOICE,
            media_type=recording.media_type,
            job_queue="speech",
            metadata=said,
            file_name=file_name,
        )

    limit = settings.max_recording_bytes
    return await take(request, intake, caller, inspector=inspector, limit=limit, describe=describe)
