"""The database: transactions, views, ids and migrations, with several at once."""

import multiprocessing
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from service.store import interactions
from service.store.database import Database, Session, new_id, now, open_database
from service.store.search_tables import FTS
from service.store.tables import Base
from tests.databases import postgres_database
from tests.requirements import lacking
from tests.service.store.made import make_interaction, new_interaction, run_together


def test_ids_are_of_version_7_and_sort_by_time() -> None:
    made = [new_id() for _ in range(1000)]
    assert {one.version for one in made} == {7}
    assert len(set(made)) == 1000
    before = now()
    stamp = datetime.fromtimestamp((new_id().int >> 80) / 1000, UTC)
    assert abs(stamp - before) < timedelta(seconds=5)
    coarse = [one.int >> 64 for one in made]
    assert coarse == sorted(coarse)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "x.db"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="postgresql"):
        open_database(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_understood(scheme: str) -> None:
    database = open_database(f"{scheme}://somebody:secret@nowhere.invalid/there")
    assert database.url_kind == "postgresql"
    database.close()


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        _add_and(session, "SELECT no_such_column FROM interactions")
    with database.reading() as session:
        assert not interactions.find(session).items


def test_a_writer_who_fails_gives_the_next_one_its_turn(database: Database) -> None:
    for _ in range(3):
        with pytest.raises(DBAPIError), database.transaction() as session:
            _add_and(session, "SELECT no_such_column FROM interactions")
    begun = time.monotonic()
    run_together(lambda: _add_one(database), times=3)
    assert time.monotonic() - begun < 10


def test_a_view_for_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"), database.reading() as session:
        make_interaction(session)
    with database.transaction() as session:  # the connection is fit for writing again
        make_interaction(session)


def test_a_view_for_reading_does_not_change_while_others_write(database: Database) -> None:
    with database.reading() as view:
        assert len(interactions.find(view).items) == 0
        with database.transaction() as session:
            make_interaction(session)
        assert len(interactions.find(view).items) == 0
    with database.reading() as view:
        assert len(interactions.find(view).items) == 1


def test_rows_stay_usable_after_their_transaction(database: Database) -> None:
    with database.transaction() as session:
        row = make_interaction(session, agent="Ann")
    assert row.agent == "Ann"


def test_writers_wait_for_each_other(database: Database) -> None:
    def write() -> None:
        for _ in range(5):
            with database.transaction() as session:
                rows = len(interactions.find(session, limit=1000).items)
                row, _ = interactions.add(session, new_interaction())
                assert rows >= 0
                interactions.fail(session, row.id, "x", "y")

    run_together(write, times=6)
    with database.reading() as session:
        assert len(interactions.find(session, limit=1000).items) == 30


def test_times_come_back_aware_in_utc_and_naive_ones_are_refused(database: Database) -> None:
    eastern = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=5)))
    with database.transaction() as session:
        row_id = make_interaction(session, started_at=eastern).id
    with database.reading() as session:
        kept = interactions.get(session, row_id).started_at
    assert kept == eastern
    assert kept.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="without a zone"), database.transaction() as session:
        make_interaction(session, started_at=datetime(2026, 3, 2, 9))


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'x.db'}")
    database.migrate()
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
    with database.reading() as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    database.close()


def test_a_row_needs_its_parent(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        make_interaction(session, customer_id=new_id())


def test_the_version_is_told(database: Database) -> None:
    name, _, number = database.version().partition(" ")
    assert name in {"SQLite", "PostgreSQL"}
    assert number[0].isdigit()


def test_the_migrations_make_the_model(database: Database, database_url: str) -> None:
    engine = create_engine(_driver(database_url))
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, Base.metadata)
        tables = {name for name in inspect(connection).get_table_names() if _is_ours(name, "table")}
    engine.dispose()
    if database.url_kind == "sqlite":  # has an FTS5 table instead of this index
        differences = [one for one in differences if getattr(one[1], "name", "") != "ix_search_entries_words"]
    assert differences == []
    assert tables == set(Base.metadata.tables) | {"alembic_version"}
    assert database.is_current()


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        row_id = make_interaction(session).id
    database.migrate()
    with database.reading() as session:
        assert interactions.get(session, row_id).id == row_id


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_processes_that_start_at_once_migrate_once(
    kind: str, tmp_path: Path, postgres_server: str | None
) -> None:
    if kind == "sqlite":
        _migrate_together(f"sqlite:///{tmp_path / 'new.db'}")
        return
    if postgres_server is None:
        lacking("postgres", "no PostgreSQL server answers; OVERTONE_TEST_POSTGRES may name one")
        return
    with postgres_database(postgres_server) as url:
        _migrate_together(url)


def _add_and(session: Session, *statements: str) -> None:
    make_interaction(session)
    for statement in statements:
        session.execute(text(statement))


def _add_one(database: Database) -> None:
    with database.transaction() as session:
        make_interaction(session)


def _migrate_together(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(migrate_one, [url] * 4) == [True] * 4


def migrate_one(url: str) -> bool:
    """What one of the processes does."""
    database = open_database(url)
    database.migrate()
    current = database.is_current()
    database.close()
    return current


def _is_ours(name: str | None, kind: str, *_: object) -> bool:
    """What SQLite keeps of its full-text index is no table of the model."""
    return kind != "table" or not str(name).startswith(FTS)


def _driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)
