"""Audio: what may be played, by byte ranges; the original only as a file for those who may."""

from typing import Annotated, Any
from uuid import UUID

import structlog
from fastapi import APIRouter, Header
from starlette.responses import FileResponse

from service.api.callers import Reader, SensitiveReader
from service.api.problems import documented
from service.deps import BlobsDep, SessionDep
from service.listening import media_type, playable
from service.store import interactions
from service.store.keys import Scope
from service.store.originals import original_deleted

router = APIRouter(tags=["interactions"])
log = structlog.get_logger()

_Range = Annotated[str | None, Header(description="`bytes=0-1023`: a part of it")]
_AUDIO: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/flac": {}, "audio/wav": {}}, "description": "All of it"},
    206: {"content": {"audio/flac": {}, "audio/wav": {}}, "description": "The part asked for"},
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file as it was sent"}
}
_SUFFIXES = {
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/webm": "webm",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "audio/basic": "au",
    "audio/aiff": "aiff",
    "message/rfc822": "eml",
    "application/json": "json",
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
}


@router.get(
    "/interactions/{interaction_id}/audio",
    response_class=FileResponse,
    responses=_AUDIO | documented(404, 416),
)
def get_audio(
    interaction_id: UUID,
    caller: Reader,
    session: SessionDep,
    blobs: BlobsDep,
    range: _Range = None,  # noqa: A002
) -> FileResponse:
    """The recording as it may be played: made anew, redacted words under a tone.

    Where the transcript is not reliable this needs scope read_sensitive.
    """
    path = playable(session, blobs, interaction_id, sensitive=caller.may(Scope.READ_SENSITIVE))
    return FileResponse(path, media_type=media_type(path))


@router.get(
    "/interactions/{interaction_id}/original",
    response_class=FileResponse,
    responses=_FILE | documented(404),
)
def get_original(
    interaction_id: UUID, caller: SensitiveReader, session: SessionDep, blobs: BlobsDep
) -> FileResponse:
    """What was sent, unredacted, as a file to save; that it was read is logged."""
    row = interactions.get(session, interaction_id)
    if row.original_deleted_at is not None:
        raise original_deleted()
    path = blobs.path(row.blob_key)
    log.warning("original_read", interaction=str(row.id), key=caller.key_id)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        filename=f"{row.id}.{_SUFFIXES.get(row.media_type, 'bin')}",
        headers={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )
