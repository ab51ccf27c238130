"""The figures of the first page: what came in, how far it got, who it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from service.store.database import Session
from service.store.filters import TrendFilter, received
from service.store.tables import AnalysisRow, InteractionRow, Status


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts over some days: interactions by status and by channel, customers, recorded time, mean sentiment.

    ``recorded_ms`` is the length of the recordings; ``sentiment`` (-5..+5) is None where nothing has any.
    """

    interactions: int
    by_status: dict[str, int]
    by_channel: dict[str, int]
    customers: int
    recorded_ms: int
    sentiment: float | None

    @property
    def waiting(self) -> int:
        """Interactions on their way."""
        return self.by_status.get(Status.RECEIVED, 0) + self.by_status.get(Status.TRANSCRIBED, 0)

    @property
    def failed(self) -> int:
        """Interactions that cannot be worked on."""
        return self.by_status.get(Status.FAILED, 0)


def get(session: Session, *, first: date, last: date, filters: TrendFilter | None = None) -> Overview:
    """The figures of the local days from ``first`` to ``last``, both within."""
    within = received(filters or TrendFilter(), first=first, last=last)
    by_status, by_channel, recorded = _counts(session, within)
    customers = select(func.count(InteractionRow.customer_id.distinct())).where(*within)
    sentiment = (
        select(func.avg(AnalysisRow.sentiment))
        .join(InteractionRow, InteractionRow.id == AnalysisRow.interaction_id)
        .where(InteractionRow.status == Status.ANALYZED.value, *within)
    )
    return Overview(
        interactions=sum(by_status.values()),
        by_status=by_status,
        by_channel=by_channel,
        customers=session.scalar(customers) or 0,
        recorded_ms=recorded,
        sentiment=session.scalar(sentiment),
    )


def automatic(session: Session, asked: TrendFilter, *, first: date, last: date) -> int:
    """How many mails came from machines; they are counted nowhere else."""
    among = InteractionRow.day.between(first, last), InteractionRow.automatic.is_not(None)
    query = select(func.count()).select_from(InteractionRow).where(*among)
    if asked.channel is not None:
        query = query.where(InteractionRow.channel == asked.channel)
    return session.scalar(query) or 0


def days(session: Session) -> tuple[date, date] | None:
    """The first and last local day of any interaction; None before the first."""
    first, last = session.execute(select(func.min(InteractionRow.day), func.max(InteractionRow.day))).one()
    return None if first is None else (first, last)


def _counts(
    session: Session, within: Sequence[ColumnElement[bool]]
) -> tuple[dict[str, int], dict[str, int], int]:
    by_status: dict[str, int] = {}
    by_channel: dict[str, int] = {}
    recorded = 0
    grouped = (InteractionRow.status, InteractionRow.channel)
    query = select(*grouped, func.count(), func.sum(InteractionRow.duration_ms)).where(*within)
    for status, channel, count, duration in session.execute(query.group_by(*grouped).order_by(*grouped)):
        by_status[status] = by_status.get(status, 0) + count
        by_channel[channel] = by_channel.get(channel, 0) + count
        recorded += int(duration or 0)
    return by_status, by_channel, recorded
