"""Periods of local days, cut into days, weeks and months, and the period before."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.errors import InvalidInput

_LONGEST_DAYS = 3660
_DAY = timedelta(days=1)


class Bucket(StrEnum):
    """How days are grouped; weeks begin on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from ``first`` to ``last``, both within."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """The period of the same length immediately before."""
        return Period(self.first - timedelta(days=self.days), self.first - _DAY)

    def contains(self, day: date) -> bool:
        """Whether a day is within."""
        return self.first <= day <= self.last


def period(first: date, last: date) -> Period:
    """A period to count over; raises InvalidInput("bad_period") when it is empty or longer than ten years."""
    asked = Period(first, last)
    if not 1 <= asked.days <= _LONGEST_DAYS or first.year < date.min.year + 20:
        raise InvalidInput(
            "bad_period",
            f"{first} to {last} is no period of 1 to {_LONGEST_DAYS} days.",
            "Give a first day that is not after the last one.",
        )
    return asked


def cut(asked: Period, bucket: Bucket) -> list[Period]:
    """The buckets of a period in order; the first and last cover only the days asked for."""
    cuts: list[Period] = []
    first = asked.first
    while True:
        last = end_of(first, bucket)
        if last >= asked.last:
            return [*cuts, Period(first, asked.last)]
        cuts.append(Period(first, last))
        first = last + _DAY


def start_of(day: date, bucket: Bucket) -> date:
    """The first day of the bucket that a day is in."""
    if bucket is Bucket.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if bucket is Bucket.MONTH else day


def end_of(day: date, bucket: Bucket) -> date:
    """The last day of the bucket that a day is in."""
    if bucket is Bucket.WEEK:
        return day + timedelta(days=6 - day.weekday())
    if bucket is Bucket.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
    return day
