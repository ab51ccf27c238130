"""Transcribing: an interaction's original becomes redacted turns and, for a recording, what may be played."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from nlp.checkpoint import Checkpoint
from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Stretch, Transcript
from service.store import (
    interactions,
    phrase_hits,
    phrase_lists,
    redacted_values,
    sources,
    tasks,
    transcripts,
)
from service.store.originals import original_deleted
from service.store.tables import Channel, InteractionRow, SourceRow
from service.store.tasks import Claim, DueTask
from workers.attachments import is_voicemail
from workers.context import Context, Report
from workers.playback_file import store_playback
from workers.transcript_rows import heard_phrases, how_made, new_turns, stretches


def transcribe(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read, compute, write: turns, the interaction's state and the next task in one fenced transaction."""
    with context.database.reading() as session:
        interaction = interactions.get(session, claim.subject_id)
        source = sources.find(session, interaction.source)
        sought = phrase_lists.sound_queries(session)
    if interaction.original_deleted_at is not None:
        raise original_deleted()

    channel_map = interaction.channel_map or sources.channel_map(source, interaction.direction)
    options = _options(interaction, source, channel_map, sought)
    checkpoint = Checkpoint(context.settings.checkpoints_dir / str(claim.task_id))
    transcript = _transcript(context, interaction, options, report, checkpoint)
    playback_key = _playback(context, interaction, transcript, options.pauses)
    key = redacted_values.key_of(context.settings.data_dir)
    hashes = [(kind, redacted_values.hash_of(key, value)) for kind, value in transcript.masked_values]

    attachments = _attachments(transcript)
    has_voice = any(is_voicemail(one) for one in attachments or ())

    with context.database.transaction() as session:
        tasks.finish(session, claim)
        transcripts.replace(session, interaction.id, how_made(transcript), turns=new_turns(transcript))
        redacted_values.replace(session, interaction.id, hashes)
        interactions.mark_transcribed(
            session,
            interaction.id,
            duration_ms=transcript.duration_ms,
            language=transcript.language,
            subject=transcript.subject,
            playback_key=playback_key,
            channel_map=channel_map,
            keep_original=_is_kept(context, interaction, source),
            attachments=attachments,
        )
        if transcript.automatic is not None:
            interactions.mark_automatic(session, interaction.id, transcript.automatic, is_contact=has_voice)
        elif has_voice:
            interactions.mark_contact(session, interaction.id)
        phrase_hits.replace_heard(session, interaction.id, heard_phrases(transcript.spoken_phrases))
        kind, job_queue = ("voicemail", "speech") if has_voice else ("analyze", "text")
        following = tasks.add(session, kind, interaction.id, job_queue, follows=claim)
    checkpoint.delete()
    return (DueTask(following.id, following.job_queue),)


def _options(
    interaction: InteractionRow,
    source: SourceRow | None,
    channel_map: Mapping[str, str] | None,
    spoken_phrases: tuple[str, ...],
) -> RecordingOptions:
    """What the recording's own metadata say goes before what is set for its source."""
    return RecordingOptions(
        channel_map={int(number): Party(party) for number, party in (channel_map or {}).items()} or None,
        language=_language(interaction, source),
        translate=source.translate if source else False,
        vocabulary=tuple(source.vocabulary) if source else (),
        pauses=stretches(interaction.pauses or ()),
        spoken_phrases=spoken_phrases,
    )


def _language(interaction: InteractionRow, source: SourceRow | None) -> str | None:
    """Given with the recording or for its source; once transcribed the row has what was found instead."""
    given = interaction.language if interaction.transcribed_at is None else None
    return given or (source.language if source else None)


def _is_kept(context: Context, interaction: InteractionRow, source: SourceRow | None) -> bool:
    """Whether the original stays once it is transcribed; only recordings are ever deleted."""
    if interaction.channel != Channel.VOICE:
        return True
    wish = source.keep_original if source else None
    return context.settings.keep_originals if wish is None else wish


def _transcript(
    context: Context,
    interaction: InteractionRow,
    options: RecordingOptions,
    report: Report,
    checkpoint: Checkpoint,
) -> Transcript:
    path = context.blobs.path(interaction.blob_key)
    if interaction.channel == Channel.VOICE:
        if interaction.transcript_key is not None:
            recording = path if _has_sound(interaction) else None
            given = context.blobs.path(interaction.transcript_key)
            return context.transcription.imported(given, options, recording=recording)
        return context.transcription.recording(path, options, progress=report, checkpoint=checkpoint)
    if interaction.channel == Channel.EMAIL:
        author = Party(interaction.customer_party or Party.CUSTOMER)
        mail = context.transcription.email(path, author=author)
        return mail if mail.automatic is None else _nobodys(mail)
    return context.transcription.messages(path)


def _nobodys(mail: Transcript) -> Transcript:
    """What a machine wrote is nobody's opinion: its turns are the system's."""
    return replace(mail, turns=tuple(replace(turn, party=Party.SYSTEM) for turn in mail.turns))


def _attachments(transcript: Transcript) -> list[dict[str, Any]] | None:
    """A mail's attachments as they are stored; None for what is no mail with any."""
    return [asdict(one) for one in transcript.attachments] or None


def _has_sound(interaction: InteractionRow) -> bool:
    """Whether its original is a recording; a transcript may be all that came of a call."""
    return interaction.channel == Channel.VOICE and interaction.transcript_key != interaction.blob_key


def _playback(
    context: Context, interaction: InteractionRow, transcript: Transcript, pauses: Sequence[Stretch]
) -> str | None:
    """Store what may be played; the same recording gives the same blob, so a repetition leaves no rest."""
    if not _has_sound(interaction):
        return None
    return store_playback(context, context.blobs.path(interaction.blob_key), transcript, pauses=pauses)
