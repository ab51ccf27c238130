"""Our own style sheets and scripts."""

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from service.dashboard.rendering import STATIC
from service.dashboard.route import PageRoute
from service.errors import NotFound

router = APIRouter(route_class=PageRoute)
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_GOOD = "public, max-age=31536000, immutable"


@router.get("/static/{version}/{name}", name="page_file")
def static(version: str, name: str) -> Response:
    """One file of the folder, by its bare name; the version in the address changes with the content."""
    files = {file.name: file for file in STATIC.iterdir() if file.suffix in _TYPES}
    if name not in files:
        raise NotFound("not_found", "There is no such file.")
    file = files[name]
    return FileResponse(file, media_type=_TYPES[file.suffix], headers={"Cache-Control": _FOR_GOOD})
