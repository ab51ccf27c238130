"""The data model on one page."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = JSON().with_variant(JSONB(), "postgresql")


class Channel(StrEnum):
    """How an interaction reached the centre."""

    VOICE = "voice"
    EMAIL = "email"
    CHAT = "chat"
    NOTE = "note"
    COMMENT = "comment"
    SURVEY = "survey"


class Direction(StrEnum):
    """Who began."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Status(StrEnum):
    """How far an interaction has come."""

    RECEIVED = "received"
    TRANSCRIBED = "transcribed"
    ANALYZED = "analyzed"
    FAILED = "failed"


class IdentifierKind(StrEnum):
    """What a customer is known by."""

    PHONE = "phone"  # E.164
    EMAIL = "email"  # lower case
    CRM = "crm"  # the CRM's own id, as it is


class TaskState(StrEnum):
    """A failed attempt goes back to ``queued`` with a later ``run_at``; ``dead`` waits for a re-drive."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on databases that keep no zone too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone reached the store")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain attribute
        datetime: UtcDateTime,
        date: Date,
        UUID: Uuid,
        str: Text,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


def _name(enum: type[StrEnum]) -> String:
    return String(max(len(member.value) for member in enum) + 8)


class CustomerRow(Base):
    """One customer; what they are known by is in ``identifiers``."""

    __tablename__ = "customers"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    attributes: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class IdentifierRow(Base):
    """One phone, e-mail address or CRM id; it belongs to one customer."""

    __tablename__ = "identifiers"
    __table_args__ = (UniqueConstraint("kind", "value"), Index(None, "customer_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(_name(IdentifierKind))
    value: Mapped[str] = mapped_column(String(320))
    created_at: Mapped[datetime]


class InteractionRow(Base):
    """One contact on any channel.

    ``blob_key`` is the original as it arrived, ``playback_key`` the redacted sound that may be played.
    ``day`` is the local day of ``started_at`` in the centre's time zone: trends are counted by it.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "started_at", "id"),
        Index(None, "day"),
        Index(None, "customer_id", "started_at"),
        Index(None, "status"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(_name(Channel))
    source: Mapped[str] = mapped_column(String(200))
    external_id: Mapped[str] = mapped_column(String(512))
    direction: Mapped[str | None] = mapped_column(_name(Direction))
    status: Mapped[str] = mapped_column(_name(Status))
    started_at: Mapped[datetime]
    day: Mapped[date]
    received_at: Mapped[datetime]
    transcribed_at: Mapped[datetime | None]
    analyzed_at: Mapped[datetime | None]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    language: Mapped[str | None] = mapped_column(String(16))
    agent: Mapped[str | None] = mapped_column(String(200))
    queue: Mapped[str | None] = mapped_column(String(200))
    campaign: Mapped[str | None] = mapped_column(String(200))
    disposition: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str | None]  # redacted
    thread: Mapped[str | None] = mapped_column(String(512))  # first Message-ID of a mail thread
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    customer_party: Mapped[str | None] = mapped_column(String(16))  # who wrote a mail: agent or customer
    channel_map: Mapped[dict[str, Any] | None]  # {"0": "agent", "1": "customer"}
    attributes: Mapped[dict[str, Any]]
    blob_key: Mapped[str] = mapped_column(String(80))
    blob_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str | None] = mapped_column(String(255))
    playback_key: Mapped[str | None] = mapped_column(String(80))
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_detail: Mapped[str | None]


class TranscriptRow(Base):
    """How an interaction was turned into turns."""

    __tablename__ = "transcripts"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    engine: Mapped[str] = mapped_column(String(100))
    engine_version: Mapped[str] = mapped_column(String(100))
    language: Mapped[str | None] = mapped_column(String(16))
    reliable: Mapped[bool | None]
    confidence: Mapped[float | None]
    audio_channels: Mapped[int | None]
    notices: Mapped[list[Any]]  # [{"code", "detail"}]
    thresholds: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class TurnRow(Base):
    """One turn, redacted before it came here."""

    __tablename__ = "turns"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(16))
    start_ms: Mapped[int | None] = mapped_column(BigInteger)
    end_ms: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str]
    quoted: Mapped[str]
    signature: Mapped[str]
    confidence: Mapped[float | None]
    audio_channel: Mapped[int | None]
    words: Mapped[list[Any]]  # [[start_ms, end_ms, text, confidence]], redacted words masked
    redactions: Mapped[list[Any]]  # [{"kind", "start", "end"}] in the original text


class AnalysisRow(Base):
    """What was found in an interaction as a whole, and by which models."""

    __tablename__ = "analyses"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    sentiment: Mapped[float | None]  # -5..+5, the customer's
    sentiment_by_party: Mapped[dict[str, Any]]  # {"customer": {"score": x, "quarters": [..4]}}
    characteristics: Mapped[dict[str, Any]]
    models: Mapped[dict[str, Any]]  # {"call_reasons": "1.0.0", ...}
    thresholds: Mapped[dict[str, Any]]
    no_reason: Mapped[str | None] = mapped_column(
        String(32)
    )  # why there is none: unreliable, no_text, abstained, language
    created_at: Mapped[datetime]


class TurnFindingRow(Base):
    """Sentiment and emotions of one turn."""

    __tablename__ = "turn_findings"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    sentiment: Mapped[float | None]
    emotions: Mapped[list[Any]]  # [{"label", "score"}] above their thresholds


class ReasonScoreRow(Base):
    """One call reason of one interaction; ``parent`` names its top reason, None for a top reason."""

    __tablename__ = "reason_scores"
    __table_args__ = (Index(None, "name"), Index(None, "parent"))
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    parent: Mapped[str | None] = mapped_column(String(120))
    score: Mapped[float]
    is_primary: Mapped[bool]
    turn: Mapped[int | None]
    taxonomy: Mapped[str] = mapped_column(String(64))
    taxonomy_version: Mapped[str] = mapped_column(String(32))
    model_version: Mapped[str] = mapped_column(String(32))


class EmotionScoreRow(Base):
    """One emotion of one party in one interaction: the highest score over their turns."""

    __tablename__ = "emotion_scores"
    __table_args__ = (Index(None, "label"),)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    party: Mapped[str] = mapped_column(String(16), primary_key=True)
    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    score: Mapped[float]


class CallReasonRow(Base):
    """The taxonomy as the models in use know it; two levels, ``parent`` names the top reason."""

    __tablename__ = "call_reasons"
    taxonomy: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    parent: Mapped[str | None] = mapped_column(String(120))
    description: Mapped[str]
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class TaskRow(Base):
    """One piece of work; the row is the truth. Times are ms since 1970 by the database's clock.

    ``root_id`` is the first task of a chain (its own id for the first), so that a caller who was given one
    address sees transcription and analysis through it.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "generation"),
        Index(
            "ix_tasks_due",
            "job_queue",
            "priority",
            "run_at",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_tasks_leased",
            "lease_until",
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        Index(None, "root_id"),
        Index(None, "subject_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(32))  # transcribe, analyze
    subject_id: Mapped[UUID]  # the interaction
    generation: Mapped[int]  # 0 first, +1 for each repetition asked for
    job_queue: Mapped[str] = mapped_column(String(32))  # speech, text
    state: Mapped[str] = mapped_column(_name(TaskState))
    priority: Mapped[int]
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    crashes: Mapped[int]  # attempts that ended without an outcome
    fence: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)
    run_at: Mapped[int] = mapped_column(BigInteger)
    hinted_at: Mapped[int | None] = mapped_column(BigInteger)
    progress: Mapped[float | None]  # 0-1 of the running attempt
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None]
    created_at: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[int | None] = mapped_column(BigInteger)
    finished_at: Mapped[int | None] = mapped_column(BigInteger)


class TaskAttemptRow(Base):
    """What became of each attempt."""

    __tablename__ = "task_attempts"
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True)
    fence: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    owner: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str | None] = mapped_column(String(16))  # done, failed, crashed, cancelled
    error_code: Mapped[str | None] = mapped_column(String(64))


class ApiKeyRow(Base):
    """One API key: a public id for look-up and the SHA-256 of the secret."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SessionRow(Base):
    """One dashboard login; the cookie's SHA-256 is the key."""

    __tablename__ = "sessions"
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    api_key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"))
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class IdempotencyRow(Base):
    """What was answered to an Idempotency-Key, for as long as it is remembered."""

    __tablename__ = "idempotency_keys"
    api_key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    task_id: Mapped[UUID]
    interaction_id: Mapped[UUID]
    created_at: Mapped[datetime]
