"""What Alembic runs; the connection comes from ``service.store.migration``."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from service.store.columns import UtcDateTime
from service.store.tables import Base


def _plain_type(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write a column's database type into a migration, so that it does not change when our class does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
