"""The turns of an interaction."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from service.api import shapes
from service.api.callers import Ingester, Reader
from service.api.problems import documented
from service.api.schemas import NoticeOut, RedactionOut, TaskOut, TranscriptOut, TurnOut, WordOut
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.errors import NotFound
from service.store import interactions, repeats, tasks, transcripts
from service.store.originals import original_deleted
from service.store.tables import Channel, TurnRow

router = APIRouter(tags=["interactions"])


@router.get("/interactions/{interaction_id}/transcript", responses=documented(404))
def get_transcript(
    interaction_id: UUID,
    caller: Reader,
    session: SessionDep,
    words: Annotated[bool, Query(description="Each turn's words with their times too")] = False,  # noqa: FBT002
) -> TranscriptOut:
    """Who said what, redacted, and how it was recognised."""
    row = transcripts.get(session, interactions.get(session, interaction_id).id)
    if row is None:
        raise NotFound(
            "transcript_not_ready", "There is no transcript yet.", "Look at the task; it says how far it is."
        )
    turns = [_turn(turn, words=words) for turn in transcripts.turns(session, interaction_id)]
    return TranscriptOut(
        interaction_id=interaction_id,
        engine=row.engine,
        engine_version=row.engine_version,
        language=row.language,
        reliable=row.reliable,
        confidence=row.confidence,
        audio_channels=row.audio_channels,
        languages=row.languages,
        role_confidence=row.role_confidence,
        sound=shapes.sound(row.sound),
        notices=[NoticeOut.model_validate(notice) for notice in row.notices],
        thresholds=row.thresholds,
        created_at=row.created_at,
        turns=turns,
    )


@router.post("/interactions/{interaction_id}/transcript", status_code=202, responses=documented(404))
def transcribe_again(
    interaction_id: UUID, caller: Ingester, database: DatabaseDep, jobs: JobsDep, response: Response
) -> TaskOut:
    """Make the transcript anew from the original, with the source's settings and the models of today.

    Roles set by hand for audio channels are kept, those of voices are inferred again. Where the original was
    deleted by policy this is refused.
    """
    with database.transaction() as session:
        row = interactions.get(session, interaction_id, hold=True)
        if row.original_deleted_at is not None:
            raise original_deleted()
        job_queue = "speech" if row.channel == Channel.VOICE else "text"
        task = repeats.repeat(session, "transcribe", row.id, job_queue)
        found = shapes.task(tasks.view(session, task.id))
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/tasks/{found.id}"
    return found


def _turn(row: TurnRow, *, words: bool) -> TurnOut:
    same = ("position", "party", "start_ms", "end_ms", "text", "quoted", "signature", "confidence")
    return TurnOut(
        **{name: getattr(row, name) for name in same},
        audio_channel=row.audio_channel,
        speaker=row.speaker,
        redactions=[RedactionOut.model_validate(span) for span in row.redactions],
        words=[_word(*word) for word in row.words] if words else None,
    )


def _word(start_ms: int, end_ms: int, text: str, confidence: float | None) -> WordOut:
    return WordOut(start_ms=start_ms, end_ms=end_ms, text=text, confidence=confidence)
