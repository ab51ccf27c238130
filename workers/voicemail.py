"""Voicemail: the sound that came attached to a mail is transcribed, and follows the mail's own text."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.errors import NlpError
from nlp.messages import save_attachment
from nlp.recording_options import RecordingOptions
from nlp.transcript import Notice, Party, Transcript, Turn
from service.errors import NotFound
from service.store import interactions, tasks, transcripts
from service.store.tables import InteractionRow
from service.store.tasks import Claim, DueTask
from workers.attachments import is_voicemail
from workers.context import Context, Report
from workers.playback_file import store_playback
from workers.transcript_rows import how_made, new_turns, transcript_of

FAILED = "attachment_not_transcribed"


@dataclass(frozen=True, slots=True)
class _Heard:
    """One attachment: its place among the mail's, what was heard, or the code of what went wrong."""

    position: int
    transcript: Transcript | None = None
    playback_key: str | None = None
    code: str | None = None


def transcribe_voicemail(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read, compute, write: the mail's turns, then those of each attachment; one that fails is a notice."""
    with context.database.reading() as session:
        interaction = interactions.get(session, claim.subject_id)
        made = transcripts.get(session, interaction.id)
        turns = transcripts.turns(session, interaction.id)
    if made is None:
        raise NotFound("transcript_not_found", "The mail has no text yet.")

    listed = [dict(one) for one in interaction.attachments or ()]
    wanted = [position for position, one in enumerate(listed) if is_voicemail(one)]
    heard = []
    for done, position in enumerate(wanted):
        heard.append(_heard(context, interaction, position, alone=len(wanted) == 1))
        report((done + 1) / len(wanted))
    for one in heard:
        listed[one.position]["code"] = one.code
    whole = _joined(transcript_of(interaction, made, turns), heard, interaction)

    with context.database.transaction() as session:
        tasks.finish(session, claim)
        transcripts.replace(session, interaction.id, how_made(whole), turns=new_turns(whole))
        interactions.mark_transcribed(
            session,
            interaction.id,
            duration_ms=whole.duration_ms,
            language=whole.language,
            playback_key=next((one.playback_key for one in heard if one.playback_key), None),
            attachments=listed,
        )
        following = tasks.add(session, "analyze", interaction.id, "text", follows=claim)
    return (DueTask(following.id, following.job_queue),)


def _heard(context: Context, interaction: InteractionRow, position: int, *, alone: bool) -> _Heard:
    folder = context.settings.tmp_dir
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        sound = Path(name) / "sound"
        try:
            save_attachment(context.blobs.path(interaction.blob_key), position, sound)
            options = RecordingOptions(language=interaction.language)
            transcript = context.transcription.recording(sound, options)
            playback = store_playback(context, sound, transcript) if alone else None
        except NlpError as error:
            return _Heard(position, code=error.code)
        return _Heard(position, transcript, playback)


def _joined(mail: Transcript, heard: Sequence[_Heard], interaction: InteractionRow) -> Transcript:
    """The mail's turns, then each voicemail's, by the mail's sender.

    Times are those of the sound that is played: with several attachments there is none, so they are null.
    """
    party = Party.AGENT if interaction.direction == "outbound" else Party.CUSTOMER
    turns, redactions, notices = list(mail.turns), list(mail.redactions), list(mail.notices)
    voices = [one for one in heard if one.transcript is not None]
    alone = len(heard) == 1
    for one in heard:
        if one.transcript is None:
            detail = f"Attachment {one.position + 1} could not be transcribed: {one.code}."
            notices.append(Notice(FAILED, detail))
            continue
        shift = len(turns)
        turns += [_turn(turn, party, timed=alone) for turn in one.transcript.turns]
        redactions += [replace(span, turn=span.turn + shift) for span in one.transcript.redactions]
        notices += [note for note in one.transcript.notices if note not in notices]
    spoken = [one.transcript for one in voices if one.transcript is not None]
    unsure = any(transcript.reliable is False for transcript in spoken)
    first = spoken[0] if spoken else None
    return replace(
        mail,
        engine=f"{mail.engine}+{first.engine}" if first else mail.engine,
        engine_version=first.engine_version if first else mail.engine_version,
        turns=tuple(turns),
        redactions=tuple(redactions),
        notices=tuple(notices),
        language=mail.language or (first.language if first else None),
        reliable=False if unsure else mail.reliable,
        confidence=first.confidence if first and alone else None,
        duration_ms=first.duration_ms if first and alone else None,
        thresholds={**mail.thresholds, **(first.thresholds if first else {})},
    )


def _turn(turn: Turn, party: Party, *, timed: bool) -> Turn:
    if timed:
        return replace(turn, party=party, audio_channel=0)
    return replace(turn, party=party, audio_channel=None, start_ms=None, end_ms=None, words=())
