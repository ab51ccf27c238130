"""One customer's history: timeline, last reasons, how they felt month by month."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from service.store import interactions, summaries
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.pages import Page
from service.store.summaries import Summary
from service.store.tables import AnalysisRow, EmotionScoreRow, InteractionRow, ReasonScoreRow

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class LastReason:
    """A primary reason of a customer and when they last had it; ``count`` is how often."""

    name: str
    parent: str | None
    count: int
    last_at: datetime
    interaction_id: UUID


@dataclass(frozen=True, slots=True)
class MonthOfEmotion:
    """How a customer felt in a month: interactions, mean sentiment, interactions by emotion, most first.

    ``month`` is its first day.
    """

    month: date
    interactions: int
    sentiment: float | None
    emotions: Mapping[str, int]


def timeline(
    session: Session, customer_id: UUID, *, cursor: str | None = None, limit: int = 50
) -> Page[Summary]:
    """A page of a customer's interactions with what was found, newest first."""
    page = interactions.find(
        session, filters=InteractionFilter(customer_id=customer_id), cursor=cursor, limit=limit
    )
    return page.with_items(summaries.of(session, page.items))


def last_reasons(session: Session, customer_id: UUID, *, limit: int = 5) -> list[LastReason]:
    """A customer's primary reasons, each once, the one they had last first."""
    query = (
        select(ReasonScoreRow.name, ReasonScoreRow.parent, InteractionRow.started_at, InteractionRow.id)
        .join(InteractionRow, InteractionRow.id == ReasonScoreRow.interaction_id)
        .where(*_contacts(customer_id), ReasonScoreRow.is_primary.is_(True))
        .order_by(InteractionRow.started_at.desc(), InteractionRow.id.desc())
    )
    found: dict[str, list[tuple[str | None, datetime, UUID]]] = {}
    for name, parent, started_at, interaction_id in session.execute(query):
        found.setdefault(name, []).append((parent, started_at, interaction_id))
    return [LastReason(name, had[0][0], len(had), had[0][1], had[0][2]) for name, had in found.items()][
        :limit
    ]


def emotion_trend(session: Session, customer_id: UUID) -> list[MonthOfEmotion]:
    """How a customer felt, by month, oldest first; months without analysed interactions are left out."""
    sentiments: dict[date, list[float | None]] = {}
    query = select(InteractionRow.day, AnalysisRow.sentiment)
    query = query.join(AnalysisRow, AnalysisRow.interaction_id == InteractionRow.id)
    for day, sentiment in session.execute(_of(query, customer_id)):
        sentiments.setdefault(day.replace(day=1), []).append(sentiment)
    emotions = _emotions_by_month(session, customer_id)
    return [
        MonthOfEmotion(month, len(had), _mean(had), dict(emotions[month].most_common()))
        for month, had in sorted(sentiments.items())
    ]


def _emotions_by_month(session: Session, customer_id: UUID) -> defaultdict[date, Counter[str]]:
    query = select(InteractionRow.day, EmotionScoreRow.label)
    query = query.join(EmotionScoreRow, EmotionScoreRow.interaction_id == InteractionRow.id)
    query = query.where(EmotionScoreRow.party == "customer")
    found: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for day, label in session.execute(_of(query, customer_id)):
        found[day.replace(day=1)][label] += 1
    return found


def _of(query: Select[*Columns], customer_id: UUID) -> Select[*Columns]:
    return query.where(*_contacts(customer_id)).order_by(InteractionRow.day)


def _contacts(customer_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return InteractionRow.customer_id == customer_id, InteractionRow.is_contact.is_(True)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
