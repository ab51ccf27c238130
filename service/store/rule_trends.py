"""Rules over time: matches by day, week or month, and their share of the interactions evaluated."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from service.rules.verdicts import Outcome
from service.store import filters as conditions
from service.store.database import Session
from service.store.filters import TrendFilter
from service.store.periods import Bucket, Period, cut, period
from service.store.shares import share
from service.store.tables import InteractionRow, RuleResultRow, RuleRow


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in a period and in the one before; shares are of what could be evaluated."""

    rule: str
    matched: int
    evaluated: int
    not_evaluated: int
    share: float | None
    previous_matched: int
    previous_evaluated: int
    previous_share: float | None
    change_points: float | None


@dataclass(frozen=True, slots=True)
class RulePoint:
    """One rule in one bucket; ``share`` None where nothing was evaluated."""

    bucket_start: date
    rule: str
    matched: int
    evaluated: int
    share: float | None


@dataclass(frozen=True, slots=True)
class RuleTrend:
    """Every rule that was applied, the most frequent first."""

    first: date
    last: date
    rows: Sequence[RuleLine]
    series: Sequence[RulePoint]


Counts = Counter[tuple[str, date, str]]  # rule, day, outcome


def rules(
    session: Session,
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.DAY,
    filters: TrendFilter | None = None,
    rule: str | None = None,
) -> RuleTrend:
    """Count the results of rules (of one rule); raises InvalidInput("bad_period")."""
    asked = period(first, last)
    counts = _counts(session, asked, filters, rule)
    names = sorted({name for name, _, _ in counts})
    lines = [_line(name, counts, asked) for name in names]
    lines.sort(key=lambda line: (-line.matched, line.rule))
    points = [_point(line.rule, counts, part) for part in cut(asked, Bucket(bucket)) for line in lines]
    return RuleTrend(first, last, lines, points)


def _counts(session: Session, asked: Period, filters: TrendFilter | None, rule: str | None) -> Counts:
    within = conditions.analyzed(filters or TrendFilter(), first=asked.before.first, last=asked.last)
    within += [RuleRow.name == rule] if rule is not None else []
    query = (
        select(RuleRow.name, InteractionRow.day, RuleResultRow.outcome, func.count())
        .join(RuleResultRow, RuleResultRow.rule_id == RuleRow.id)
        .join(InteractionRow, InteractionRow.id == RuleResultRow.interaction_id)
        .where(*within)
        .group_by(RuleRow.name, InteractionRow.day, RuleResultRow.outcome)
    )
    return Counter({(name, day, outcome): count for name, day, outcome, count in session.execute(query)})


def _within(name: str, counts: Counts, part: Period) -> Counter[str]:
    found: Counter[str] = Counter()
    for (rule, day, outcome), count in counts.items():
        if rule == name and part.contains(day):
            found[outcome] += count
    return found


def _line(name: str, counts: Counts, asked: Period) -> RuleLine:
    now, before = _within(name, counts, asked), _within(name, counts, asked.before)
    evaluated, evaluated_before = _evaluated(now), _evaluated(before)
    current = share(now[Outcome.MATCHED], evaluated)
    previous = share(before[Outcome.MATCHED], evaluated_before)
    return RuleLine(
        rule=name,
        matched=now[Outcome.MATCHED],
        evaluated=evaluated,
        not_evaluated=now[Outcome.NOT_EVALUATED],
        share=current,
        previous_matched=before[Outcome.MATCHED],
        previous_evaluated=evaluated_before,
        previous_share=previous,
        change_points=current - previous if current is not None and previous is not None else None,
    )


def _point(name: str, counts: Counts, part: Period) -> RulePoint:
    found = _within(name, counts, part)
    evaluated = _evaluated(found)
    matched = found[Outcome.MATCHED]
    return RulePoint(part.first, name, matched, evaluated, share(matched, evaluated))


def _evaluated(found: Counter[str]) -> int:
    return found[Outcome.MATCHED] + found[Outcome.NOT_MATCHED]
