"""An archive from before: its migration queues the jobs that bring it up to date."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import command

from service.store import archive_runs, archive_walk
from service.store.database import open_database
from service.store.migration import configuration

BEFORE = "0008"  # the last version without an index, vectors and summaries


def values(table: sa.Table) -> dict[str, Any]:
    """Something for every column that must have a value."""
    kinds: dict[type, Any] = {str: "x", int: 0, float: 0.0, bool: False, date: date(2026, 3, 2)}
    kinds |= {datetime: datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None), dict: {}, object: {}}
    needed = [column for column in table.columns if not column.nullable]
    return {
        column.name: uuid4().hex if column.name == "id" else kinds[column.type.python_type]
        for column in needed
    }


def test_an_older_archive_is_indexed_compared_and_summed_up_by_jobs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), BEFORE)
        table = sa.Table("interactions", sa.MetaData(), autoload_with=connection)
        known = values(table) | {"transcribed_at": datetime(2026, 3, 2)}
        connection.execute(table.insert().values(known))
    engine.dispose()
    database = open_database(url)
    database.migrate()

    with database.reading() as session:
        for kind in ("search_index", "embeddings", "summaries"):
            (run,) = archive_runs.latest(session, kind)
            assert (run.total, run.done) == (1, 0)
            assert archive_walk.task_of(session, run.id).state == "queued"
    database.close()
