"""Dashboard logins: a random token in a cookie, its hash in a row, gone after some hours."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete

from service.store import keys
from service.store.database import Session, now
from service.store.tables import ApiKeyRow, SessionRow


def create(session: Session, api_key_id: str, hours: float) -> tuple[str, SessionRow]:
    """Begin a login that lasts some hours; gives the cookie's token and the row with its CSRF token."""
    token = secrets.token_urlsafe(32)
    moment = now()
    row = SessionRow(
        id_hash=_hash(token),
        api_key_id=api_key_id,
        csrf=secrets.token_urlsafe(32),
        created_at=moment,
        expires_at=moment + timedelta(hours=hours),
    )
    session.add(row)
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= moment))
    session.flush()
    return token, row


def authenticate(session: Session, token: str) -> tuple[SessionRow, ApiKeyRow] | None:
    """The login of a token with its key, unless either is over."""
    row = session.get(SessionRow, _hash(token))
    if row is None or row.expires_at <= now():
        return None
    key = session.get(ApiKeyRow, row.api_key_id)
    return (row, key) if key is not None and keys.is_valid(key) else None


def end(session: Session, token: str) -> None:
    """End a login; one that is over already stays so."""
    session.execute(delete(SessionRow).where(SessionRow.id_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
