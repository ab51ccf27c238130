"""vCons come in: each recording in one becomes a call, its text dialogs a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from service.api.arrivals import (
    METADATA_PARAMETERS,
    AcceptedOut,
    Intake,
    IntakeDep,
    accepted_out,
    read_document,
    said,
    shown_name,
)
from service.api.callers import Ingester
from service.api.problems import documented
from service.intake import messages, metadata, sniff
from service.intake.receive import Accepted, Arrival
from service.intake.vcon import LeftOut, VconPart, unpack
from service.intake.vcon_reading import read_vcon
from service.store.tables import Channel

router = APIRouter(tags=["ingest"])


class LeftOutOut(BaseModel):
    """What of the vCon was not taken."""

    part: str
    code: str
    detail: str


class VconAccepted(BaseModel):
    """The interactions that a vCon became, in the order of its dialogs."""

    uuid: UUID
    items: Sequence[AcceptedOut]
    left_out: Sequence[LeftOutOut] = Field(description="Dialogs without content, identifiers that are none")


@dataclass(frozen=True, slots=True)
class _Taken:
    uuid: str
    accepted: list[Accepted]
    left_out: list[LeftOut]


class _NoInspector:
    """The content was looked at before."""

    def feed(self, piece: bytes) -> None:
        """Nothing to look for."""

    def end(self) -> None:
        """Nothing to say."""


_RESPONSES: dict[int | str, dict[str, Any]] = {
    202: {"model": VconAccepted, "description": "Accepted: the first task's address is in `Location`"},
    200: {"model": VconAccepted, "description": "All of it had come before"},
}
_SCHEMA = {"type": "object", "required": ["uuid", "created_at"], "additionalProperties": True}
_CONTENT = {media: {"schema": _SCHEMA} for media in ("application/vcon+json", "application/json")}


@router.post(
    "/vcons",
    responses=_RESPONSES | documented(409, 413, 415, 429),
    openapi_extra={
        "parameters": METADATA_PARAMETERS[::2],
        "requestBody": {"required": True, "content": _CONTENT},
    },
    status_code=202,
)
async def post_vcon(request: Request, caller: Ingester, intake: IntakeDep) -> Response:
    """Send one vCon (0.0.1 to 0.4.0) with its recordings inside; nothing is fetched from elsewhere.

    Parties with roles give agent, customer, direction and channel map; a WTF transcript in its analysis is
    taken instead of recognising. Metadata of the request go before what the vCon says.
    """
    content = await read_document(request, limit=intake.settings.max_vcon_bytes)
    enter = partial(_enter, intake, content, said(request))
    taken = await anyio.to_thread.run_sync(enter, limiter=intake.threads)
    body = VconAccepted(
        uuid=UUID(taken.uuid),
        items=[accepted_out(one) for one in taken.accepted],
        left_out=[LeftOutOut(part=one.part, code=one.code, detail=one.detail) for one in taken.left_out],
    )
    created = any(one.created for one in taken.accepted)
    location = {"Location": body.items[0].task}
    return JSONResponse(body.model_dump(mode="json"), 202 if created else 200, location)


def _enter(intake: Intake, content: bytes, given: dict[str, Any]) -> _Taken:
    """Everything is judged before anything is kept."""
    vcon = read_vcon(content)
    unpacked = unpack(vcon, region=intake.settings.phone_region)
    arrivals = [(part, _arrival(intake, part, given, at)) for at, part in enumerate(unpacked.parts)]
    if len(arrivals) > 1:
        arrivals = [(part, arrival.in_thread(vcon.uuid)) for part, arrival in arrivals]
    accepted = [_keep(intake, part, arrival) for part, arrival in arrivals]
    return _Taken(vcon.uuid, accepted, unpacked.left_out)


def _arrival(intake: Intake, part: VconPart, given: dict[str, Any], at: int) -> Arrival:
    fields = {**part.metadata, **given}
    if "external_id" in given and at:
        fields["external_id"] = f"{given['external_id']}#{at}"
    known = metadata.parse(fields)
    name = shown_name(part.file_name)
    if part.kind == "messages":
        messages.parse(part.content)
        return Arrival(
            channel=Channel.CHAT,
            media_type="application/json",
            job_queue="text",
            metadata=known,
            file_name=name,
        )
    if part.recording is None:
        return Arrival(
            channel=Channel.VOICE,
            media_type="application/json",
            job_queue="text",
            metadata=known,
            file_name=name,
            is_transcript=True,
        )
    sniff.check_channels(part.recording, known.channel_map)
    sniff.check_length(part.recording, size=len(part.content), longest=intake.settings.max_audio_seconds)
    return Arrival(
        channel=Channel.VOICE,
        media_type=part.recording.media_type,
        job_queue="speech",
        metadata=known,
        file_name=name,
        transcript=part.transcript,
    )


def _keep(intake: Intake, part: VconPart, arrival: Arrival) -> Accepted:
    with intake.spool(_NoInspector()) as spool:
        spool.write(part.content)
        return intake.enter(spool, arrival, None)
