"""Transcribing: an interaction's original becomes redacted turns and, for a recording, what may be played."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Transcript
from service.store import interactions, tasks, transcripts
from service.store.tables import Channel, InteractionRow
from service.store.tasks import Claim, DueTask
from workers.context import Context, Report
from workers.transcript_rows import how_made, new_turns, stretches

CHUNK_BYTES = 1024 * 1024


def transcribe(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read, compute, write: turns, the interaction's state and the next task in one fenced transaction."""
    with context.database.reading() as session:
        interaction = interactions.get(session, claim.subject_id)

    transcript = _transcript(context, interaction, report)
    playback_key = _playback(context, interaction, transcript)

    with context.database.transaction() as session:
        tasks.finish(session, claim)
        transcripts.replace(session, interaction.id, how_made(transcript), turns=new_turns(transcript))
        interactions.mark_transcribed(
            session,
            interaction.id,
            duration_ms=transcript.duration_ms,
            language=transcript.language,
            subject=transcript.subject,
            playback_key=playback_key,
        )
        following = tasks.add(session, "analyze", interaction.id, "text", follows=claim)
        return (DueTask(following.id, following.job_queue),)


def _transcript(context: Context, interaction: InteractionRow, report: Report) -> Transcript:
    path = context.blobs.path(interaction.blob_key)
    if interaction.channel == Channel.VOICE:
        options = RecordingOptions(
            channel_map=_channel_map(interaction.channel_map),
            language=interaction.language,
            pauses=stretches(interaction.pauses or ()),
        )
        return context.transcription.recording(path, options, progress=report)
    if interaction.channel == Channel.EMAIL:
        author = Party(interaction.customer_party or Party.CUSTOMER)
        return context.transcription.email(path, author=author)
    return context.transcription.messages(path)


def _channel_map(stored: Mapping[str, str] | None) -> dict[int, Party] | None:
    return {int(number): Party(party) for number, party in stored.items()} if stored else None


def _playback(context: Context, interaction: InteractionRow, transcript: Transcript) -> str | None:
    """Store what may be played; the same recording gives the same blob, so a repetition leaves no rest."""
    if interaction.channel != Channel.VOICE:
        return None
    folder = context.settings.data_dir / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        target = Path(name) / "playback.wav"
        context.transcription.playback(context.blobs.path(interaction.blob_key), transcript, target)
        return _store(context, target)


def _store(context: Context, file: Path) -> str:
    with context.blobs.begin() as writer, file.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            writer.write(chunk)
        return writer.commit().key
