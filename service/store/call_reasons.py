"""The taxonomy of call reasons as the models in use know it."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import func, select, text, update

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


def replace_taxonomy(
    session: Session, taxonomy: str, version: str, reasons: Sequence[Reason], *, shipped: bool = True
) -> None:
    """Make this taxonomy the current one; reasons of other versions are kept as retired.

    ``shipped`` is one that came with the models.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    _retire(session)
    _write(session, taxonomy, version, reasons, shipped=shipped)


def keep_taxonomy(session: Session, taxonomy: str, version: str, reasons: Sequence[Reason]) -> None:
    """Know a taxonomy that came with the models while another one is in use."""
    if not of_version(session, taxonomy, version):
        _write(session, taxonomy, version, reasons, shipped=True)
        retired = (CallReasonRow.taxonomy == taxonomy, CallReasonRow.version == version)
        session.execute(update(CallReasonRow).where(*retired).values(retired_at=now()))


def _write(
    session: Session, taxonomy: str, version: str, reasons: Sequence[Reason], *, shipped: bool
) -> None:
    known = {row.name: row for row in _of(session, taxonomy, version)}
    for position, reason in enumerate(reasons):
        row = known.get(plain.text(reason.name)) or CallReasonRow(
            taxonomy=taxonomy, version=version, name=plain.text(reason.name)
        )
        row.parent, row.shipped = plain.optional(reason.parent), shipped
        row.description = plain.text(reason.description)
        row.position, row.retired_at = position, None
        session.add(row)
    session.flush()


def current(session: Session) -> list[CallReasonRow]:
    """The reasons of the current taxonomy in its own order; empty before any worker has started."""
    query = select(CallReasonRow).where(CallReasonRow.retired_at.is_(None)).order_by(CallReasonRow.position)
    return list(session.scalars(query))


def of_version(session: Session, taxonomy: str, version: str) -> list[CallReasonRow]:
    """The reasons of one version that came with the models; empty where none is known."""
    which = (CallReasonRow.taxonomy == taxonomy, CallReasonRow.version == version)
    query = select(CallReasonRow).where(*which, CallReasonRow.shipped.is_(True))
    return list(session.scalars(query.order_by(CallReasonRow.position)))


def shipped(session: Session) -> list[CallReasonRow]:
    """The reasons that came with the models, of the version known last; none before a worker has started."""
    query = select(CallReasonRow).where(CallReasonRow.shipped.is_(True)).order_by(CallReasonRow.position)
    rows = list(session.scalars(query))
    newest = [row for row in rows if row.retired_at is None] or sorted(
        rows, key=lambda row: row.retired_at or now()
    )[-1:]
    return [
        row
        for row in rows
        if newest and (row.taxonomy, row.version) == (newest[0].taxonomy, newest[0].version)
    ]


def knows(session: Session, taxonomy: str) -> bool:
    """Whether the models came with a taxonomy of this name."""
    which = (func.lower(CallReasonRow.taxonomy) == taxonomy.lower(), CallReasonRow.shipped.is_(True))
    return session.scalar(select(CallReasonRow.name).where(*which).limit(1)) is not None


def _retire(session: Session) -> None:
    statement = update(CallReasonRow).where(CallReasonRow.retired_at.is_(None)).values(retired_at=now())
    session.execute(statement)


def _of(session: Session, taxonomy: str, version: str) -> Sequence[CallReasonRow]:
    query = select(CallReasonRow).where(CallReasonRow.taxonomy == taxonomy, CallReasonRow.version == version)
    return session.scalars(query.execution_options(populate_existing=True)).all()
