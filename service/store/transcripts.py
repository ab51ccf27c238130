"""Transcripts: the redacted turns of an interaction, replaced as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from service.store import plain, search_index
from service.store.database import Session, now
from service.store.tables import TranscriptRow, TurnRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTranscript:
    """How turns were made; names as in ``TranscriptRow``."""

    engine: str
    engine_version: str
    language: str | None = None
    reliable: bool | None = None
    confidence: float | None = None
    audio_channels: int | None = None
    languages: Mapping[str, str] = field(default_factory=dict)
    role_confidence: float | None = None
    sound: Mapping[str, Any] | None = None
    notices: Sequence[Mapping[str, str]] = ()  # {"code", "detail"}
    thresholds: Mapping[str, float] = field(default_factory=dict)
    masked_kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn:
    """One turn, redacted already; times in ms from the interaction's start; names as in ``TurnRow``."""

    party: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    audio_channel: int | None = None
    speaker: int | None = None
    words: Sequence[Sequence[Any]] = ()  # [start_ms, end_ms, text, confidence]
    redactions: Sequence[Mapping[str, Any]] = ()  # {"kind", "start", "end"} in the original text
    quoted: str = ""
    signature: str = ""


def replace(
    session: Session, interaction_id: UUID, transcript: NewTranscript, *, turns: Sequence[NewTurn]
) -> TranscriptRow:
    """Write the transcript of an interaction in place of the one it had."""
    for table in (TurnRow, TranscriptRow):
        session.execute(delete(table).where(table.interaction_id == interaction_id))
    row = TranscriptRow(
        interaction_id=interaction_id,
        engine=plain.text(transcript.engine),
        engine_version=plain.text(transcript.engine_version),
        language=plain.optional(transcript.language),
        reliable=transcript.reliable,
        confidence=plain.number(transcript.confidence),
        audio_channels=transcript.audio_channels,
        languages=plain.json(transcript.languages),
        role_confidence=plain.number(transcript.role_confidence),
        sound=plain.json(transcript.sound),
        notices=plain.json(transcript.notices),
        thresholds=plain.json(transcript.thresholds),
        masked_kinds=list(transcript.masked_kinds) or None,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    if turns:
        values = [_turn(interaction_id, position, turn) for position, turn in enumerate(turns)]
        session.execute(insert(TurnRow), values)
    search_index.write(session, interaction_id, search_index.entries(turns))
    return row


def get(session: Session, interaction_id: UUID) -> TranscriptRow | None:
    """How the turns of an interaction were made; None before that."""
    return session.get(TranscriptRow, interaction_id)


def turns(session: Session, interaction_id: UUID) -> list[TurnRow]:
    """The turns of an interaction in their order."""
    query = select(TurnRow).where(TurnRow.interaction_id == interaction_id).order_by(TurnRow.position)
    return list(session.scalars(query))


def turn(session: Session, interaction_id: UUID, position: int) -> TurnRow | None:
    """One turn."""
    return session.get(TurnRow, (interaction_id, position))


def _turn(interaction_id: UUID, position: int, turn: NewTurn) -> dict[str, Any]:
    return {
        "interaction_id": interaction_id,
        "position": position,
        "party": str(turn.party),
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "text": plain.text(turn.text),
        "quoted": plain.text(turn.quoted),
        "signature": plain.text(turn.signature),
        "confidence": plain.number(turn.confidence),
        "audio_channel": turn.audio_channel,
        "speaker": turn.speaker,
        "words": plain.json(turn.words),
        "redactions": plain.json(turn.redactions),
    }
