"""Tables of labels beside the one in force: what people said, and what models said before a re-run."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class ReasonCorrectionRow(Base):
    """What one person says an interaction was about, beside what the model says.

    ``verdict`` is reasons (``name`` is the primary one, ``further`` the others), none (none of the
    taxonomy's) or wrong (the model's is wrong, no better one known). ``model_*`` is what the model said at
    that moment. ``replaced_at`` is None for what a person says now; ``newest`` marks the one correction that
    counts.
    """

    __tablename__ = "reason_corrections"
    __table_args__ = (Index(None, "interaction_id", "newest"), Index(None, "newest", "name"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(String(200))
    verdict: Mapped[str] = mapped_column(String(16))
    name: Mapped[str | None] = mapped_column(String(120))
    parent: Mapped[str | None] = mapped_column(String(120))
    further: Mapped[list[Any]]  # [{"name", "parent"}]
    turn: Mapped[int | None]  # where it is stated
    taxonomy: Mapped[str] = mapped_column(String(64))
    taxonomy_version: Mapped[str] = mapped_column(String(32))
    model_name: Mapped[str | None] = mapped_column(String(120))
    model_parent: Mapped[str | None] = mapped_column(String(120))
    model_taxonomy: Mapped[str | None] = mapped_column(String(64))
    model_taxonomy_version: Mapped[str | None] = mapped_column(String(32))
    model_version: Mapped[str | None] = mapped_column(String(32))
    newest: Mapped[bool]
    created_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class EarlierReasonRow(Base):
    """A primary label that a re-run replaced, kept for comparison; no ``name``: it had abstained."""

    __tablename__ = "earlier_reasons"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "run_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    run_id: Mapped[UUID]
    name: Mapped[str | None] = mapped_column(String(120))
    parent: Mapped[str | None] = mapped_column(String(120))
    score: Mapped[float | None]
    taxonomy: Mapped[str | None] = mapped_column(String(64))
    taxonomy_version: Mapped[str | None] = mapped_column(String(32))
    model_version: Mapped[str | None] = mapped_column(String(32))
    replaced_at: Mapped[datetime]
