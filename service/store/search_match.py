"""What was sought as conditions of SQL: FTS5 on SQLite, tsquery on PostgreSQL; both give the same entries."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, cast, column, false, literal, or_, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from service.search import Sought
from service.store.database import Session
from service.store.search_tables import FTS
from service.store.tables import SearchEntryRow

_FTS = table(FTS, column("rowid"), column(FTS))


def dialect(session: Session) -> str:
    """sqlite or postgresql."""
    return session.get_bind().dialect.name


def any_of(kind: str, wanted: Sequence[Sought]) -> ColumnElement[bool]:
    """Entries in which one of these stands, said by its party."""
    parties = {sought.party for sought in wanted}
    parts = [_said(kind, [one for one in wanted if one.party == party], party) for party in parties]
    return or_(false(), *parts)


def together(kind: str, groups: Sequence[Sequence[Sought]]) -> ColumnElement[bool] | None:
    """Entries in which one of each group stands; None where different parties must have said them."""
    parties = {sought.party for group in groups for sought in group}
    if len(parties) != 1:
        return None
    conjunction = " AND " if kind == "sqlite" else " & "
    expression = conjunction.join(f"({_expression(kind, group)})" for group in groups)
    return _in_party(_matches(kind, expression), parties.pop())


def _said(kind: str, wanted: Sequence[Sought], party: str | None) -> ColumnElement[bool]:
    return _in_party(_matches(kind, _expression(kind, wanted)), party)


def _in_party(condition: ColumnElement[bool], party: str | None) -> ColumnElement[bool]:
    return condition if party is None else and_(condition, SearchEntryRow.party == party)


def _matches(kind: str, expression: str) -> ColumnElement[bool]:
    if kind == "sqlite":
        found = select(_FTS.c.rowid).where(_FTS.c[FTS].op("MATCH", is_comparison=True)(expression))
        return SearchEntryRow.id.in_(found)
    return SearchEntryRow.words.op("@@", is_comparison=True)(cast(literal(expression), TSQUERY))


def _expression(kind: str, wanted: Sequence[Sought]) -> str:
    """Words hold letters and digits alone (``service.search.folding``): quoted, none is an operator."""
    either = " OR " if kind == "sqlite" else " | "
    return either.join(_row(kind, row, prefix=one.prefix) for one in wanted for row in one.rows)


def _row(kind: str, row: Sequence[str], *, prefix: bool) -> str:
    if kind == "sqlite":
        return f'"{" ".join(row)}"' + (" *" if prefix else "")
    return "(" + " <-> ".join(f"'{word}'" for word in row) + (":*)" if prefix else ")")
