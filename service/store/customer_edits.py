"""Changes to a customer by hand: name, attributes, identifiers."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from service.errors import Conflict, NotFound
from service.store import customers, plain
from service.store.customers import Identifier
from service.store.database import Session, new_id, now
from service.store.tables import CustomerRow, IdentifierRow


def rename(session: Session, customer_id: UUID, name: str | None) -> CustomerRow:
    """Give a customer another name, or none; raises NotFound."""
    row = customers.get(session, customer_id)
    row.name, row.updated_at = plain.optional(name), now()
    session.flush()
    return row


def change_attributes(session: Session, customer_id: UUID, changes: Mapping[str, object]) -> CustomerRow:
    """Set attributes one by one; None takes one away. Raises NotFound."""
    row = customers.get(session, customer_id)
    merged = {**row.attributes, **plain.json(changes)}
    row.attributes = {name: value for name, value in merged.items() if value is not None}
    row.updated_at = now()
    session.flush()
    return row


def add_identifier(session: Session, customer_id: UUID, identifier: Identifier) -> bool:
    """Let a customer be known by an identifier too; False if they are already.

    Raises NotFound, Conflict("identifier_taken") where it is another customer's.
    """
    customer = customers.get(session, customer_id)
    moment = now()
    row = IdentifierRow(
        id=new_id(),
        customer_id=customer.id,
        kind=identifier.kind.value,
        value=identifier.value,
        created_at=moment,
    )
    owner = customers.lookup(session, identifier.kind, identifier.value)
    if owner is None:
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # another process was quicker by a moment
            owner = customers.lookup(session, identifier.kind, identifier.value)
        else:
            customer.updated_at = moment
            session.flush()
            return True
    if owner is None or owner.id != customer.id:
        raise Conflict(
            "identifier_taken",
            "Another customer is known by this identifier.",
            "Take it from that customer first.",
        )
    return False


def remove_identifier(session: Session, customer_id: UUID, identifier: Identifier) -> None:
    """Let a customer no longer be known by an identifier; raises NotFound for either."""
    customer = customers.get(session, customer_id)
    statement = delete(IdentifierRow).where(
        IdentifierRow.customer_id == customer.id,
        IdentifierRow.kind == identifier.kind.value,
        IdentifierRow.value == identifier.value,
    )
    if not session.execute(statement.returning(IdentifierRow.id)).first():
        raise NotFound("identifier_not_found", "The customer is not known by this identifier.")
    customer.updated_at = now()
    session.flush()
