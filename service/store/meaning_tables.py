"""Tables of meaning: a vector per interaction, and searches that a worker answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class EmbeddingRow(Base):
    """What an interaction is about: a unit vector of 16-bit floats, comparable with those of one encoder.

    A vector that is made anew gets a new id, so that workers see what has changed. An interaction of which
    nothing can be read has none.
    """

    __tablename__ = "embeddings"
    __table_args__ = (
        UniqueConstraint("interaction_id"),
        Index(None, "encoder", "id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    encoder: Mapped[str] = mapped_column(String(100))
    turn: Mapped[int | None]  # the turn that comes nearest to it; None: the subject
    vector: Mapped[bytes]


class SearchRow(Base):
    """A search by meaning: asked by the API, answered by a worker, kept for its pages until it expires."""

    __tablename__ = "searches"
    __table_args__ = (Index(None, "fingerprint"), Index(None, "created_at"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))  # of what is asked: the same search is made once
    asked: Mapped[dict[str, Any]]
    found: Mapped[list[Any] | None]  # [[interaction_id, score, turn, [sources]]], the best first
    measurable: Mapped[bool | None]  # False: the interaction has no vector to compare with
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
