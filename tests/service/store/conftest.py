"""The store is tested on SQLite and on PostgreSQL."""

from tests.databases import (
    database,
    database_url,
    postgres_server,
    postgres_template,
    session,
    sqlite_template,
)

__all__ = ["database", "database_url", "postgres_server", "postgres_template", "session", "sqlite_template"]
