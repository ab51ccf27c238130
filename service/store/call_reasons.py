"""The taxonomy of call reasons as the models in use know it."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select, text, update

from service.store import plain
from service.store.database import Session, now
from service.store.tables import CallReasonRow

_LOCK = 0x726561736F6E73  # any fixed number: workers that start at once write the taxonomy one after another


class Reason(Protocol):
    """A call reason as a taxonomy gives it; a top reason has no parent."""

    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def description(self) -> str: ...


def replace_taxonomy(session: Session, taxonomy: str, version: str, reasons: Sequence[Reason]) -> None:
    """Make this taxonomy the current one; reasons of other versions are kept as retired."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    _retire(session)
    known = {row.name: row for row in _of(session, taxonomy, version)}
    for position, reason in enumerate(reasons):
        row = known.get(plain.text(reason.name)) or CallReasonRow(
            taxonomy=taxonomy, version=version, name=plain.text(reason.name)
        )
        row.parent = plain.optional(reason.parent)
        row.description = plain.text(reason.description)
        row.position, row.retired_at = position, None
        session.add(row)
    session.flush()


def current(session: Session) -> list[CallReasonRow]:
    """The reasons of the current taxonomy in its own order; empty before any worker has started."""
    query = select(CallReasonRow).where(CallReasonRow.retired_at.is_(None)).order_by(CallReasonRow.position)
    return list(session.scalars(query))


def _retire(session: Session) -> None:
    statement = update(CallReasonRow).where(CallReasonRow.retired_at.is_(None)).values(retired_at=now())
    session.execute(statement)


def _of(session: Session, taxonomy: str, version: str) -> Sequence[CallReasonRow]:
    query = select(CallReasonRow).where(CallReasonRow.taxonomy == taxonomy, CallReasonRow.version == version)
    return session.scalars(query.execution_options(populate_existing=True)).all()
