"""Tables of summaries: what was picked, as places in turns; apart from it, what a user's command wrote."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class PickRow(Base):
    """What was picked as issue, outcome or next action: characters of a turn's redacted text.

    The words stand in the turn alone, so that nothing is kept twice and what is masked there is masked here.
    """

    __tablename__ = "summary_picks"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)  # issue, outcome, next_action
    turn: Mapped[int]
    start_char: Mapped[int]
    end_char: Mapped[int]
    score: Mapped[float]


class WrittenSummaryRow(Base):
    """What the command of ``OVERTONE_SUMMARY_COMMAND`` wrote, or why there is nothing."""

    __tablename__ = "written_summaries"
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str | None]
    error: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
