"""The figures of the first page."""

from datetime import UTC, date, datetime

from service.store import customers, interactions, overview
from service.store.analyses import NewAnalysis
from service.store.customers import Identifier
from service.store.database import Session
from service.store.filters import TrendFilter
from service.store.tables import IdentifierKind
from tests.service.store.made import MORNING, make_analyzed, make_interaction

DAY = MORNING.date()


def test_nothing_yet(session: Session) -> None:
    found = overview.get(session, first=DAY, last=DAY)
    assert (found.interactions, found.by_status, found.customers, found.sentiment) == (0, {}, 0, None)
    assert (found.waiting, found.failed, found.recorded_ms) == (0, 0, 0)
    assert overview.days(session) is None


def test_what_came_in_is_counted(session: Session) -> None:
    jane = customers.resolve(session, [Identifier(IdentifierKind.CRM, "C-1")]).customer.id
    for score in (-3.0, 1.0, None):
        make_analyzed(
            session, customer_id=jane, duration_ms=1000, analysis=NewAnalysis(sentiment=score), queue="sales"
        )
    make_interaction(session, channel="email")
    failed = make_interaction(session, channel="email")
    interactions.fail(session, failed.id, "no_text", "Nothing.")
    make_interaction(session, started_at=datetime(2026, 4, 1, tzinfo=UTC))
    found = overview.get(session, first=DAY, last=DAY)
    assert found.by_status == {"analyzed": 3, "failed": 1, "received": 1}
    assert found.by_channel == {"email": 2, "voice": 3}
    assert (found.interactions, found.waiting, found.failed) == (5, 1, 1)
    assert (found.customers, found.recorded_ms, found.sentiment) == (1, 3000, -1.0)
    assert overview.get(session, first=DAY, last=DAY, filters=TrendFilter(queue="sales")).interactions == 3
    assert overview.days(session) == (DAY, date(2026, 4, 1))
