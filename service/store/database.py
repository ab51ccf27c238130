"""The database: engine, transactions, and the ids and times that rows are made with."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from service.store import migration
from service.store.sqlite_engine import open_for_migration, open_sqlite, writing

__all__ = ["Database", "Session", "new_id", "now", "open_database"]


class Database:
    """One database and its connections; safe to share between threads, not across a fork."""

    def __init__(self, url: URL) -> None:
        self.url_kind = "postgresql" if url.get_backend_name() == "postgresql" else "sqlite"
        self._url = url
        self._engine = _postgres_engine(url) if self.url_kind == "postgresql" else open_sqlite(url)
        self._write = sessionmaker(self._writing(), expire_on_commit=False)
        self._read = sessionmaker(self._reading(), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A unit of work: committed at the end, rolled back on any exception.

        SQLite takes its write lock at the first statement, so that two writers queue instead of failing.
        """
        with self._write.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent, read-only view; writing through it fails. Rows stay usable afterwards."""
        with self._read() as session:
            yield session

    def migrate(self) -> None:
        """Bring the schema to the newest version; several processes may do it at once."""
        if self.url_kind == "postgresql":
            migration.upgrade(self._engine)
            return
        engine = open_for_migration(self._url)
        try:
            migration.upgrade(engine)
        finally:
            engine.dispose()

    def is_current(self) -> bool:
        """Whether the schema is at the newest version."""
        with self._engine.connect() as connection:
            return migration.is_current(connection)

    def version(self) -> str:
        """What is running, for a reader: "SQLite 3.40.1", "PostgreSQL 15.20"."""
        if self.url_kind == "sqlite":
            query, name = "SELECT sqlite_version()", "SQLite"
        else:
            query, name = "SHOW server_version", "PostgreSQL"
        with self.reading() as session:
            return f"{name} {str(session.scalar(text(query))).split(' ')[0]}"

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()

    def _writing(self) -> Engine:
        return writing(self._engine) if self.url_kind == "sqlite" else self._engine

    def _reading(self) -> Engine:
        if self.url_kind == "sqlite":
            return self._engine
        return self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def open_database(url: str) -> Database:
    """Open ``sqlite:///path``, ``postgresql://…`` or ``postgres://…``; the folder of a SQLite file is made.

    Raises ValueError for any other kind of URL.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name() if parsed else None
    if parsed and backend in {"postgres", "postgresql"}:
        return Database(parsed.set(drivername="postgresql+psycopg"))
    if parsed and backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).resolve().parent.mkdir(parents=True, exist_ok=True)
        return Database(parsed.set(drivername="sqlite"))
    raise ValueError("the database URL must begin with postgresql:// or sqlite:/// and name a database")


def _parsed(url: str) -> URL | None:
    try:
        return make_url(url)
    except ArgumentError:  # its text would be no help, and may hold a password
        return None


def new_id() -> UUID:
    """A UUID of version 7: ids made later sort later (to a quarter of a microsecond)."""
    millis, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=(millis & (2**48 - 1)) << 80 | 7 << 76 | fraction << 64 | 2 << 62 | random)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def _postgres_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        connect_args={"application_name": "overtone", "connect_timeout": 10},
    )
