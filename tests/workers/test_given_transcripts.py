"""A transcript that came with a call, or instead of its sound, is taken instead of recognising."""

from uuid import UUID

from service.store import interactions, tasks, transcripts
from service.store.tables import InteractionRow
from tests.workers.conftest import accept
from workers.context import Context
from workers.loop import drain

WORDS = "agent: Hello\ncustomer: Where is my parcel"


def take(context: Context, original: str, transcript: str) -> tuple[InteractionRow, str]:
    """Accept a call with a transcript, work on it; the interaction and its transcript's engine."""
    task_id = accept(context, original, channel="voice")
    with context.blobs.begin() as writer:
        writer.write(transcript.encode())
        key = writer.commit().key
    with context.database.transaction() as session:
        interactions.get(session, _subject(context, task_id)).transcript_key = key
    drain(context)
    with context.database.reading() as session:
        row = interactions.get(session, _subject(context, task_id))
        made = transcripts.get(session, row.id)
        assert made is not None
        return row, made.engine


def _subject(context: Context, task_id: UUID) -> UUID:
    with context.database.reading() as session:
        return tasks.view(session, task_id).interaction_id


def test_a_transcript_alone_is_analysed_and_there_is_nothing_to_play(context: Context) -> None:
    row, engine = take(context, WORDS, WORDS)

    assert (row.status, engine, row.playback_key, row.duration_ms) == (
        "analyzed",
        "imported:fake",
        None,
        None,
    )


def test_a_recording_with_a_transcript_is_played_and_tells_its_length(context: Context) -> None:
    row, engine = take(context, "agent: one\nagent: two\nagent: three", WORDS)

    assert (row.status, engine, row.duration_ms) == ("analyzed", "imported:fake", 3000)
    assert row.playback_key is not None
