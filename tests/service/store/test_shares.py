"""The arithmetic of trends, on any counts."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from service.store import shares
from service.store.periods import Bucket, Period, cut, end_of, start_of
from service.store.shares import Tally

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
PERIODS = st.builds(
    lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(0, 400)
)


@given(PERIODS, st.sampled_from(Bucket))
def test_buckets_are_the_days_of_a_period_each_once(asked: Period, bucket: Bucket) -> None:
    parts = cut(asked, bucket)
    days = [part.first + timedelta(days=n) for part in parts for n in range(part.days)]
    assert days == [asked.first + timedelta(days=n) for n in range(asked.days)]
    for part in parts:
        assert start_of(part.first, bucket) == start_of(part.last, bucket)
        assert end_of(part.first, bucket) == end_of(part.last, bucket)


@given(PERIODS)
def test_the_period_before_has_as_many_days_and_ends_the_day_before(asked: Period) -> None:
    assert asked.before.days == asked.days
    assert asked.before.last + timedelta(days=1) == asked.first


@settings(max_examples=50)
@given(
    PERIODS,
    st.sampled_from(Bucket),
    st.lists(st.tuples(st.integers(-500, 500), st.sampled_from("abc"), st.integers(1, 9)), max_size=40),
)
def test_series_and_lines_tell_the_same_counts(
    asked: Period, bucket: Bucket, found: list[tuple[int, str, int]]
) -> None:
    counts: dict[tuple[date, shares.Name], int] = {}
    tallies: dict[date, Tally] = {}
    for offset, name, count in found:
        day = asked.first + timedelta(days=offset)
        counts[day, (name, None)] = counts.get((day, (name, None)), 0) + count
        tallies.setdefault(day, Tally()).add(Tally(analysed=2 * count))
    rows = shares.lines(counts, tallies, asked)
    points = shares.series(counts, tallies, asked, bucket, [line.name for line in rows])
    totals = shares.totals(tallies, asked, bucket)
    for line in rows:
        assert sum(point.count for point in points if point.name == line.name) == line.count
        assert line.share is None or 0 <= line.share <= 0.5
    assert sum(part.measurable for part in totals) == shares.tally(tallies, asked).measurable
    assert all(part.complete for part in totals[1:-1])
