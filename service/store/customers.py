"""Customers: found or made by what they are known by, linked to their interactions."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, or_, select, text

from service.errors import NotFound
from service.store import interactions, pages, plain
from service.store.database import Session, new_id, now
from service.store.histories import emotion_trend, last_reasons, timeline
from service.store.identifiers import (
    Identifier,
    normalise,
    normalise_crm_id,
    normalise_email,
    normalise_phone,
)
from service.store.pages import Page
from service.store.tables import CustomerRow, IdentifierKind, IdentifierRow, InteractionRow

__all__ = [
    "Identifier",
    "Resolved",
    "attach",
    "detach",
    "emotion_trend",
    "find",
    "get",
    "identifiers_of",
    "last_reasons",
    "lookup",
    "normalise",
    "normalise_crm_id",
    "normalise_email",
    "normalise_phone",
    "resolve",
    "timeline",
]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whose identifiers these are; ``conflicts`` are those that belong to somebody else and stayed there."""

    customer: CustomerRow
    created: bool
    conflicts: tuple[Identifier, ...]


def resolve(session: Session, identifiers: Sequence[Identifier], *, name: str | None = None) -> Resolved:
    """Find the customer whom these identifiers name, or make one, and add the identifiers still unknown.

    Where they name several customers the CRM id decides, then the customer made earliest. A customer with
    another CRM id is somebody else who shares the phone or address. Two uploads at once make one customer.
    Raises ValueError without any identifier.
    """
    wanted = sorted(set(identifiers))
    if not wanted:
        raise ValueError("a customer needs at least one identifier")
    _one_at_a_time(session, wanted)
    owners = _owners(session, wanted)
    customer = _owner(session, wanted, owners)
    created = customer is None
    if customer is None:
        customer = _make(session)
    customer.name = customer.name or plain.optional(name)
    for identifier in wanted:
        if identifier not in owners:
            _add_identifier(session, customer, identifier)
    session.flush()
    conflicts = tuple(known for known, owner in owners.items() if owner.id != customer.id)
    return Resolved(customer, created, conflicts)


def get(session: Session, customer_id: UUID) -> CustomerRow:
    """The customer; raises NotFound("customer_not_found")."""
    row = session.get(CustomerRow, customer_id)
    if row is None:
        raise NotFound("customer_not_found", "There is no customer with this id.")
    return row


def lookup(session: Session, kind: str, value: str) -> CustomerRow | None:
    """The customer who is known by an identifier, normalised as it is kept."""
    query = select(CustomerRow).join(IdentifierRow, IdentifierRow.customer_id == CustomerRow.id)
    query = query.where(IdentifierRow.kind == str(kind), IdentifierRow.value == plain.text(value))
    return session.scalars(query).one_or_none()


def find(
    session: Session, *, text: str | None = None, cursor: str | None = None, limit: int = 50
) -> Page[CustomerRow]:
    """A page of customers, newest first; ``text`` is looked for in names and identifiers."""
    pages.check_limit(limit)
    query = select(CustomerRow).order_by(CustomerRow.id.desc()).limit(limit + 1)
    if text:
        words = plain.text(text)
        known_by = exists().where(
            IdentifierRow.customer_id == CustomerRow.id, IdentifierRow.value.icontains(words, autoescape=True)
        )
        query = query.where(or_(CustomerRow.name.icontains(words, autoescape=True), known_by))
    if cursor is not None:
        query = query.where(CustomerRow.id < pages.decode(cursor)[1])  # ids of version 7 sort by time
    rows = session.scalars(query).all()
    return pages.cut(rows, limit=limit, place=lambda row: (row.created_at, row.id))


def identifiers_of(session: Session, customer_ids: Iterable[UUID]) -> dict[UUID, tuple[Identifier, ...]]:
    """What each of these customers is known by, phones first, then by age."""
    wanted = list(customer_ids)
    known: dict[UUID, list[Identifier]] = {customer_id: [] for customer_id in wanted}
    query = select(IdentifierRow).where(IdentifierRow.customer_id.in_(wanted)).order_by(IdentifierRow.id)
    for row in session.scalars(query):
        known[row.customer_id].append(Identifier(IdentifierKind(row.kind), row.value))
    order = list(IdentifierKind)
    return {key: tuple(sorted(held, key=lambda one: order.index(one.kind))) for key, held in known.items()}


def attach(session: Session, interaction_id: UUID, customer_id: UUID) -> InteractionRow:
    """Link an interaction to a customer, instead of the one it had; raises NotFound for either."""
    row = interactions.get(session, interaction_id)
    row.customer_id = get(session, customer_id).id
    session.flush()
    return row


def detach(session: Session, interaction_id: UUID) -> InteractionRow:
    """Unlink an interaction from its customer; raises NotFound."""
    row = interactions.get(session, interaction_id)
    row.customer_id = None
    session.flush()
    return row


def _one_at_a_time(session: Session, identifiers: Sequence[Identifier]) -> None:
    """Let others who name the same identifiers wait until we commit.

    SQLite has one writer anyway. Locks are taken in one order, so that none waits in a circle.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for key in sorted(map(_lock_key, identifiers)):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _lock_key(identifier: Identifier) -> int:
    digest = hashlib.sha256(f"customer {identifier.kind} {identifier.value}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _owners(session: Session, identifiers: Sequence[Identifier]) -> dict[Identifier, CustomerRow]:
    named = [
        (IdentifierRow.kind == one.kind.value) & (IdentifierRow.value == one.value) for one in identifiers
    ]
    query = select(IdentifierRow, CustomerRow).join(CustomerRow, CustomerRow.id == IdentifierRow.customer_id)
    found = session.execute(query.where(or_(*named)))
    return {Identifier(IdentifierKind(row.kind), row.value): customer for row, customer in found}


def _owner(
    session: Session, identifiers: Sequence[Identifier], owners: dict[Identifier, CustomerRow]
) -> CustomerRow | None:
    crm_ids = {one for one in identifiers if one.kind is IdentifierKind.CRM}
    candidates = [owners[one] for one in crm_ids if one in owners] or list(owners.values())
    if crm_ids and not crm_ids & owners.keys():
        known = identifiers_of(session, {owner.id for owner in candidates})
        candidates = [one for one in candidates if not _has_crm_id(known[one.id])]
    return min(candidates, key=lambda one: (one.created_at, one.id), default=None)


def _has_crm_id(identifiers: Iterable[Identifier]) -> bool:
    return any(one.kind is IdentifierKind.CRM for one in identifiers)


def _make(session: Session) -> CustomerRow:
    moment = now()
    row = CustomerRow(id=new_id(), attributes={}, created_at=moment, updated_at=moment)
    session.add(row)
    session.flush()
    return row


def _add_identifier(session: Session, customer: CustomerRow, identifier: Identifier) -> None:
    moment = now()
    customer.updated_at = moment
    session.add(
        IdentifierRow(
            id=new_id(),
            customer_id=customer.id,
            kind=identifier.kind.value,
            value=identifier.value,
            created_at=moment,
        )
    )
