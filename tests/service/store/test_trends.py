"""Trends against a count by hand, on random contacts."""

import itertools
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from service.errors import InvalidInput
from service.store import analyses, customers, interactions, trends
from service.store.analyses import NewAnalysis, NewEmotion, NewReason
from service.store.customers import Identifier
from service.store.database import Session
from service.store.emotion_groups import group_of
from service.store.interactions import InteractionFilter
from service.store.tables import IdentifierKind
from service.store.trends import Bucket, EmotionLevel, Level, TrendFilter
from tests.service.store.made import MORNING, make_analyzed, make_interaction

FIRST, LAST = date(2026, 2, 11), date(2026, 3, 19)  # a Wednesday, a Thursday
REASONS = [("late delivery", "orders"), ("lost parcel", "orders"), ("orders", None), ("refund", "billing")]
UNMEASURED = ["unreliable", "no_text", "language_not_supported"]
FEELINGS = ["joy", "gratitude", "anger", "confusion", "neutral"]


@dataclass(frozen=True)
class Contact:
    """What was made, to be counted by hand."""

    day: date
    channel: str
    queue: str | None
    customer_id: UUID | None
    finished: bool
    reason: tuple[str, str | None] | None
    no_reason: str | None
    emotions: frozenset[str]
    sentiment: float | None


@pytest.fixture
def contacts(session: Session) -> list[Contact]:
    """200 contacts over the period, the one before and some days around."""
    chance = random.Random(11)
    customer = customers.resolve(session, [Identifier(IdentifierKind.CRM, "C-1")]).customer
    return [_make(session, chance, customer.id) for _ in range(200)]


def _make(session: Session, chance: random.Random, customer_id: UUID) -> Contact:
    started_at = datetime(2025, 12, 28, tzinfo=UTC) + timedelta(minutes=chance.randrange(90 * 24 * 60))
    no_reason = chance.choice([None, None, None, "abstained", *UNMEASURED])
    contact = Contact(
        day=started_at.date(),
        channel=chance.choice(["voice", "email"]),
        queue=chance.choice([None, "billing", "sales"]),
        customer_id=chance.choice([None, customer_id]),
        finished=chance.random() < 0.9,
        reason=None if no_reason else chance.choice(REASONS),
        no_reason=no_reason,
        emotions=frozenset(chance.sample(FEELINGS, k=chance.randrange(3))) if not no_reason else frozenset(),
        sentiment=chance.choice([None, -2.5, 0.0, 4.0]) if not no_reason else None,
    )
    make_analyzed(
        session,
        started_at=started_at,
        channel=contact.channel,
        queue=contact.queue,
        customer_id=contact.customer_id,
        finished=contact.finished,
        analysis=_analysis(contact, chance),
    )
    return contact


def _analysis(contact: Contact, chance: random.Random) -> NewAnalysis:
    reasons = []
    if contact.reason:
        name, parent = contact.reason
        reasons = [NewReason(name=name, parent=parent, score=0.8, is_primary=True)]
        also = chance.choice([reason for reason in REASONS if reason != contact.reason])
        reasons.append(NewReason(name=also[0], parent=also[1], score=0.9, is_primary=False))
    emotions = [NewEmotion(party="customer", label=label, score=0.5) for label in contact.emotions]
    return NewAnalysis(
        sentiment=contact.sentiment,
        no_reason=contact.no_reason,
        reasons=reasons,
        emotions=[*emotions, NewEmotion(party="agent", label="pride", score=0.9)],
    )


FILTERS = [
    TrendFilter(),
    TrendFilter(channel="email"),
    TrendFilter(queue="billing"),
    TrendFilter(channel="voice", queue="sales"),
    TrendFilter(queue="nobody's"),
]


def test_reasons_are_counted_as_by_hand(session: Session, contacts: list[Contact]) -> None:
    for filters, level in itertools.product(FILTERS, Level):
        _check_against_hand(session, contacts, filters, level)


def _check_against_hand(
    session: Session, contacts: list[Contact], filters: TrendFilter, level: Level
) -> None:
    trend = trends.call_reasons(session, first=FIRST, last=LAST, filters=filters, level=level)
    before_last = FIRST - timedelta(days=1)
    before_first = FIRST - (LAST - FIRST) - timedelta(days=1)
    now = _chosen(contacts, filters, FIRST, LAST)
    before = _chosen(contacts, filters, before_first, before_last)

    assert (trend.previous_first, trend.previous_last) == (before_first, before_last)
    assert (trend.analysed, trend.previous_analysed) == (len(now), len(before))
    assert trend.measurable == len(_measurable(now))
    assert trend.previous_measurable == len(_measurable(before))
    assert trend.not_measurable == len(now) - len(_measurable(now))
    assert sum(trend.not_measurable_by.values()) == trend.not_measurable
    assert trend.without_reason == sum(contact.no_reason == "abstained" for contact in now)
    counts, counts_before = _reasons(now, level), _reasons(before, level)
    assert {(line.name, line.parent): line.count for line in trend.rows} == {
        name: counts[name] for name in counts | counts_before
    }
    for line in trend.rows:
        name = (line.name, line.parent)
        share = counts[name] / len(_measurable(now)) if _measurable(now) else None
        share_before = counts_before[name] / len(_measurable(before)) if _measurable(before) else None
        assert line.previous_count == counts_before[name]
        assert line.share == pytest.approx(share)
        assert line.previous_share == pytest.approx(share_before)
        if share is not None and share_before:
            assert line.change_points == pytest.approx(share - share_before)
            assert line.change_ratio == pytest.approx(share / share_before - 1)
        else:
            assert line.change_ratio is None
    assert [line.count for line in trend.rows] == sorted((line.count for line in trend.rows), reverse=True)


def test_buckets_add_up_to_the_period_and_cover_no_other_day(
    session: Session, contacts: list[Contact]
) -> None:
    for bucket in Bucket:
        _check_buckets(session, contacts, bucket)


def _check_buckets(session: Session, contacts: list[Contact], bucket: Bucket) -> None:
    trend = trends.call_reasons(session, first=FIRST, last=LAST, bucket=bucket, level=Level.SUB)
    assert (trend.buckets[0].start, trend.buckets[-1].end) == (FIRST, LAST)
    for earlier, later in zip(trend.buckets, trend.buckets[1:], strict=False):
        assert later.start == earlier.end + timedelta(days=1)
        assert bucket is not Bucket.WEEK or later.start.weekday() == 0
        assert bucket is not Bucket.MONTH or later.start.day == 1
    points = {(point.bucket_start, point.name): point for point in trend.series}
    assert len(points) == len(trend.series) == len(trend.buckets) * sum(line.count > 0 for line in trend.rows)
    for totals in trend.buckets:
        inside = _chosen(contacts, TrendFilter(), totals.start, totals.end)
        counts = _reasons(inside, Level.SUB)
        feelings = [contact.sentiment for contact in inside if contact.sentiment is not None]
        assert (totals.analysed, totals.measurable) == (len(inside), len(_measurable(inside)))
        assert totals.sentiment == pytest.approx(sum(feelings) / len(feelings) if feelings else None)
        for (name, _), count in counts.items():
            point = points[totals.start, name]
            assert point.count == count
            assert point.share == pytest.approx(count / totals.measurable)


def test_emotions_are_counted_once_for_each_interaction(session: Session, contacts: list[Contact]) -> None:
    for level in EmotionLevel:
        _check_emotions(session, contacts, level)


def _check_emotions(session: Session, contacts: list[Contact], level: EmotionLevel) -> None:
    trend = trends.emotions(session, first=FIRST, last=LAST, level=level, bucket=Bucket.MONTH)
    now = _chosen(contacts, TrendFilter(), FIRST, LAST)
    grouped = level is EmotionLevel.GROUP
    counts = Counter(
        shown
        for contact in now
        for shown in {group_of(label) if grouped else label for label in contact.emotions}
    )
    feelings = [contact.sentiment for contact in now if contact.sentiment is not None]
    assert {line.name: line.count for line in trend.rows if line.count} == dict(counts)
    assert {line.parent for line in trend.rows} == (
        {None} if grouped else {group_of(name) for name in counts}
    )
    assert trend.measurable == len(_measurable(now))
    assert trend.sentiment == pytest.approx(sum(feelings) / len(feelings))
    assert sum(point.count for point in trend.series) == counts.total()


def test_a_customers_own_trend(session: Session, contacts: list[Contact]) -> None:
    customer_id = next(contact.customer_id for contact in contacts if contact.customer_id)
    filters = TrendFilter(customer_id=customer_id)
    trend = trends.call_reasons(session, first=FIRST, last=LAST, filters=filters)
    assert trend.analysed == len(_chosen(contacts, filters, FIRST, LAST)) > 0


def test_the_list_behind_a_line_has_as_many_interactions(session: Session, contacts: list[Contact]) -> None:
    for level in Level:
        trend = trends.call_reasons(session, first=FIRST, last=LAST, level=Level.TOP)
        for line in (line for line in trend.rows if level is Level.TOP or line.parent):
            asked = InteractionFilter(reason=line.name, status="analyzed", first=FIRST, last=LAST)
            assert len(interactions.find(session, filters=asked, limit=1000).items) == line.count
    abstained = InteractionFilter(no_reason="abstained", status="analyzed", first=FIRST, last=LAST)
    assert len(interactions.find(session, filters=abstained, limit=1000).items) == trend.without_reason
    felt = trends.emotions(session, first=FIRST, last=LAST, level=EmotionLevel.GROUP)
    for line in felt.rows:
        asked = InteractionFilter(emotion=line.name, status="analyzed", first=FIRST, last=LAST)
        assert len(interactions.find(session, filters=asked, limit=1000).items) == line.count


def test_nothing_to_count_is_no_share(session: Session) -> None:
    trend = trends.call_reasons(session, first=FIRST, last=LAST, bucket=Bucket.WEEK)
    assert (trend.rows, trend.series, trend.analysed, trend.measurable) == ([], [], 0, 0)
    assert len(trend.buckets) == 6
    assert trends.emotions(session, first=FIRST, last=LAST).sentiment is None


def test_a_share_of_nothing_measurable_is_none_not_zero(session: Session) -> None:
    reason = NewReason(name="refund", parent="billing", score=0.8, is_primary=True)
    make_analyzed(session, started_at=MORNING, analysis=NewAnalysis(reasons=[reason]))
    tuesday = MORNING + timedelta(days=1)
    make_analyzed(session, started_at=tuesday, analysis=NewAnalysis(no_reason="unreliable"))
    trend = trends.call_reasons(session, first=tuesday.date(), last=tuesday.date())
    assert (trend.rows[0].share, trend.rows[0].change_points, trend.rows[0].change_ratio) == (
        None,
        None,
        None,
    )
    assert trend.rows[0].previous_share == 1.0
    assert trend.series == []
    both = trends.call_reasons(session, first=MORNING.date(), last=tuesday.date())
    assert [point.share for point in both.series] == [1.0, None]


def test_only_what_is_analysed_counts(session: Session) -> None:
    make_interaction(session)
    again = make_analyzed(session, analysis=NewAnalysis(no_reason="no_text"))
    day = MORNING.date()
    assert trends.call_reasons(session, first=day, last=day).analysed == 1
    interactions.fail(session, again.id, "out_of_memory", "Too much.")
    assert trends.call_reasons(session, first=day, last=day).analysed == 0


def test_the_second_analysis_replaces_the_first_in_the_counts(session: Session) -> None:
    reason = NewReason(name="refund", parent="billing", score=0.8, is_primary=True)
    row = make_analyzed(session, analysis=NewAnalysis(reasons=[reason]))
    other = NewReason(name="lost parcel", parent="orders", score=0.8, is_primary=True)
    analyses.replace(session, row.id, NewAnalysis(reasons=[other]))
    trend = trends.call_reasons(session, first=row.day, last=row.day)
    assert [(line.name, line.count) for line in trend.rows] == [("orders", 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2000, 1, 1), date(2026, 3, 1)),
        (date(1, 1, 1), date(1, 2, 1)),
    ],
)
def test_a_period_that_is_none_is_refused(session: Session, first: date, last: date) -> None:
    with pytest.raises(InvalidInput, match="bad_period"):
        trends.call_reasons(session, first=first, last=last)


def _chosen(contacts: list[Contact], filters: TrendFilter, first: date, last: date) -> list[Contact]:
    return [
        contact
        for contact in contacts
        if contact.finished
        and first <= contact.day <= last
        and filters.channel in (None, contact.channel)
        and filters.queue in (None, contact.queue)
        and filters.customer_id in (None, contact.customer_id)
    ]


def _measurable(contacts: list[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.no_reason not in UNMEASURED]


def _reasons(contacts: list[Contact], level: Level) -> Counter[tuple[str, str | None]]:
    found = [contact.reason for contact in contacts if contact.reason]
    if level is Level.TOP:
        return Counter((parent or name, None) for name, parent in found)
    return Counter(found)
