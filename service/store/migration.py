"""Brings a schema to its newest version, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x6F766572746F6E65  # any fixed number: what the processes of one database agree on
_LOCK_TIMEOUT = "SET LOCAL lock_timeout = '30s'"  # rather fail than stop the whole service behind a lock


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all in one transaction.

    PostgreSQL holds an advisory lock meanwhile; SQLite its write lock, see ``open_for_migration``.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.execute(text(_LOCK_TIMEOUT))
        if is_current(connection):
            return
        command.upgrade(configuration(connection), "head")
        if engine.dialect.name == "sqlite":
            _check_references(connection)


def is_current(connection: Connection) -> bool:
    """Whether the schema is at the newest version."""
    script = ScriptDirectory.from_config(configuration(connection))
    return set(MigrationContext.configure(connection).get_current_heads()) == set(script.get_heads())


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _check_references(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"the migration would leave rows without their parents in: {tables}")
