"""Units of work that share a commit: each whole or not at all, and none told too early."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

import pytest

from service.errors import Conflict
from service.intake.ledger import Ledger
from service.store import customers, interactions
from service.store.database import Database, Session
from tests.databases import database, database_url, postgres_server, postgres_template, sqlite_template
from tests.service.store.made import new_interaction

__all__ = ["database", "database_url", "postgres_server", "postgres_template", "sqlite_template"]


class Counted:
    """A database that counts its commits and can be made to fail them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.url_kind = database.url_kind
        self.commits = 0
        self.broken = False
        self.gate = threading.Event()
        self.gate.set()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """As the database's own."""
        with self._database.transaction() as session:
            yield session
            self.gate.wait(10)
            if self.broken:
                raise OSError("the disk is gone")
            self.commits += 1


def add(session: Session, external_id: str) -> UUID:
    """A unit of work."""
    return interactions.add(session, new_interaction(external_id=external_id))[0].id


def test_what_one_does_is_kept_and_given_back(database: Database) -> None:
    key = Ledger(database).enter(lambda session: add(session, "1"))
    with database.reading() as session:
        assert interactions.get(session, key).external_id == "1"


def test_one_that_fails_takes_nobody_with_it(database: Database) -> None:
    ledger = Ledger(database)

    def work(number: int) -> UUID:
        def enter(session: Session) -> UUID:
            key = add(session, str(number))
            if number % 3 == 0:
                raise Conflict("told_off", "Not so.")
            return key

        return ledger.enter(enter)

    def outcome(number: int) -> bool:
        try:
            work(number)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        kept = list(pool.map(outcome, range(24)))
    assert kept == [number % 3 != 0 for number in range(24)]
    with database.reading() as session:
        found = {row.external_id for row in interactions.find(session, limit=100).items}
    assert found == {str(number) for number in range(24) if number % 3}


def test_those_who_wait_share_a_commit(database: Database) -> None:
    if database.url_kind != "sqlite":
        pytest.skip("PostgreSQL commits side by side")
    counted = Counted(database)
    ledger = Ledger(counted)  # type: ignore[arg-type]  # a stand-in with what the ledger uses
    counted.gate.clear()
    with ThreadPoolExecutor(20) as pool:
        futures = [pool.submit(ledger.enter, lambda session, n=n: add(session, str(n))) for n in range(20)]
        while len(ledger._waiting) < 19:
            threading.Event().wait(0.01)
        assert not any(future.done() for future in futures)
        counted.gate.set()
        assert len({future.result(10) for future in futures}) == 20
    assert counted.commits == 2


def test_a_commit_that_fails_is_everybodys_error_and_the_next_goes_on(database: Database) -> None:
    if database.url_kind != "sqlite":
        pytest.skip("PostgreSQL commits side by side")
    counted = Counted(database)
    ledger = Ledger(counted)  # type: ignore[arg-type]  # a stand-in with what the ledger uses
    counted.broken = True
    with pytest.raises(OSError, match="disk"):
        ledger.enter(lambda session: add(session, "1"))
    counted.broken = False
    ledger.enter(lambda session: add(session, "2"))
    with database.reading() as session:
        assert [row.external_id for row in interactions.find(session).items] == ["2"]


def test_customers_made_in_one_commit_are_one(database: Database) -> None:
    ledger = Ledger(database)
    named = [customers.normalise("phone", "+12025550101", region="US")]
    with ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(
                lambda _: ledger.enter(lambda session: customers.resolve(session, named).customer.id),
                range(8),
            )
        )
    assert len(set(made)) == 1
