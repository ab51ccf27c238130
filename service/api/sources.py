"""Sources: how recordings of each system are heard, where their own metadata say nothing else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response

from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.schemas import Shape
from service.deps import DatabaseDep, SessionDep
from service.intake.sources import SourceSettings
from service.store import sources
from service.store.tables import SourceRow

router = APIRouter(tags=["sources"])
_Name = Annotated[str, Path(min_length=1, max_length=200, description="`source` of its interactions")]
_IfMatch = Annotated[str | None, Header(description="ETag of the source as it was read")]


class SourceOut(Shape):
    """One source; null and empty where nothing is set."""

    name: str
    channel_maps: Mapping[str, Mapping[str, str]]
    vocabulary: Sequence[str]
    language: str | None
    translate: bool
    keep_original: bool | None
    updated_at: datetime


class SourceList(Shape):
    """Every source of which something is set, by name."""

    items: Sequence[SourceOut]


@router.get("/sources", responses=documented())
def list_sources(caller: Reader, session: SessionDep) -> SourceList:
    """Every source of which something is set; others are heard agent left, customer right."""
    return SourceList(items=[SourceOut.model_validate(row) for row in sources.list_all(session)])


@router.get("/sources/{name:path}", responses=documented(404))
def get_source(name: _Name, caller: Reader, session: SessionDep, response: Response) -> SourceOut:
    """One source."""
    return _answer(sources.get(session, name), response)


@router.put("/sources/{name:path}", responses=documented(412), openapi_extra=described(SourceSettings))
def put_source(
    name: _Name,
    caller: Administrator,
    wanted: Annotated[SourceSettings, Depends(json_body(SourceSettings))],
    database: DatabaseDep,
    response: Response,
    if_match: _IfMatch = None,
) -> SourceOut:
    """Set all of it; what is left out is unset. It applies to recordings transcribed from now on.

    A recording's channel map is its own (`channel_map` in its metadata), else that of its source for the
    direction of the call, else agent left and customer right.
    """
    with database.transaction() as session:
        row, created = sources.put(session, wanted.named(name), if_match=if_match)
        response.status_code = 201 if created else 200
        return _answer(row, response)


@router.delete("/sources/{name:path}", status_code=204, responses=documented(404, 412))
def delete_source(
    name: _Name, caller: Administrator, database: DatabaseDep, if_match: _IfMatch = None
) -> None:
    """Unset all of it; the interactions of the source stay as they are."""
    with database.transaction() as session:
        sources.delete(session, name, if_match=if_match)


def _answer(row: SourceRow, response: Response) -> SourceOut:
    response.headers["ETag"] = sources.etag(row)
    return SourceOut.model_validate(row)
