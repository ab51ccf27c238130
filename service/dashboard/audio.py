"""The recording as it may be played: redacted words are silenced, byte ranges are served."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import BlobsDep, SessionDep
from service.listening import media_type, playable

router = APIRouter(route_class=PageRoute)


@router.get("/interactions/{interaction_id}/audio", name="page_audio")
def play(visitor: Reader, interaction_id: UUID, session: SessionDep, blobs: BlobsDep) -> Response:
    """The file that the transcription made for listening, never the original."""
    path = playable(session, blobs, interaction_id, sensitive=visitor.may_hear_all)
    private = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return FileResponse(path, media_type=media_type(path), headers=private)
