"""What was answered to an Idempotency-Key, so that a repeated request is answered the same."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from service.errors import Conflict, InvalidInput
from service.store import plain
from service.store.database import Session, now
from service.store.insertion import insert_unless_there
from service.store.tables import IdempotencyRow


def find(session: Session, api_key_id: str, key: str) -> IdempotencyRow | None:
    """What this API key was answered to this Idempotency-Key."""
    return session.get(IdempotencyRow, (api_key_id, plain.text(key)))


def remember(
    session: Session, api_key_id: str, key: str, *, fingerprint: str, task_id: UUID, interaction_id: UUID
) -> tuple[IdempotencyRow, bool]:
    """Keep an answer unless there is one; gives what is kept and whether this call kept it.

    Raises InvalidInput("idempotency_key_reused") when the key came with another request (``fingerprint``),
    InvalidInput("value_too_long").
    """
    values = {
        "api_key_id": api_key_id,
        "key": key,
        "fingerprint": fingerprint,
        "task_id": task_id,
        "interaction_id": interaction_id,
        "created_at": now(),
    }
    values = plain.values(values, IdempotencyRow)
    row = insert_unless_there(session, IdempotencyRow, values, unique=["api_key_id", "key"])
    if row is not None:
        return row, True
    known = find(session, api_key_id, key)
    if known is None:
        raise Conflict(
            "idempotency_key_expired", "The answer to this key was just forgotten.", "Send the request again."
        )
    check(known, fingerprint)
    return known, False


def check(row: IdempotencyRow, fingerprint: str) -> None:
    """Raise InvalidInput("idempotency_key_reused") when a key came with another request before."""
    if row.fingerprint != fingerprint:
        raise InvalidInput(
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request.",
            "Use a new key for a new request.",
        )


def forget(session: Session, *, hours: float) -> None:
    """Forget what was answered longer ago than this."""
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < now() - timedelta(hours=hours)))
