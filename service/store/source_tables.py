"""Table of sources: what is known of a system that sends recordings."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class SourceRow(Base):
    """How recordings of one source are heard, where their own metadata say nothing else.

    ``keep_original`` is None where the setting decides.
    """

    __tablename__ = "sources"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel_maps: Mapped[dict[str, Any]]  # {"inbound" | "outbound" | "unknown": {"0": "agent", ...}}
    vocabulary: Mapped[list[Any]]
    language: Mapped[str | None] = mapped_column(String(16))
    translate: Mapped[bool]
    keep_original: Mapped[bool | None]
    updated_at: Mapped[datetime]
