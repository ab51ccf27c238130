"""Trends: call reasons and emotions over time, as counts and shares of what can be measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select

from service.store import filters as conditions
from service.store import shares
from service.store.analyses import ABSTAINED
from service.store.database import Session
from service.store.emotion_groups import GROUP_OF, OTHER, group_of
from service.store.filters import TrendFilter
from service.store.periods import Bucket, Period, period
from service.store.shares import Line, Name, Point, Tally, Totals
from service.store.tables import AnalysisRow, EmotionScoreRow, InteractionRow, ReasonScoreRow

__all__ = [
    "Bucket",
    "EmotionLevel",
    "EmotionTrend",
    "Level",
    "Line",
    "Point",
    "ReasonLine",
    "ReasonTrend",
    "Totals",
    "TrendFilter",
    "call_reasons",
    "emotions",
]
ReasonLine = Line


class Level(StrEnum):
    """Count sub-reasons under their top reasons, or each for itself."""

    TOP = "top"
    SUB = "sub"


class EmotionLevel(StrEnum):
    """Count each emotion, or positive, negative, ambiguous and neutral ones."""

    LABEL = "label"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class ReasonTrend:
    """Why customers made contact from ``first`` to ``last``, beside the period of the same length before.

    An interaction counts once, for its primary reason. Shares are of the ``measurable`` ones: all that are
    analysed but those ``not_measurable`` (unreliable transcript, other language, no text:
    ``not_measurable_by``). Of the measurable ones ``without_reason`` have none that was sure enough.
    """

    first: date
    last: date
    rows: Sequence[Line]
    series: Sequence[Point]
    buckets: Sequence[Totals]
    analysed: int
    measurable: int
    without_reason: int
    not_measurable: int
    not_measurable_by: dict[str, int]
    previous_first: date
    previous_last: date
    previous_analysed: int
    previous_measurable: int
    previous_without_reason: int
    previous_not_measurable: int


@dataclass(frozen=True, slots=True)
class EmotionTrend:
    """How one party felt from ``first`` to ``last``, beside the period of the same length before.

    An interaction counts for every emotion found in it: shares do not add up to one. A line's ``parent`` is
    the group of the emotion. ``sentiment`` is the mean of the customers' sentiment (-5..+5).
    """

    first: date
    last: date
    rows: Sequence[Line]
    series: Sequence[Point]
    buckets: Sequence[Totals]
    analysed: int
    measurable: int
    not_measurable: int
    sentiment: float | None
    previous_first: date
    previous_last: date
    previous_analysed: int
    previous_measurable: int
    previous_not_measurable: int
    previous_sentiment: float | None


def call_reasons(
    session: Session,
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.DAY,
    filters: TrendFilter | None = None,
    level: Level = Level.TOP,
) -> ReasonTrend:
    """Count primary reasons by day, week or month; raises InvalidInput("bad_period")."""
    asked = period(first, last)
    tallies = _tallies(session, asked, filters)
    counts = _reason_counts(session, asked, filters, level=Level(level))
    rows = shares.lines(counts, tallies, asked)
    now, before = shares.tally(tallies, asked), shares.tally(tallies, asked.before)
    names = [line.name for line in rows if line.count]
    return ReasonTrend(
        first=first,
        last=last,
        rows=rows,
        series=shares.series(counts, tallies, asked, Bucket(bucket), names),
        buckets=shares.totals(tallies, asked, Bucket(bucket)),
        analysed=now.analysed,
        measurable=now.measurable,
        without_reason=now.measurable - sum(line.count for line in rows),
        not_measurable=now.unmeasured.total(),
        not_measurable_by=dict(now.unmeasured),
        previous_first=asked.before.first,
        previous_last=asked.before.last,
        previous_analysed=before.analysed,
        previous_measurable=before.measurable,
        previous_without_reason=before.measurable - sum(line.previous_count for line in rows),
        previous_not_measurable=before.unmeasured.total(),
    )


def emotions(
    session: Session,
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.DAY,
    filters: TrendFilter | None = None,
    level: EmotionLevel = EmotionLevel.LABEL,
    party: str = "customer",
) -> EmotionTrend:
    """Count interactions by the emotions of one party; raises InvalidInput("bad_period")."""
    asked = period(first, last)
    tallies = _tallies(session, asked, filters)
    counts = _emotion_counts(session, asked, filters, level=EmotionLevel(level), party=party)
    rows = shares.lines(counts, tallies, asked)
    now, before = shares.tally(tallies, asked), shares.tally(tallies, asked.before)
    names = [line.name for line in rows if line.count]
    return EmotionTrend(
        first=first,
        last=last,
        rows=rows,
        series=shares.series(counts, tallies, asked, Bucket(bucket), names),
        buckets=shares.totals(tallies, asked, Bucket(bucket)),
        analysed=now.analysed,
        measurable=now.measurable,
        not_measurable=now.unmeasured.total(),
        sentiment=now.sentiment,
        previous_first=asked.before.first,
        previous_last=asked.before.last,
        previous_analysed=before.analysed,
        previous_measurable=before.measurable,
        previous_not_measurable=before.unmeasured.total(),
        previous_sentiment=before.sentiment,
    )


def _tallies(session: Session, asked: Period, filters: TrendFilter | None) -> dict[date, Tally]:
    """What was analysed on each day of the period and of the one before."""
    query = (
        select(
            InteractionRow.day,
            AnalysisRow.no_reason,
            func.count(),
            func.sum(AnalysisRow.sentiment),
            func.count(AnalysisRow.sentiment),
        )
        .outerjoin(AnalysisRow, AnalysisRow.interaction_id == InteractionRow.id)
        .where(*_within(asked, filters))
        .group_by(InteractionRow.day, AnalysisRow.no_reason)
    )
    tallies: dict[date, Tally] = {}
    for day, why, count, sentiment, felt in session.execute(query):
        tally = Tally(analysed=count, sentiment_sum=sentiment or 0.0, sentiment_count=felt)
        if why not in (None, ABSTAINED):
            tally.unmeasured[why] = count
        tallies.setdefault(day, Tally()).add(tally)
    return tallies


def _reason_counts(
    session: Session, asked: Period, filters: TrendFilter | None, *, level: Level
) -> dict[tuple[date, Name], int]:
    """Interactions by day and primary reason; at the top level a sub-reason counts for its parent."""
    named = (InteractionRow.day, ReasonScoreRow.name, ReasonScoreRow.parent)
    query = (
        select(*named, func.count())
        .join(ReasonScoreRow, ReasonScoreRow.interaction_id == InteractionRow.id)
        .where(ReasonScoreRow.is_primary.is_(True), *_within(asked, filters))
        .group_by(*named)
    )
    counts: Counter[tuple[date, Name]] = Counter()
    for day, name, parent, count in session.execute(query):
        counts[day, (parent or name, None) if level is Level.TOP else (name, parent)] += count
    return counts


def _emotion_counts(
    session: Session, asked: Period, filters: TrendFilter | None, *, level: EmotionLevel, party: str
) -> dict[tuple[date, Name], int]:
    """Interactions by day and emotion, or by day and group of emotions, once each."""
    grouped = level is EmotionLevel.GROUP
    shown = case(GROUP_OF, value=EmotionScoreRow.label, else_=OTHER) if grouped else EmotionScoreRow.label
    query = (
        select(InteractionRow.day, shown.label("shown"), func.count(InteractionRow.id.distinct()))
        .join(EmotionScoreRow, EmotionScoreRow.interaction_id == InteractionRow.id)
        .where(EmotionScoreRow.party == party, *_within(asked, filters))
        .group_by(InteractionRow.day, "shown")
    )
    found = session.execute(query)
    return {(day, (name, None if grouped else group_of(name))): count for day, name, count in found}


def _within(asked: Period, filters: TrendFilter | None) -> list[ColumnElement[bool]]:
    return conditions.analyzed(filters or TrendFilter(), first=asked.before.first, last=asked.last)
