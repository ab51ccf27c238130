"""Sources: the list of those that send recordings, and the form that says how each is heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.options import text
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.tasks import done
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, SessionDep
from service.intake import channel_maps
from service.intake.metadata import InvalidMetadata, field_errors
from service.intake.sources import SourceSettings
from service.store import interactions, sources
from service.store.tables import SourceRow

router = APIRouter(route_class=PageRoute)
_KEEP = {"keep": True, "delete": False}
_LEFT, _RIGHT = "0", "1"


@dataclass(frozen=True)
class Line:
    """A source that sends recordings or of which something is set."""

    name: str
    row: SourceRow | None
    maps: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MapFields:
    """The channel map of one direction as the form shows it."""

    direction: str
    left: str
    right: str
    further: str


@router.get("/sources", name="sources_page")
def show(request: Request, visitor: Reader, session: SessionDep) -> Response:
    """Every source that occurs or is set; with ``?name=`` the form of one."""
    rows = {row.name: row for row in sources.list_all(session)}
    names = sorted({*rows, *interactions.choices(session).sources})
    name = text(request.query_params, "name")
    row = rows.get(name) if name else None
    return render(
        request,
        "sources.html",
        lines=[_line(one, rows.get(one)) for one in names],
        name=name or "",
        row=row,
        etag=sources.etag(row) if row else "",
        maps=_map_fields(row),
        parties=channel_maps.PARTIES,
        kept={None: "", True: "keep", False: "delete"}[row.keep_original if row else None],
        may_set=visitor.may_administer,
        done=done(request),
    )


@router.post("/sources", name="source_form")
def save(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Set all of a source; somebody else's change in between is not overwritten."""
    visitor.must_administer()
    name = fields.get("name", "")
    wanted = _settings(name, fields)
    with database.transaction() as session:
        sources.put(session, wanted.named(name), if_match=fields.get("etag") or None)
    return RedirectResponse(f"/sources?name={quote(name, safe='')}&done=source_set", 303)


@router.post("/sources/remove", name="source_remove_form")
def remove(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Unset all of a source."""
    visitor.must_administer()
    with database.transaction() as session:
        sources.delete(session, fields.get("name", ""), if_match=fields.get("etag") or None)
    return RedirectResponse("/sources?done=source_removed", 303)


def _line(name: str, row: SourceRow | None) -> Line:
    maps = row.channel_maps if row else {}
    return Line(
        name, row, [(one, channel_maps.to_words(maps[one])) for one in sources.DIRECTIONS if one in maps]
    )


def _map_fields(row: SourceRow | None) -> list[MapFields]:
    found = []
    for direction in sources.DIRECTIONS:
        known: Mapping[str, str] = (row.channel_maps if row else {}).get(direction) or {}
        further = {number: party for number, party in known.items() if number not in (_LEFT, _RIGHT)}
        words = channel_maps.to_words(further)
        found.append(MapFields(direction, known.get(_LEFT, ""), known.get(_RIGHT, ""), words))
    return found


def _settings(name: str, fields: Mapping[str, str]) -> SourceSettings:
    """What the form says. Raises InvalidMetadata naming the first field at fault, InvalidInput."""
    maps: dict[str, dict[str, str]] = {}
    for direction in sources.DIRECTIONS:
        given = channel_maps.from_words(fields.get(f"{direction}.further", ""))
        for number, side in ((_LEFT, "left"), (_RIGHT, "right")):
            party = fields.get(f"{direction}.{side}")
            given |= {number: party} if party else {}
        if given:
            maps[direction] = given
    said: dict[str, Any] = {
        "channel_maps": maps,
        "vocabulary": [word.strip() for word in fields.get("vocabulary", "").splitlines() if word.strip()],
        "language": fields.get("language") or None,
        "translate": fields.get("translate") == "yes",
        "keep_original": _KEEP.get(fields.get("originals", "")),
    }
    try:
        SourceSettings.check_name(name)
        return SourceSettings.model_validate(said)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None
