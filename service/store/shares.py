"""From counts by day to shares, changes and series: the arithmetic of trends, without a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from service.store.periods import Bucket, Period, cut, end_of, start_of


@dataclass(frozen=True, slots=True)
class Line:
    """One reason or emotion in a period and in the one before.

    ``share`` is of the interactions that can be measured, None where there are none. ``change_points`` is the
    difference of the shares (0.05 is five percentage points), ``change_ratio`` the change relative to the
    previous share (0.5 is half as much again, None when there was none).
    """

    name: str
    parent: str | None
    count: int
    share: float | None
    previous_count: int
    previous_share: float | None
    change_points: float | None
    change_ratio: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """One name in one bucket; ``share`` is None where nothing could be measured."""

    bucket_start: date
    name: str
    count: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the counts of a bucket are shares of; ``start`` and ``end`` are its days that were asked for.

    ``complete`` says whether that is the whole bucket. ``sentiment`` is the mean of the customers' (-5..+5).
    """

    start: date
    end: date
    complete: bool
    analysed: int
    measurable: int
    not_measurable: int
    sentiment: float | None


@dataclass(slots=True)
class Tally:
    """Counts over some days: interactions, those that cannot be measured by why not, and sentiment."""

    analysed: int = 0
    unmeasured: Counter[str] = field(default_factory=Counter)
    sentiment_sum: float = 0.0
    sentiment_count: int = 0

    def add(self, other: "Tally") -> None:
        """Add the counts of other days."""
        self.analysed += other.analysed
        self.unmeasured.update(other.unmeasured)
        self.sentiment_sum += other.sentiment_sum
        self.sentiment_count += other.sentiment_count

    @property
    def measurable(self) -> int:
        """Interactions in which a reason could be found, were there one."""
        return self.analysed - self.unmeasured.total()

    @property
    def sentiment(self) -> float | None:
        """The mean, None where nothing has any."""
        return self.sentiment_sum / self.sentiment_count if self.sentiment_count else None


Name = tuple[str, str | None]  # name and parent
Counts = Mapping[tuple[date, Name], int]


def lines(counts: Counts, tallies: Mapping[date, Tally], asked: Period) -> list[Line]:
    """Every name of the period or the one before, the most frequent first."""
    now, before = _within(counts, asked), _within(counts, asked.before)
    measurable = tally(tallies, asked).measurable
    measurable_before = tally(tallies, asked.before).measurable
    order = sorted(now.keys() | before.keys(), key=lambda name: (-now[name], -before[name], name[0]))
    return [_line(name, now[name], measurable, before[name], measurable_before) for name in order]


def series(
    counts: Counts, tallies: Mapping[date, Tally], asked: Period, bucket: Bucket, names: Iterable[str]
) -> list[Point]:
    """Every name in every bucket, zeros included."""
    wanted = list(dict.fromkeys(names))
    found: Counter[tuple[date, str]] = Counter()
    for (day, (name, _)), count in counts.items():
        if asked.contains(day):
            found[_start(day, asked, bucket), name] += count
    points = []
    for part, counted in _folded(tallies, asked, bucket):
        for name in wanted:
            count = found[part.first, name]
            points.append(Point(part.first, name, count, share(count, counted.measurable)))
    return points


def totals(tallies: Mapping[date, Tally], asked: Period, bucket: Bucket) -> list[Totals]:
    """What the counts of every bucket are shares of."""
    return [
        Totals(
            start=part.first,
            end=part.last,
            complete=part.first == start_of(part.first, bucket) and part.last == end_of(part.last, bucket),
            analysed=counted.analysed,
            measurable=counted.measurable,
            not_measurable=counted.unmeasured.total(),
            sentiment=counted.sentiment,
        )
        for part, counted in _folded(tallies, asked, bucket)
    ]


def tally(tallies: Mapping[date, Tally], asked: Period) -> Tally:
    """The counts of a period."""
    total = Tally()
    for day, counted in tallies.items():
        if asked.contains(day):
            total.add(counted)
    return total


def share(count: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return count / whole if whole else None


def _folded(tallies: Mapping[date, Tally], asked: Period, bucket: Bucket) -> list[tuple[Period, Tally]]:
    """The buckets of a period with what was counted in each."""
    found = {part.first: (part, Tally()) for part in cut(asked, bucket)}
    for day, counted in tallies.items():
        if asked.contains(day):
            found[_start(day, asked, bucket)][1].add(counted)
    return list(found.values())


def _start(day: date, asked: Period, bucket: Bucket) -> date:
    """The first day asked for of the bucket that a day is in."""
    return max(start_of(day, bucket), asked.first)


def _within(counts: Counts, asked: Period) -> Counter[Name]:
    found: Counter[Name] = Counter()
    for (day, name), count in counts.items():
        if asked.contains(day):
            found[name] += count
    return found


def _line(name: Name, count: int, measurable: int, count_before: int, measurable_before: int) -> Line:
    now, before = share(count, measurable), share(count_before, measurable_before)
    return Line(
        name=name[0],
        parent=name[1],
        count=count,
        share=now,
        previous_count=count_before,
        previous_share=before,
        change_points=now - before if now is not None and before is not None else None,
        change_ratio=now / before - 1 if now is not None and before else None,
    )
