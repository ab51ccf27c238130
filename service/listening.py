"""Who may hear what: the redacted copy, and where redaction can't be trusted only those who may see all."""

from pathlib import Path
from uuid import UUID

from service.errors import Forbidden, NotFound
from service.store import interactions, transcripts
from service.store.blobs import Blobs
from service.store.database import Session
from service.store.tables import InteractionRow, TranscriptRow


def may_hear(row: InteractionRow, transcript: TranscriptRow | None, *, sensitive: bool) -> bool:
    """Whether there is something to play for a caller with (``sensitive``) or without scope read_sensitive.

    A number that the recogniser did not understand is not under the tone: so the sound of a transcript that
    is not reliable, or in which speech was found and no word of it understood, is for the few.
    """
    if row.playback_key is None:
        return False
    return sensitive or (transcript is not None and _is_understood(transcript))


def _is_understood(transcript: TranscriptRow) -> bool:
    if transcript.reliable is None:
        return not any((transcript.sound or {}).get("speech", {}).values())
    return transcript.reliable


def media_type(path: Path) -> str:
    """What a playable file is: copies made by earlier versions are WAV."""
    with path.open("rb") as source:
        return "audio/flac" if source.read(4) == b"fLaC" else "audio/wav"


def playable(session: Session, blobs: Blobs, interaction_id: UUID, *, sensitive: bool) -> Path:
    """The file that may be played. Raises NotFound(audio_not_ready), Forbidden(sensitive_audio)."""
    row = interactions.get(session, interaction_id)
    if row.playback_key is None:
        raise NotFound(
            "audio_not_ready",
            "There is nothing to play: it is no recording, or not transcribed yet.",
            "Look at the interaction's channel and status.",
        )
    if not may_hear(row, transcripts.get(session, row.id), sensitive=sensitive):
        raise Forbidden(
            "sensitive_audio",
            "The transcript is not reliable, so what must not be heard may not all be under the tone.",
            "Use a key with scope read_sensitive.",
        )
    return blobs.path(row.playback_key)
