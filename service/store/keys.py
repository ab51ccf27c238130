"""API keys: a public id to look up and the hash of a secret that is shown once."""

import hashlib
import hmac
import re
import secrets
import string
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update

from service.errors import InvalidInput, NotFound
from service.store import plain
from service.store.database import Session, now
from service.store.tables import ApiKeyRow

_ALPHABET = string.ascii_letters + string.digits
_TOKEN = re.compile(r"ovt_([A-Za-z0-9]{12})_([A-Za-z0-9]{40})")
_USE_NOTED_EVERY = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key allows; ``admin`` allows everything."""

    INGEST = "ingest"
    READ = "read"
    READ_SENSITIVE = "read_sensitive"
    REPORTS = "reports"
    ADMIN = "admin"


SCOPES = tuple(scope.value for scope in Scope)


def create(
    session: Session, name: str, scopes: Collection[str], expires: datetime | None = None
) -> tuple[ApiKeyRow, str]:
    """Make a key; the token ``ovt_<id>_<secret>`` that is given here cannot be had again.

    Raises InvalidInput("unknown_scope"), InvalidInput("value_too_long").
    """
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InvalidInput("unknown_scope", f"A key needs scopes out of {', '.join(SCOPES)}.")
    key_id, secret = _random(12), _random(40)
    values = {
        "id": key_id,
        "secret_hash": _hash(secret),
        "name": name,
        "scopes": [scope for scope in SCOPES if scope in scopes],
        "created_at": now(),
        "expires_at": expires,
    }
    row = ApiKeyRow(**plain.values(values, ApiKeyRow))
    session.add(row)
    session.flush()
    return row, f"ovt_{key_id}_{secret}"


def authenticate(session: Session, token: str) -> ApiKeyRow | None:
    """The key of a token, unless it is wrong, revoked or expired. Only reads: see ``note_use``."""
    parts = _TOKEN.fullmatch(token)
    row = session.get(ApiKeyRow, parts[1]) if parts else None
    if parts is None or row is None or not hmac.compare_digest(row.secret_hash, _hash(parts[2])):
        return None
    return row if is_valid(row) else None


def allows(row: ApiKeyRow, scope: str) -> bool:
    """Whether a key has a scope."""
    return str(scope) in row.scopes or Scope.ADMIN.value in row.scopes


def is_valid(row: ApiKeyRow) -> bool:
    """Whether a key is neither revoked nor expired."""
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > now())


def use_is_noted(row: ApiKeyRow) -> bool:
    """Whether ``note_use`` was called within the last minute: no need to write again."""
    return row.last_used_at is not None and now() - row.last_used_at < _USE_NOTED_EVERY


def note_use(session: Session, key_id: str) -> None:
    """Remember that a key is in use now."""
    session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_at=now()))


def revoke(session: Session, key_id: str) -> ApiKeyRow:
    """End a key at once; raises NotFound("key_not_found")."""
    row = session.get(ApiKeyRow, plain.text(key_id))
    if row is None:
        raise NotFound("key_not_found", "There is no API key with this id.")
    row.revoked_at = row.revoked_at or now()
    session.flush()
    return row


def list_all(session: Session) -> list[ApiKeyRow]:
    """Every key, newest first, also those that are over."""
    return list(session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id)))


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _hash(secret: str) -> str:
    """A plain hash is enough for a secret of 238 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
