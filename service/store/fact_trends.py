"""Trends of facts: in how many interactions something is named, by day, beside the period before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from service.store import filters as conditions
from service.store import shares
from service.store.database import Session
from service.store.filters import TrendFilter
from service.store.periods import Bucket, Period, period
from service.store.shares import Line, Name, Point, Tally, Totals
from service.store.tables import AnalysisRow, FactRow, InteractionRow

UNREADABLE = ("unreliable", "no_text")  # whatever else has no reason has words in which facts can be found


@dataclass(frozen=True, slots=True)
class FactTrend:
    """What was named from ``first`` to ``last``, beside the period of the same length before.

    An interaction counts once for every name that is found in it; shares are of the ``measurable`` ones and
    do not add up to one. ``mentions_in`` interactions name anything of the kind: a name's share of voice is
    its count among the sum of all counts.
    """

    first: date
    last: date
    kind: str
    rows: Sequence[Line]
    series: Sequence[Point]
    buckets: Sequence[Totals]
    analysed: int
    measurable: int
    not_measurable: int
    mentions_in: int
    previous_first: date
    previous_last: date
    previous_analysed: int
    previous_measurable: int
    previous_not_measurable: int


def facts(
    session: Session,
    kind: str,
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.DAY,
    filters: TrendFilter | None = None,
    party: str | None = None,
) -> FactTrend:
    """Count interactions by the names of one kind of facts; raises InvalidInput("bad_period").

    ``party``: only what this party said.
    """
    asked = period(first, last)
    tallies = _tallies(session, asked, filters)
    counts = _counts(session, asked, filters, kind=kind, party=party)
    rows = shares.lines(counts, tallies, asked)
    now, before = shares.tally(tallies, asked), shares.tally(tallies, asked.before)
    return FactTrend(
        first=first,
        last=last,
        kind=kind,
        rows=rows,
        series=shares.series(
            counts, tallies, asked, Bucket(bucket), [line.name for line in rows if line.count]
        ),
        buckets=shares.totals(tallies, asked, Bucket(bucket)),
        analysed=now.analysed,
        measurable=now.measurable,
        not_measurable=now.unmeasured.total(),
        mentions_in=_interactions(session, asked, filters, kind=kind, party=party),
        previous_first=asked.before.first,
        previous_last=asked.before.last,
        previous_analysed=before.analysed,
        previous_measurable=before.measurable,
        previous_not_measurable=before.unmeasured.total(),
    )


def _tallies(session: Session, asked: Period, filters: TrendFilter | None) -> dict[date, Tally]:
    query = (
        select(InteractionRow.day, AnalysisRow.no_reason, func.count())
        .outerjoin(AnalysisRow, AnalysisRow.interaction_id == InteractionRow.id)
        .where(*conditions.analyzed(filters or TrendFilter(), first=asked.before.first, last=asked.last))
        .group_by(InteractionRow.day, AnalysisRow.no_reason)
    )
    tallies: dict[date, Tally] = {}
    for day, why, count in session.execute(query):
        tally = Tally(analysed=count)
        if why in UNREADABLE:
            tally.unmeasured[why] = count
        tallies.setdefault(day, Tally()).add(tally)
    return tallies


def _counts(
    session: Session, asked: Period, filters: TrendFilter | None, *, kind: str, party: str | None
) -> dict[tuple[date, Name], int]:
    query = (
        select(InteractionRow.day, FactRow.name, func.count(InteractionRow.id.distinct()))
        .join(FactRow, FactRow.interaction_id == InteractionRow.id)
        .where(FactRow.kind == kind, *([FactRow.party == party] if party else []))
        .where(*conditions.analyzed(filters or TrendFilter(), first=asked.before.first, last=asked.last))
        .group_by(InteractionRow.day, FactRow.name)
    )
    return {(day, (name, None)): count for day, name, count in session.execute(query)}


def _interactions(
    session: Session, asked: Period, filters: TrendFilter | None, *, kind: str, party: str | None
) -> int:
    query = (
        select(func.count(InteractionRow.id.distinct()))
        .join(FactRow, FactRow.interaction_id == InteractionRow.id)
        .where(FactRow.kind == kind, *([FactRow.party == party] if party else []))
        .where(*conditions.analyzed(filters or TrendFilter(), first=asked.first, last=asked.last))
    )
    return session.scalar(query) or 0
