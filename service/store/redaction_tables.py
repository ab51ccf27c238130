"""The table of what was masked, as keyed hashes."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class RedactedValueRow(Base):
    """One value that was masked in an interaction: its kind, and HMAC-SHA-256 of its normalised spelling."""

    __tablename__ = "redacted_values"
    __table_args__ = (Index(None, "hash"),)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
