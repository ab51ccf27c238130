"""Databases for tests: every test gets its own, on SQLite and on PostgreSQL where one is reachable."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from service.store.database import Database, Session, open_database
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
def postgres_template(postgres_server: str | None) -> Iterator[str | None]:
    """The name of a migrated, empty PostgreSQL database to copy."""
    if postgres_server is None:
        yield None
        return
    with postgres_database(postgres_server) as url:
        migrate(url)
        yield make_url(url).database


@pytest.fixture(params=["sqlite", "postgres"])
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
    with postgres_database(server, template=request.getfixturevalue("postgres_template")) as url:
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


@contextmanager
def postgres_database(server: str, *, template: str | None = None) -> Iterator[str]:
    """Make an empty PostgreSQL database, or a copy of another; it is dropped at the end."""
    name = f"overtone_test_{uuid.uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(create)
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def migrate(url: str) -> None:
    """Bring a database to the newest schema and let go of it."""
    database = open_database(url)
    database.migrate()
    database.close()
