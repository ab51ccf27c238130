"""Phrases sought over the archive: in the transcripts at once, in the sound of recordings by a job."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from service.api.bodies import described, json_body
from service.api.callers import Reader, SensitiveReader
from service.api.links import next_page
from service.api.phrase_schemas import PhraseRunOut, RunHitOut, RunHitPage, SearchHit, SearchPage
from service.api.phrase_shapes import run_out
from service.api.problems import documented
from service.api.schemas import ChannelName, Cursor, Limit
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.intake.phrase_lists import PartyName, check_spoken
from service.store import phrase_runs, phrase_search
from service.store.interactions import InteractionFilter
from service.store.phrase_lists import SavedPhrase
from service.store.phrase_search import FoundHit

router = APIRouter(tags=["phrases"])
_Day = Annotated[date | None, Query(description="Local day")]


class SoundSearch(BaseModel):
    """Phrases to be sought in the sound of recordings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        min_length=1, max_length=50, description="Plain words each"
    )
    party: PartyName | None = None
    first: date | None = Field(None, description="First local day")
    last: date | None = Field(None, description="Last local day")


@router.get("/phrases/search", responses=documented())
def search_phrases(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    response: Response,
    caller: Reader,
    session: SessionDep,
    query: Annotated[str, Query(min_length=1, max_length=2000)],
    party: PartyName | None = None,
    window: Annotated[str | None, Query(max_length=100, description="`first 30s`, `last 10%`")] = None,
    first: _Day = None,
    last: _Day = None,
    channel: ChannelName | None = None,
    queue: Annotated[str | None, Query(max_length=200)] = None,
    agent: Annotated[str | None, Query(max_length=200)] = None,
    customer_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> SearchPage:
    """Hits in the stored transcripts, newest interactions first; `next_cursor` leads to the archive's end."""
    phrase = SavedPhrase(name="search", query=query, party=party, window=window).parsed()
    filters = InteractionFilter(
        channel=channel, queue=queue, agent=agent, customer_id=customer_id, first=first, last=last
    )
    found = phrase_search.search(session, phrase, filters=filters, cursor=cursor, limit=limit)
    if found.next_cursor:
        response.headers["Link"] = next_page(request, found.next_cursor)
    return SearchPage(
        items=[_hit(one) for one in found.items], scanned=found.scanned, next_cursor=found.next_cursor
    )


@router.post(
    "/phrases/sound-searches",
    status_code=202,
    responses=documented(),
    openapi_extra=described(SoundSearch),
)
def search_sound(
    caller: SensitiveReader,
    wanted: Annotated[SoundSearch, Depends(json_body(SoundSearch))],
    database: DatabaseDep,
    jobs: JobsDep,
    response: Response,
) -> PhraseRunOut:
    """Seek phrases by their pronunciation in every recording whose original is kept; a job does it.

    It hears originals, also those whose transcript is not reliable, where nothing is surely masked.
    """
    for phrase in wanted.phrases:
        check_spoken(phrase)
    with database.transaction() as session:
        run, task = phrase_runs.begin_sound(
            session, wanted.phrases, party=wanted.party, first=wanted.first, last=wanted.last
        )
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/phrases/runs/{found.id}"
    return found


@router.get("/phrases/runs/{run_id}", responses=documented(404))
def get_phrase_run(run_id: UUID, caller: Reader, session: SessionDep, response: Response) -> PhraseRunOut:
    """How far a job over the archive is, and how many hits there were before and are now."""
    found = run_out(session, phrase_runs.get(session, run_id))
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found


@router.get("/phrases/runs/{run_id}/hits", responses=documented(404))
def list_run_hits(
    run_id: UUID,
    caller: Reader,
    session: SessionDep,
    cursor: Annotated[UUID | None, Query(description="`next_cursor` of the page before")] = None,
    limit: Limit = 50,
) -> RunHitPage:
    """What a search in sound has found so far, in the order in which it was found."""
    run = phrase_runs.get(session, run_id)
    rows = phrase_runs.hits(session, run.id, after=cursor, limit=limit + 1)
    more = str(rows[limit - 1].id) if len(rows) > limit else None
    return RunHitPage(items=[RunHitOut.model_validate(row) for row in rows[:limit]], next_cursor=more)


def _hit(found: FoundHit) -> SearchHit:
    same = ("turn", "party", "start_ms", "end_ms", "score", "text")
    return SearchHit(
        interaction_id=found.interaction.id,
        started_at=found.interaction.started_at,
        channel=found.interaction.channel,
        agent=found.interaction.agent,
        before=found.before,
        after=found.after,
        **{name: getattr(found.hit, name) for name in same},
    )
