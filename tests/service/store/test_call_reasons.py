"""The taxonomy: one is current, the others are kept."""

from dataclasses import dataclass

from service.store import call_reasons
from service.store.database import Database, Session
from tests.service.store.made import run_together


@dataclass(frozen=True)
class Reason:
    """A call reason as a taxonomy gives it."""

    name: str
    parent: str | None
    description: str = "Said in a sentence."


FIRST = [Reason("orders", None), Reason("lost parcel", "orders"), Reason("billing", None)]
SECOND = [Reason("billing", None), Reason("orders", None)]


def test_the_newest_taxonomy_is_current_in_its_own_order(session: Session) -> None:
    assert call_reasons.current(session) == []
    call_reasons.replace_taxonomy(session, "default", "1", FIRST)
    assert [row.name for row in call_reasons.current(session)] == ["orders", "lost parcel", "billing"]
    call_reasons.replace_taxonomy(session, "default", "2", SECOND)
    assert [(row.name, row.version) for row in call_reasons.current(session)] == [
        ("billing", "2"),
        ("orders", "2"),
    ]
    call_reasons.replace_taxonomy(session, "default", "1", FIRST[1:])
    assert [(row.name, row.parent) for row in call_reasons.current(session)] == [
        ("lost parcel", "orders"),
        ("billing", None),
    ]


def test_workers_that_start_at_once_write_it_once(database: Database) -> None:
    def start() -> None:
        with database.transaction() as session:
            call_reasons.replace_taxonomy(session, "default", "1", FIRST)

    run_together(start, times=6)
    with database.reading() as session:
        assert len(call_reasons.current(session)) == 3
