"""The wire shapes of what is read; times in ms or ISO 8601 UTC, null where nothing could be measured."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

ChannelName = Literal["voice", "email", "chat", "note", "comment", "survey", "social"]
DirectionName = Literal["inbound", "outbound", "internal"]
StatusName = Literal["received", "transcribed", "analyzed", "failed"]
OutcomeName = Literal["matched", "not_matched", "not_evaluated"]
Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page")]
Cursor = Annotated[str | None, Query(max_length=300, description="`next_cursor` of the page before")]


class Shape(BaseModel):
    """Read from rows and values by the names of their attributes."""

    model_config = ConfigDict(from_attributes=True)


class Failure(Shape):
    """Why something cannot be worked on: a stable code and a sentence."""

    code: str
    detail: str


class TaskOut(Shape):
    """The work on one interaction, by the stage it has reached."""

    id: UUID
    interaction_id: UUID
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    stage: str = Field(description="transcribe or analyze")
    place_in_line: int | None = Field(description="1 is next; null unless it waits for a worker")
    attempts: int
    max_attempts: int
    progress: float | None = Field(description="0-1 of the running attempt")
    error: Failure | None
    created_at: datetime
    run_at: datetime = Field(description="When it is, or was, due")
    started_at: datetime | None
    finished_at: datetime | None


class InteractionOut(Shape):
    """One contact."""

    id: UUID
    channel: ChannelName
    source: str
    external_id: str
    direction: DirectionName | None
    status: StatusName
    failure: Failure | None
    started_at: datetime
    day: date = Field(description="Local day by which trends count it")
    received_at: datetime
    transcribed_at: datetime | None
    analyzed_at: datetime | None
    duration_ms: int | None
    language: str | None
    agent: str | None
    queue: str | None
    campaign: str | None
    disposition: str | None
    subject: str | None = Field(description="Redacted")
    thread: str | None = Field(description="Of a mail; the first Message-ID that told it")
    automatic: str | None = Field(
        description="From a machine: auto_reply, bounce, bulk, receipt or calendar; null: a person"
    )
    is_contact: bool = Field(description="false: from a machine or among ourselves, in no trend")
    attachments: Sequence["AttachmentOut"] = Field(description="Of a mail, names redacted")
    customer_id: UUID | None
    channel_map: Mapping[str, str] | None
    pauses: Sequence["StretchOut"] = Field(description="Where the telephony paused the recording")
    original_deleted_at: datetime | None = Field(description="Since when the original is gone, by policy")
    attributes: Mapping[str, Any]
    media_type: str
    file_name: str | None
    bytes: int
    has_audio: bool = Field(description="Whether there is something to play")


class AttachmentOut(Shape):
    """A file that came with a mail; ``code`` says why the voice in it could not be transcribed."""

    name: str
    media_type: str
    size: int
    inline: bool = False
    code: str | None = None


class InteractionLine(InteractionOut):
    """One contact in a list, with what was found in it."""

    call_reasons: Sequence["ReasonOut"]
    no_reason: str | None = Field(description="Why an analysed interaction has none")
    thread_position: int | None = Field(None, description="From 1; null where it is alone")
    thread_size: int | None = None
    sentiment: float | None
    sentiment_shift: float | None = Field(description="The customer's last quarter minus their first")


class InteractionPage(Shape):
    """A page, newest first."""

    items: Sequence[InteractionLine]
    next_cursor: str | None


class RedactionOut(Shape):
    """Characters of the original text that were masked."""

    kind: str
    start: int
    end: int


class WordOut(Shape):
    """One recognised word."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float | None


class StretchOut(Shape):
    """A part of a recording; ms from its start."""

    start_ms: int
    end_ms: int


class SoundOut(Shape):
    """What was measured in the recording itself; keys are audio channels."""

    loudness: Mapping[str, Sequence[int]] = Field(description="0-100 for each second")
    speech: Mapping[str, Sequence[StretchOut]] = Field(description="Where someone speaks")
    holds: Sequence[StretchOut] = Field(description="Hold music or ring tone")
    gaps: Sequence[StretchOut] = Field(description="What could not be decoded")
    pauses: Sequence[StretchOut] = Field(description="Where the telephony paused the recording")


class TurnOut(Shape):
    """One party's stretch; the text is redacted."""

    position: int
    party: Literal["agent", "customer", "system", "unknown"]
    start_ms: int | None
    end_ms: int | None
    text: str
    quoted: str
    signature: str
    confidence: float | None
    audio_channel: int | None
    speaker: int | None = Field(description="Number of the voice where audio channels do not tell them apart")
    redactions: Sequence[RedactionOut]
    words: Sequence[WordOut] | None = Field(description="Only with `?words=true`")


class NoticeOut(Shape):
    """Something a reader of the transcript must know."""

    code: str
    detail: str


class TranscriptOut(Shape):
    """The turns of an interaction and how they were made."""

    interaction_id: UUID
    engine: str
    engine_version: str
    language: str | None
    reliable: bool | None
    confidence: float | None
    audio_channels: int | None
    languages: Mapping[str, str] = Field(description="Spoken on each audio channel; ISO 639-1")
    role_confidence: float | None = Field(
        description="How sure it is which voice is the agent's, 0-1; null where nothing was inferred"
    )
    sound: SoundOut | None = Field(description="Null for what has none")
    notices: Sequence[NoticeOut]
    thresholds: Mapping[str, Any]
    created_at: datetime
    turns: Sequence[TurnOut]


class ReasonOut(Shape):
    """One call reason; a sub-reason names its top reason as ``parent``."""

    name: str
    parent: str | None
    score: float
    primary: bool
    turn: int | None


class EmotionOut(Shape):
    """One emotion above its threshold."""

    label: str
    score: float


class TurnFindingOut(Shape):
    """What was found in one turn."""

    position: int
    sentiment: float | None
    emotions: Sequence[EmotionOut] | None = Field(
        description="Empty: none stood out; null: not measured, as in languages other than English"
    )


class TurningOut(Shape):
    """The turn from which a party's sentiment was another; means of its turns before, and from there on."""

    turn: int
    before: float
    after: float


class PartySentimentOut(Shape):
    """One party's sentiment over the interaction, -5 to +5."""

    score: float | None
    quarters: Sequence[float | None] = Field(description="Null where the party said nothing")
    shift: float | None = Field(None, description="Last quarter with a score minus the first")
    turned: TurningOut | None = Field(None, description="Where it changed for good, if it did")


class AnalysisOut(Shape):
    """What was found in an interaction, by which models and thresholds."""

    interaction_id: UUID
    call_reasons: Sequence[ReasonOut]
    no_reason: str | None = Field(description="Why there is none: abstained, unreliable, no_text, ...")
    taxonomy: str | None
    taxonomy_version: str | None
    emotions: Mapping[str, Sequence[EmotionOut]] = Field(description="By party")
    sentiment: float | None = Field(description="-5 to +5, the customer's")
    sentiment_by_party: Mapping[str, PartySentimentOut]
    characteristics: Mapping[str, Any]
    turns: Sequence[TurnFindingOut]
    models: Mapping[str, str]
    thresholds: Mapping[str, Any]
    created_at: datetime


class CallReasonOut(Shape):
    """One reason of the taxonomy in use."""

    name: str
    parent: str | None
    description: str


class Taxonomy(Shape):
    """The call reasons that the models in use know; empty before a worker has run."""

    taxonomy: str | None
    version: str | None
    reasons: Sequence[CallReasonOut]
