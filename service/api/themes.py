"""Themes among what no reason explains, and what is said more than before."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from service.api.archive_run_shapes import ArchiveRunOut, run_out
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader, Reporter
from service.api.problems import documented
from service.api.schemas import ChannelName, Shape
from service.api.trend_parameters import Days, Filter
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.store import archive_runs, new_words, themes
from service.store.tables import ThemeMemberRow
from service.store.themes import Asked, ShownTheme

router = APIRouter(tags=["discovery"])
QUOTES = 3


class ThemeSearch(BaseModel):
    """Where themes are sought; nothing named: among what no reason explains."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: date | None = Field(None, description="First local day")
    last: date | None = Field(None, description="Last local day")
    reason: str | None = Field(None, max_length=120, description="Within one reason instead")
    everything: bool = Field(False, description="In all interactions instead")
    channel: ChannelName | None = None
    queue: str | None = Field(None, max_length=200)
    fewest: int = Field(5, ge=2, le=1000, description="Interactions of a theme")


class ThemeMemberOut(Shape):
    """What was said in one interaction of a theme."""

    interaction_id: UUID
    turn: int
    text: str = Field(description="Redacted")


class ThemeOut(Shape):
    """What several interactions have in common."""

    id: UUID
    label: Sequence[str] = Field(description="Its own words")
    size: int = Field(description="Interactions")
    cohesion: float = Field(description="How alike its statements are, 0-1")
    accepted_taxonomy: str | None = Field(description="The taxonomy in which it was made a reason")
    accepted_reason: str | None
    quotes: Sequence[ThemeMemberOut]


class Themes(Shape):
    """The themes of one job, the most frequent first."""

    items: Sequence[ThemeOut]


class ThemeMembers(Shape):
    """Statements of a theme, the most typical first."""

    items: Sequence[ThemeMemberOut]


class NewTerm(Shape):
    """A word or phrase that is said more than before; counts are interactions."""

    term: str
    count: int
    previous_count: int
    log_odds: float
    z: float = Field(description="In standard errors; beyond 1.96 one in twenty is chance")


class NewWordsOut(Shape):
    """What is new in a period beside the one before."""

    first: date
    last: date
    previous_first: date
    previous_last: date
    read: int = Field(description="Interactions")
    previous_read: int
    complete: bool = Field(description="False: there were more interactions than are read")
    compared: int = Field(description="Words and phrases")
    rows: Sequence[NewTerm]


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
