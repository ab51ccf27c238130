"""The recording as it may be played: redacted words are silenced, byte ranges are served."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import BlobsDep, SessionDep
from service.errors import NotFound
from service.store import interactions

router = APIRouter(route_class=PageRoute)


@router.get("/interactions/{interaction_id}/audio", name="page_audio")
def play(visitor: Reader, interaction_id: UUID, session: SessionDep, blobs: BlobsDep) -> Response:
    """The WAV file that the transcription made for listening, never the original."""
    row = interactions.get(session, interaction_id)
    if row.playback_key is None:
        raise NotFound("no_audio", "There is no recording to play.")
    private = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return FileResponse(blobs.path(row.playback_key), media_type="audio/wav", headers=private)
