"""Adding a row unless another holds its place already: one statement, safe however many do it at once."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite

from service.store.database import Session
from service.store.tables import Base

Row = TypeVar("Row", bound=Base)


def insert_unless_there(
    session: Session, table: type[Row], values: Mapping[str, Any], *, unique: Sequence[str]
) -> Row | None:
    """Insert a row; None where the columns of ``unique`` have these values already, committed or not.

    Waits for others who are just inserting the same.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing(index_elements=unique)
    return session.scalars(statement.returning(table)).one_or_none()
