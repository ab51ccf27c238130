"""Trends: call reasons and emotions over time, as counts and shares of what can be measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select

from service.store import filters as conditions
from service.store import labels as counting
from service.store import shares, trend_breaks
from service.store.analyses import ABSTAINED
from service.store.correction_tables import ReasonCorrectionRow
from service.store.database import Session
from service.store.emotion_groups import GROUP_OF, OTHER, group_of
from service.store.filters import TrendFilter
from service.store.labels import Labels
from service.store.periods import Bucket, Period, period
from service.store.shares import Line, Name, Point, Tally, Totals
from service.store.tables import AnalysisRow, EmotionScoreRow, InteractionRow, ReasonScoreRow
from service.store.trend_breaks import Break, LabelledBy, Pins

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

    An interaction counts once, for its primary reason: the one a person gave last, else the model's
    (``labels``: corrected; model: the model's alone). ``corrected`` counts those that a person has read.
    Labels of earlier versions of the taxonomy count where they stand in the one in use. Shares are of the
    ``measurable`` ones: all that are analysed but those ``not_measurable`` (unreliable transcript, other
    language, no text: ``not_measurable_by``). Of the measurable ones ``without_reason`` have none that was
    sure enough.
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
    labels: Labels
    corrected: int
    models: Sequence[LabelledBy]
    breaks: Sequence[Break]
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
    labels: Labels = "corrected",
) -> ReasonTrend:
    """Count primary reasons by day, week or month; raises InvalidInput("bad_period")."""
    asked = period(first, last)
    within = _within(asked, filters)
    used: Labels = labels if counting.any_corrected(session) else "model"
    tallies, pinned = _tallies(session, within, used)
    counts = _reason_counts(session, within, level=Level(level), labels=used)
    known = trend_breaks.labelled_by((pins, count) for _, pins, count in pinned)
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
        labels=labels,
        corrected=_corrected(session, asked, filters) if used == "corrected" else 0,
        models=trend_breaks.labelled_by((pins, n) for day, pins, n in pinned if asked.contains(day)),
        breaks=trend_breaks.breaks(session, asked.before.first, last, known),
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
    tallies, _ = _tallies(session, _within(asked, filters), "model")
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


def _tallies(
    session: Session, within: Sequence[ColumnElement[bool]], labels: Labels
) -> tuple[dict[date, Tally], list[tuple[date, Pins, int]]]:
    """What was analysed on each day of the period and of the one before, and by which versions."""
    why_none = counting.why_none(labels).label("why_none")
    pins = (AnalysisRow.taxonomy, AnalysisRow.taxonomy_version, AnalysisRow.reason_model)
    felt = (func.sum(AnalysisRow.sentiment), func.count(AnalysisRow.sentiment))
    query = (
        select(InteractionRow.day, why_none, *pins, func.count(), *felt)
        .outerjoin(AnalysisRow, AnalysisRow.interaction_id == InteractionRow.id)
        .where(*within)
        .group_by(InteractionRow.day, "why_none", *pins)
    )
    tallies: dict[date, Tally] = {}
    pinned: list[tuple[date, Pins, int]] = []
    for day, why, taxonomy, version, model, count, sentiment, scored in session.execute(query):
        tally = Tally(analysed=count, sentiment_sum=sentiment or 0.0, sentiment_count=scored)
        if why not in (None, ABSTAINED):
            tally.unmeasured[why] = count
        tallies.setdefault(day, Tally()).add(tally)
        pinned.append((day, (taxonomy, version, model), count))
    return tallies, pinned


def _reason_counts(
    session: Session, within: Sequence[ColumnElement[bool]], *, level: Level, labels: Labels
) -> dict[tuple[date, Name], int]:
    """Interactions by day and primary reason; at the top level a sub-reason counts for its parent."""
    counts: Counter[tuple[date, Name]] = Counter()
    tables = (ReasonScoreRow, ReasonCorrectionRow) if labels == "corrected" else (ReasonScoreRow,)
    for table in tables:
        name, parent = counting.name_of(table), counting.parent_of(table)
        query = (
            select(InteractionRow.day, name.label("shown"), parent.label("above"), func.count())
            .select_from(counting.placed(table))
            .join(InteractionRow, InteractionRow.id == table.interaction_id)
            .where(*counting.counts(table, labels), *within)
            .group_by(InteractionRow.day, "shown", "above")
        )
        for day, name, parent, count in session.execute(query):
            counts[day, (parent or name, None) if level is Level.TOP else (name, parent)] += count
    return counts


def _corrected(session: Session, asked: Period, filters: TrendFilter | None) -> int:
    within = _within(asked, filters, before=False)
    query = select(func.count()).select_from(InteractionRow).where(counting.corrected, *within)
    return session.scalar(query) or 0


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


def _within(asked: Period, filters: TrendFilter | None, *, before: bool = True) -> list[ColumnElement[bool]]:
    """The interactions of the period, and of the one ``before`` it."""
    first = asked.before.first if before else asked.first
    return conditions.analyzed(filters or TrendFilter(), first=first, last=asked.last)
