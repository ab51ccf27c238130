"""Enters many arrivals in one transaction: on SQLite each commit is a flush to disk that all can share."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from service.store.database import Database, Session

MOST_AT_ONCE = 64
Result = TypeVar("Result")
Work = Callable[[Session], Result]


class _Entry(Generic[Result]):
    """One unit of work that waits for its turn, and what came of it."""

    def __init__(self, work: Work[Result]) -> None:
        self.work = work
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.leads = False
        self.turn = threading.Event()

    def outcome(self) -> Result:
        """What the work gave. Raises what it raised, or what the commit did."""
        if self.error is not None:
            raise self.error
        return cast(Result, self.result)


class Ledger:
    """Runs units of work, each whole or not at all.

    PostgreSQL commits side by side. SQLite has one writer: the first who comes leads, and enters whoever came
    while the one before was committing, each under a savepoint. Nobody is told before the commit.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._waiting: deque[_Entry[object]] = deque()
        self._busy = False

    def enter(self, work: Work[Result]) -> Result:
        """Run ``work`` in a transaction and commit it; blocks. Raises what it raises."""
        if self._database.url_kind != "sqlite":
            with self._database.transaction() as session:
                return work(session)
        entry = _Entry(work)
        with self._lock:
            self._waiting.append(cast("_Entry[object]", entry))
            if not self._busy:
                self._busy, entry.leads = True, True
                entry.turn.set()
        entry.turn.wait()
        if entry.leads:
            self._lead()
        return entry.outcome()

    def _lead(self) -> None:
        """Enter the first of those who wait, oneself among them, then let the next one lead."""
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
        try:
            self._commit(batch)
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
            for entry in batch:
                entry.turn.set()
            if following is not None:
                following.leads = True
                following.turn.set()

    def _commit(self, batch: list[_Entry[object]]) -> None:
        try:
            with self._database.transaction() as session:
                for entry in batch:
                    _try(session, entry)
        except BaseException as error:  # noqa: BLE001 - the commit failed: it is everybody's error, raised by each
            for entry in batch:
                entry.error = entry.error or error


def _try(session: Session, entry: _Entry[object]) -> None:
    try:
        with session.begin_nested():
            entry.result = entry.work(session)
    except Exception as error:  # noqa: BLE001 - raised again where it belongs, in the thread that waits for it
        entry.error = error
