"""Themes among what no reason explains, and what is said more than before."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from service.api.archive_run_shapes import ArchiveRunOut, run_out
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader, Reporter
from service.api.problems import documented
from service.api.theme_schemas import (
    AcceptedTheme,
    NewWordsOut,
    ThemeAcceptance,
    ThemeMemberOut,
    ThemeMembers,
    ThemeOut,
    Themes,
    ThemeSearch,
)
from service.api.trend_parameters import Days, Filter
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.store import archive_runs, new_words, theme_acceptance, themes
from service.store.tables import ThemeMemberRow
from service.store.themes import Asked, ShownTheme

router = APIRouter(tags=["discovery"])
QUOTES = 3


@router.post(
    "/themes/searches", status_code=202, responses=documented(), openapi_extra=described(ThemeSearch)
)
def search_themes(
    caller: Administrator,
    wanted: Annotated[ThemeSearch, Depends(json_body(ThemeSearch))],
    database: DatabaseDep,
    jobs: JobsDep,
    response: Response,
) -> ArchiveRunOut:
    """Seek themes; a job does it, its address is in `Location`."""
    asked = Asked(
        reason=wanted.reason, everything=wanted.everything, channel=wanted.channel, queue=wanted.queue
    )
    with database.transaction() as session:
        run, task = themes.begin(session, asked, days=(wanted.first, wanted.last), fewest=wanted.fewest)
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/archive-runs/{found.id}"
    return found


@router.get("/themes", responses=documented(404))
def list_themes(
    caller: Reader,
    session: SessionDep,
    run: Annotated[UUID | None, Query(description="The job; the newest if not given")] = None,
) -> Themes:
    """The themes that a job found."""
    if run is None:
        newest = archive_runs.latest(session, themes.KIND, limit=1)
        if not newest:
            return Themes(items=[])
        run = newest[0].id
    archive_runs.get(session, run)
    return Themes(items=[_theme(one) for one in themes.of(session, run, quotes=QUOTES)])


@router.get("/themes/{theme_id}/members", responses=documented(404))
def list_theme_members(
    theme_id: UUID,
    caller: Reader,
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> ThemeMembers:
    """The interactions of a theme with what was said in each, the most typical first."""
    row = themes.get(session, theme_id)
    return ThemeMembers(items=[_member(one) for one in themes.members(session, row.id, limit=limit)])


@router.post("/themes/{theme_id}/accept", responses=documented(404), openapi_extra=described(ThemeAcceptance))
def accept_theme(
    theme_id: UUID,
    caller: Administrator,
    wanted: Annotated[ThemeAcceptance, Depends(json_body(ThemeAcceptance))],
    database: DatabaseDep,
) -> AcceptedTheme:
    """Make a theme a reason of a taxonomy's draft; its most typical statements become examples."""
    with database.transaction() as session:
        row, added = theme_acceptance.accept(
            session,
            theme_id,
            wanted.taxonomy,
            wanted.reason,
            author=caller.name,
            parent=wanted.parent,
            description=wanted.description,
        )
        shown = _theme(ShownTheme(row, themes.members(session, row.id, limit=QUOTES)))
        return AcceptedTheme(**shown.model_dump(), examples_added=added)


@router.get("/trends/new-words", responses=documented())
def get_new_words(
    caller: Reporter,
    session: SessionDep,
    days: Days,
    filters: Filter,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> NewWordsOut:
    """Words and phrases that customers say more than in the period before, the surest first."""
    found = new_words.new_words(session, first=days[0], last=days[1], filters=filters, limit=limit)
    return NewWordsOut.model_validate(found)


def _theme(one: ShownTheme) -> ThemeOut:
    same = ("id", "label", "size", "cohesion", "accepted_taxonomy", "accepted_reason")
    return ThemeOut(
        **{name: getattr(one.row, name) for name in same}, quotes=[_member(member) for member in one.members]
    )


def _member(row: ThemeMemberRow) -> ThemeMemberOut:
    return ThemeMemberOut.model_validate(row)
