"""Hashes of what was masked: enough to recognise a value that is still stored, useless without the key."""

import hashlib
import hmac
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, insert, select

from service.store.database import Session
from service.store.tables import RedactedValueRow

KEY_FILE = "redaction.key"
_KEY_BYTES = 32
_AT_ONCE = 500  # hashes in one query


def key_of(data_dir: Path) -> bytes:
    """The key of this data directory, made when first needed; readable by its owner alone."""
    path = data_dir / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def hash_of(key: bytes, value: str) -> str:
    """HMAC-SHA-256 of a normalised value, in hexadecimal."""
    return hmac.new(key, value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def replace(session: Session, interaction_id: UUID, values: Iterable[tuple[str, str]]) -> None:
    """Write kinds and hashes of what was masked in an interaction in place of those before."""
    session.execute(delete(RedactedValueRow).where(RedactedValueRow.interaction_id == interaction_id))
    rows = [{"interaction_id": interaction_id, "kind": kind, "hash": hashed} for kind, hashed in set(values)]
    if rows:
        session.execute(insert(RedactedValueRow), rows)


def of(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Hashes and kinds of what was masked in each of these interactions."""
    found: dict[UUID, dict[str, str]] = {one: {} for one in ids}
    for row in session.scalars(select(RedactedValueRow).where(RedactedValueRow.interaction_id.in_(ids))):
        found[row.interaction_id][row.hash] = row.kind
    return found


def known(session: Session, hashes: Collection[str]) -> dict[str, list[tuple[UUID, str]]]:
    """Of these hashes those that are kept: the interactions and kinds of each."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    listed = sorted(hashes)
    for at in range(0, len(listed), _AT_ONCE):
        query = select(RedactedValueRow).where(RedactedValueRow.hash.in_(listed[at : at + _AT_ONCE]))
        for row in session.scalars(query):
            found.setdefault(row.hash, []).append((row.interaction_id, row.kind))
    return found
