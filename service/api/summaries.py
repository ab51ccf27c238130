"""What sums an interaction up: its issue, outcome and next action, as they were said."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from service.api.archive_run_shapes import ArchiveRunOut, run_out
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.schemas import Shape
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.errors import NotFound
from service.store import analyses, interactions, picks, written_summaries
from service.store.picks import ShownPick

router = APIRouter(tags=["interactions"])


class PickOut(Shape):
    """A stretch of a turn, exactly as it stands there."""

    turn: int
    party: str
    start: int = Field(description="Place in the characters of the turn's redacted text")
    end: int
    start_ms: int | None = Field(description="When the turn begins")
    text: str = Field(description="The words, redacted")
    score: float = Field(description="0-1, orders picks of one kind; no probability")


class WrittenOut(Shape):
    """What a command of the centre's own wrote: generated, to be checked against the turns."""

    text: str | None
    error: str | None = Field(description="Why there is no text")
    made_by: str
    created_at: datetime


class SummaryOut(Shape):
    """At most one each; null where nothing that was said fits."""

    interaction_id: UUID
    issue: PickOut | None = Field(description="What the customer wants, as stated")
    outcome: PickOut | None = Field(description="What was done, offered, found or refused")
    next_action: PickOut | None = Field(description="What somebody is to do after it")
    version: str | None = Field(description="By what it was made; null: analysed before there were summaries")
    generated: WrittenOut | None = Field(description="Null unless `OVERTONE_SUMMARY_COMMAND` is set")


@router.get("/interactions/{interaction_id}/summary", responses=documented(404))
def get_summary(interaction_id: UUID, caller: Reader, session: SessionDep) -> SummaryOut:
    """Issue, outcome and next action, each picked from what was said; no word of it is generated."""
    analysis = analyses.get(session, interactions.get(session, interaction_id).id)
    if analysis is None:
        raise NotFound(
            "analysis_not_ready", "There is no analysis yet.", "Look at the task; it says how far it is."
        )
    found, written = picks.of(session, interaction_id), written_summaries.of(session, interaction_id)
    return SummaryOut(
        interaction_id=interaction_id,
        version=analysis.models.get("summary"),
        generated=None if written is None else WrittenOut.model_validate(written),
        **{kind: _pick(found.get(kind)) for kind in picks.KINDS},
    )


@router.post("/summaries", status_code=202, responses=documented())
def sum_up_archive(
    caller: Administrator, database: DatabaseDep, jobs: JobsDep, response: Response
) -> ArchiveRunOut:
    """Make the summaries of the whole archive anew; the job's address is in `Location`."""
    with database.transaction() as session:
        run, task = picks.begin_again(session)
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/archive-runs/{found.id}"
    return found


def _pick(shown: ShownPick | None) -> PickOut | None:
    if shown is None:
        return None
    return PickOut(
        turn=shown.row.turn,
        party=shown.party,
        start=shown.row.start_char,
        end=shown.row.end_char,
        start_ms=shown.start_ms,
        text=shown.text,
        score=shown.row.score,
    )
