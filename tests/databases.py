"""Databases for tests: every test gets its own, on SQLite and on PostgreSQL where one is reachable."""

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from service.store.database import Database, Session, open_database
from service.store.tables import Base
from tests.requirements import lacking

_POSTGRES = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql://root@/root")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> str | None:
    """A URL of a PostgreSQL server where databases may be made, or None."""
    named = os.environ.get("OVERTONE_TEST_POSTGRES")
    for url in (named,) if named else _POSTGRES:
        try:
            with psycopg.connect(url, connect_timeout=3):
                return url
        except psycopg.OperationalError:
            continue
    return None


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str | None) -> Iterator["PostgresCopies | None"]:
    """Copies of a migrated, empty PostgreSQL database, to be lent to one test at a time."""
    if postgres_server is None:
        yield None
        return
    with postgres_database(postgres_server) as url:
        migrate(url)
        copies = PostgresCopies(postgres_server, template=make_url(url).database or "")
        yield copies
        copies.close()


# On PostgreSQL with `make postgres` and `make test`: the fast tests would take twice as long with it.
@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database of this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "overtone.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    if server is None:
        lacking("postgres", "no PostgreSQL server answers; OVERTONE_TEST_POSTGRES may name one")
    with request.getfixturevalue("postgres_template").lend() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database of this test alone, on SQLite and on PostgreSQL."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One write transaction on it; what a test leaves is rolled back or not, nobody looks."""
    with database.transaction() as session:
        yield session


class PostgresCopies:
    """Copies of one database: an emptied one is lent again, for making one takes half a second."""

    def __init__(self, server: str, *, template: str) -> None:
        self._server = server
        self._template = template
        self._idle: list[str] = []

    @contextmanager
    def lend(self) -> Iterator[str]:
        """An empty database; one that somebody still holds open afterwards is thrown away."""
        url = self._idle.pop() if self._idle else _create(self._server, template=self._template)
        try:
            yield url
        finally:
            if _is_left(url):
                _empty(url)
                self._idle.append(url)
            else:
                _drop(self._server, url)

    def close(self) -> None:
        """Drop them all."""
        while self._idle:
            _drop(self._server, self._idle.pop())


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """Make a PostgreSQL database with nothing in it; it is dropped at the end."""
    url = _create(server, template="template0")
    try:
        yield url
    finally:
        _drop(server, url)


def _create(server: str, *, template: str) -> str:
    name = f"overtone_test_{uuid.uuid4().hex}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _drop(server: str, url: str) -> None:
    name = sql.Identifier(make_url(url).database or "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _is_left(url: str) -> bool:
    """Whether nobody is connected any more; a connection that was closed takes a moment to go."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(40):
            if connection.execute(others).fetchone() == (0,):
                return True
            time.sleep(0.05)
    return False


def _empty(url: str) -> None:
    tables = [sql.Identifier(table.name) for table in reversed(Base.metadata.sorted_tables)]
    with psycopg.connect(url) as connection:
        for table in tables:
            connection.execute(sql.SQL("DELETE FROM {}").format(table))


def migrate(url: str) -> None:
    """Bring a database to the newest schema and let go of it."""
    database = open_database(url)
    database.migrate()
    database.close()
