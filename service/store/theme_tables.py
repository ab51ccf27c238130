"""Tables of themes: what was found by a job, and the statements that speak for it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class ThemeRow(Base):
    """What several interactions have in common though no reason explains them.

    ``accepted_taxonomy`` and ``accepted_reason`` say which reason it was made.
    """

    __tablename__ = "themes"
    __table_args__ = (Index(None, "run_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("archive_runs.id", ondelete="CASCADE"))
    position: Mapped[int]  # 0 is the most frequent
    label: Mapped[list[Any]]  # its own words
    size: Mapped[int]  # interactions when it was found
    cohesion: Mapped[float]
    accepted_taxonomy: Mapped[str | None] = mapped_column(String(64))
    accepted_reason: Mapped[str | None] = mapped_column(String(120))


class ThemeMemberRow(Base):
    """The most typical statement of one interaction of a theme; it goes with the interaction."""

    __tablename__ = "theme_members"
    __table_args__ = (Index(None, "interaction_id"),)
    theme_id: Mapped[UUID] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]  # 0 is the most typical
    turn: Mapped[int]
    text: Mapped[str]  # a part of the redacted turn
