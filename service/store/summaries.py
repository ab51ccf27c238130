"""Interactions as a list shows them: with customer, reasons, sentiment and emotions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from service.store import analyses, threads
from service.store.database import Session
from service.store.tables import (
    AnalysisRow,
    CustomerRow,
    EmotionScoreRow,
    InteractionRow,
    ReasonScoreRow,
)
from service.store.threads import ThreadPlace


@dataclass(frozen=True, slots=True)
class Summary:
    """One interaction with what was found: reasons primary first, emotions strongest first.

    Emotions are the customer's, and ``sentiment_shift``: the last quarter minus the first. ``no_reason`` says
    why an analysed interaction has no reason.
    """

    interaction: InteractionRow
    customer: CustomerRow | None
    reasons: Sequence[ReasonScoreRow]
    emotions: Sequence[EmotionScoreRow]
    sentiment: float | None
    sentiment_shift: float | None
    no_reason: str | None
    thread: ThreadPlace | None = None

    @property
    def reason(self) -> ReasonScoreRow | None:
        """The primary reason."""
        return self.reasons[0] if self.reasons else None


def of(session: Session, rows: Sequence[InteractionRow]) -> list[Summary]:
    """The summaries of some interactions, in their order, with five queries however many they are."""
    ids = [row.id for row in rows]
    customer_ids = {row.customer_id for row in rows if row.customer_id is not None}
    customers = {
        row.id: row for row in session.scalars(select(CustomerRow).where(CustomerRow.id.in_(customer_ids)))
    }
    shift = (AnalysisRow.sentiment_end - AnalysisRow.sentiment_start).label("shift")
    query = select(AnalysisRow.interaction_id, AnalysisRow.sentiment, shift, AnalysisRow.no_reason)
    found = {
        row.interaction_id: row for row in session.execute(query.where(AnalysisRow.interaction_id.in_(ids)))
    }
    reasons = analyses.reasons_of(session, ids)
    emotions = analyses.emotions_of(session, ids)
    threaded = threads.places(session, rows)
    return [
        Summary(
            interaction=row,
            customer=customers.get(row.customer_id) if row.customer_id is not None else None,
            reasons=reasons[row.id],
            emotions=[emotion for emotion in emotions[row.id] if emotion.party == "customer"],
            sentiment=found[row.id].sentiment if row.id in found else None,
            sentiment_shift=_rounded(found[row.id].shift) if row.id in found else None,
            no_reason=found[row.id].no_reason if row.id in found else None,
            thread=threaded.get(row.id),
        )
        for row in rows
    ]


def _rounded(shift: float | None) -> float | None:
    return None if shift is None else round(shift, 2)
