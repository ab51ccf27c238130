"""The period that a visitor picked, and the one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from service.dashboard.formats import Formats
from service.dashboard.options import day
from service.store.periods import Bucket, Period, period

DAYS = (7, 28, 91, 364)
DEFAULT = 28
_BY_DAY, _BY_WEEK = 14, 184  # the longest periods cut into days and into weeks


@dataclass(frozen=True)
class Picked:
    """Local days, both ends within; ``custom`` if the visitor gave the days themselves."""

    period: Period
    custom: bool

    @property
    def first(self) -> date:
        """The first day."""
        return self.period.first

    @property
    def last(self) -> date:
        """The last day."""
        return self.period.last

    @property
    def days(self) -> int:
        """How many."""
        return self.period.days

    @property
    def before(self) -> Period:
        """The period of the same length before."""
        return self.period.before

    @property
    def bucket(self) -> Bucket:
        """How a chart cuts it."""
        if self.days <= _BY_DAY:
            return Bucket.DAY
        return Bucket.WEEK if self.days <= _BY_WEEK else Bucket.MONTH


def picked(parameters: Mapping[str, str], *, today: date, known: tuple[date, date] | None) -> Picked:
    """From the address; without days in it the period ends today.

    Where the last interaction is older than that whole period, it ends there: an archive is not empty.
    Raises InvalidInput("bad_period").
    """
    first, last = day(parameters, "first"), day(parameters, "last")
    asked = parameters.get("period") or ""
    length = int(asked) if asked in {str(days) for days in DAYS} else DEFAULT
    if first is not None or last is not None:
        end = last or max(today, first or today)
        return Picked(period(first or end - timedelta(days=length - 1), end), custom=True)
    end = known[1] if known and known[1] <= today - timedelta(days=length) else today
    return Picked(period(end - timedelta(days=length - 1), end), custom=False)


def label(start: date, bucket: Bucket, written: Formats) -> str:
    """A bucket under an axis."""
    return written.month(start) if bucket is Bucket.MONTH else written.short_day(start)


def span(start: date, end: date, bucket: Bucket, written: Formats) -> str:
    """A bucket in a table."""
    if bucket is Bucket.WEEK and start != end:
        return f"{written.short_day(start)} – {written.short_day(end)}"
    return label(start, bucket, written)
