"""The data model on one page: interactions, customers and results; tasks and access stand beside it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from service.store import correction_tables as correction_tables
from service.store import taxonomy_tables as taxonomy_tables
from service.store.access_tables import ApiKeyRow, IdempotencyRow, SessionRow
from service.store.archive_tables import ArchiveRunRow
from service.store.columns import Base, Json, enum_column
from service.store.fact_tables import FactRow, TermListRow
from service.store.import_tables import BadRowsRow, ImportRow
from service.store.kinds import Channel, Direction, IdentifierKind, Status
from service.store.mail_tables import MailIdRow, MailSubjectRow
from service.store.meaning_tables import EmbeddingRow, SearchRow
from service.store.phrase_tables import PhraseHitRow, PhraseListRow, PhraseRunHitRow, PhraseRunRow
from service.store.redaction_tables import RedactedValueRow
from service.store.rule_tables import RuleMarkRow, RuleResultRow, RuleRow, RuleVersionRow
from service.store.search_tables import SearchEntryRow
from service.store.source_tables import SourceRow
from service.store.summary_tables import PickRow, WrittenSummaryRow
from service.store.task_tables import TaskAttemptRow, TaskRow, TaskState
from service.store.theme_tables import ThemeMemberRow, ThemeRow

__all__ = [
    "AnalysisRow",
    "ApiKeyRow",
    "ArchiveRunRow",
    "BadRowsRow",
    "Base",
    "CallReasonRow",
    "Channel",
    "CustomerRow",
    "Direction",
    "EmbeddingRow",
    "EmotionScoreRow",
    "FactRow",
    "IdempotencyRow",
    "IdentifierKind",
    "IdentifierRow",
    "ImportRow",
    "InteractionRow",
    "MailIdRow",
    "MailSubjectRow",
    "PhraseHitRow",
    "PhraseListRow",
    "PhraseRunHitRow",
    "PhraseRunRow",
    "PickRow",
    "ReasonScoreRow",
    "RedactedValueRow",
    "RuleMarkRow",
    "RuleResultRow",
    "RuleRow",
    "RuleVersionRow",
    "SearchEntryRow",
    "SearchRow",
    "SessionRow",
    "SourceRow",
    "Status",
    "TaskAttemptRow",
    "TaskRow",
    "TaskState",
    "TermListRow",
    "ThemeMemberRow",
    "ThemeRow",
    "TranscriptRow",
    "TurnFindingRow",
    "TurnRow",
    "WrittenSummaryRow",
]


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
    kind: Mapped[str] = mapped_column(enum_column(IdentifierKind))
    value: Mapped[str] = mapped_column(String(320))
    created_at: Mapped[datetime]


class InteractionRow(Base):
    """One contact on any channel.

    ``blob_key`` is the original as it arrived, ``playback_key`` the redacted sound that may be played,
    ``transcript_key`` a transcript that came along (or is all that came);
    ``keep_original`` is decided when it is transcribed, ``original_deleted_at`` says since when it is gone.
    ``pauses`` are the stretches in which the telephony paused the recording.
    ``day`` is the local day of ``started_at`` in the centre's time zone: trends are counted by it.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "started_at", "id"),
        Index(None, "day"),
        Index(None, "customer_id", "started_at"),
        Index(
            "ix_interactions_trends",
            *("status", "is_contact", "day", "channel", "queue", "agent", "customer_id", "id"),
        ),
        Index(None, "thread", "started_at"),
        Index(None, "agent", "started_at", "id"),
        Index(None, "queue", "started_at", "id"),
        Index(None, "blob_key"),
        Index(None, "playback_key"),
        Index(None, "transcript_key"),
        Index(
            "ix_interactions_originals_to_delete",
            "transcribed_at",
            sqlite_where=text("NOT keep_original AND original_deleted_at IS NULL"),
            postgresql_where=text("NOT keep_original AND original_deleted_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(enum_column(Channel))
    source: Mapped[str] = mapped_column(String(200))
    external_id: Mapped[str] = mapped_column(String(512))
    direction: Mapped[str | None] = mapped_column(enum_column(Direction))
    status: Mapped[str] = mapped_column(enum_column(Status))
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
    is_contact: Mapped[bool]  # False: from a machine or among ourselves; counted nowhere as a contact
    automatic: Mapped[str | None] = mapped_column(String(16))  # auto_reply, bounce, bulk, receipt, calendar
    attachments: Mapped[list[Any] | None]  # [{"name", "media_type", "size", "inline", "code"}], redacted
    attributes: Mapped[dict[str, Any]]
    blob_key: Mapped[str] = mapped_column(String(80))
    blob_bytes: Mapped[int] = mapped_column(BigInteger)
    transcript_key: Mapped[str | None] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str | None] = mapped_column(String(255))
    playback_key: Mapped[str | None] = mapped_column(String(80))
    pauses: Mapped[list[Any] | None]  # [[start_ms, end_ms]]
    keep_original: Mapped[bool | None]
    original_deleted_at: Mapped[datetime | None]
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_detail: Mapped[str | None]


class TranscriptRow(Base):
    """How an interaction was turned into turns, and what its sound tells: ``nlp.transcript.Transcript``."""

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
    languages: Mapped[dict[str, Any]]  # {"0": "en"}: spoken on each audio channel
    role_confidence: Mapped[float | None]  # None: nothing was inferred
    sound: Mapped[dict[str, Any] | None]  # {"loudness", "speech", "holds", "gaps"}
    notices: Mapped[list[Any]]  # [{"code", "detail"}]
    thresholds: Mapped[dict[str, Any]]
    masked_kinds: Mapped[list[Any] | None]  # what was masked when it was made; None: not known
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
    speaker: Mapped[int | None]  # number of the voice where audio channels do not tell voices apart
    words: Mapped[list[Any]]  # [[start_ms, end_ms, text, confidence]], redacted words masked
    redactions: Mapped[list[Any]]  # [{"kind", "start", "end"}] in the original text


class AnalysisRow(Base):
    """What was found in an interaction as a whole, and by which models."""

    __tablename__ = "analyses"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    sentiment: Mapped[float | None]  # -5..+5, the customer's
    sentiment_by_party: Mapped[dict[str, Any]]  # {"customer": {"score": x, "quarters": [..4], ...}}
    sentiment_start: Mapped[float | None]  # the customer's first quarter that has a score
    sentiment_end: Mapped[float | None]  # and their last; none of both where only one has
    characteristics: Mapped[dict[str, Any]]
    models: Mapped[dict[str, Any]]  # {"call_reasons": "1.0.0", ...}
    thresholds: Mapped[dict[str, Any]]
    no_reason: Mapped[str | None] = mapped_column(String(32))  # unreliable, no_text, abstained, language
    taxonomy: Mapped[str | None] = mapped_column(String(64))  # what reasons were sought by, found or not
    taxonomy_version: Mapped[str | None] = mapped_column(String(32))
    reason_model: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]


class TurnFindingRow(Base):
    """Sentiment and emotions of one turn."""

    __tablename__ = "turn_findings"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    sentiment: Mapped[float | None]
    # [{"label", "score"}] above their thresholds; JSON's null where the turn could not be read
    emotions: Mapped[list[Any] | None] = mapped_column(Json, nullable=False)


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
    shipped: Mapped[bool]  # it came with the models
