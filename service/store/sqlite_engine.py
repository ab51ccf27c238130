"""SQLite set up to lose nothing and to let its writers take turns."""

import threading
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

_BUSY_SECONDS = 15
_WRITES = "overtone_writes"  # execution option: transactions of this engine write
_HAS_TURN = "overtone_has_turn"


def open_sqlite(url: URL) -> Engine:
    """An engine whose transactions read; see ``writing``."""
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, pool_size=10, max_overflow=30)
    _prepare(engine, foreign_keys=True)
    return engine


def open_for_migration(url: URL) -> Engine:
    """An engine that writes with foreign keys off, else a table that is rebuilt would empty its children."""
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, poolclass=NullPool)
    _prepare(engine, foreign_keys=False)
    return writing(engine)


def writing(engine: Engine) -> Engine:
    """The same engine; its transactions take the write lock when they begin, so that none fails half-way."""
    return engine.execution_options(**{_WRITES: True})


def _prepare(engine: Engine, *, foreign_keys: bool) -> None:
    turn = threading.Lock()

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where sqlite3 guesses
        _use_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-16000")  # KiB; trends take half as long again with 2 MB
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        if writes:
            # SQLite lets writers wait by sleeping, and some wait for seconds: p95 of 50 threads was 4.0 s.
            # Taking turns within the process it is 1.1 s, and twice as many transactions are done.
            connection.info[_HAS_TURN] = turn.acquire(timeout=_BUSY_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")

    @event.listens_for(engine, "checkin")
    def give_turn(connection: object, record: Any) -> None:
        if record.info.pop(_HAS_TURN, False):
            turn.release()


def _use_wal(connection: Any) -> None:
    """Switch to the write-ahead log once; the switch ignores the busy timeout, hence the patience."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL")
            return
        except connection.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
