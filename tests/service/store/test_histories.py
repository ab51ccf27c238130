"""One customer's history."""

from datetime import UTC, date, datetime
from uuid import UUID

from service.store import customers
from service.store.analyses import NewAnalysis, NewEmotion, NewReason
from service.store.customers import Identifier
from service.store.database import Session
from service.store.tables import IdentifierKind
from tests.service.store.made import make_analyzed, make_interaction


def _customer(session: Session, crm_id: str) -> UUID:
    return customers.resolve(session, [Identifier(IdentifierKind.CRM, crm_id)]).customer.id


def _contact(
    session: Session, customer_id: UUID, *, on: datetime, reason: str, felt: str, score: float
) -> None:
    analysis = NewAnalysis(
        sentiment=score,
        reasons=[
            NewReason(name=reason, parent="orders", score=0.5, is_primary=True),
            NewReason(name="beside", parent=None, score=0.9, is_primary=False),
        ],
        emotions=[
            NewEmotion(party="customer", label=felt, score=0.5),
            NewEmotion(party="agent", label="pride", score=0.9),
        ],
    )
    make_analyzed(session, customer_id=customer_id, started_at=on, analysis=analysis)


def test_a_history_is_of_one_customer_newest_first(session: Session) -> None:
    jane, joe = _customer(session, "jane"), _customer(session, "joe")
    january, february, march = (datetime(2026, month, 5, tzinfo=UTC) for month in (1, 2, 3))
    _contact(session, jane, on=january, reason="late", felt="anger", score=-4.0)
    _contact(session, jane, on=march, reason="lost", felt="anger", score=-1.0)
    _contact(session, jane, on=march, reason="late", felt="joy", score=3.0)
    _contact(session, joe, on=february, reason="other", felt="fear", score=0.0)
    waiting = make_interaction(session, customer_id=jane, started_at=february)

    page = customers.timeline(session, jane, limit=3)
    assert [one.reason.name if one.reason else None for one in page.items[2:]] == [None]
    assert page.items[2].interaction.id == waiting.id
    assert {one.interaction.started_at for one in page.items[:2]} == {march}
    assert {one.customer.id for one in page.items if one.customer} == {jane}
    assert {emotion.label for one in page.items for emotion in one.emotions} == {"anger", "joy"}
    rest = customers.timeline(session, jane, limit=3, cursor=page.next_cursor)
    assert [(one.interaction.started_at, one.sentiment) for one in rest.items] == [(january, -4.0)]

    had = customers.last_reasons(session, jane)
    assert {(one.name, one.parent, one.count) for one in had} == {
        ("late", "orders", 2),
        ("lost", "orders", 1),
    }
    assert {one.last_at for one in had} == {march}
    assert len(customers.last_reasons(session, jane, limit=1)) == 1

    months = customers.emotion_trend(session, jane)
    assert [(one.month, one.interactions, one.sentiment) for one in months] == [
        (date(2026, 1, 1), 1, -4.0),
        (date(2026, 3, 1), 2, 1.0),
    ]
    assert months[1].emotions == {"anger": 1, "joy": 1}


def test_a_customer_without_interactions_has_an_empty_history(session: Session) -> None:
    nobody = _customer(session, "nobody")
    assert customers.timeline(session, nobody).items == []
    assert customers.last_reasons(session, nobody) == []
    assert customers.emotion_trend(session, nobody) == []
