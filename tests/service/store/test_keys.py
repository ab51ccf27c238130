"""API keys: shown once, kept as a hash, revoked at once."""

from datetime import timedelta

import pytest

from service.errors import InvalidInput, NotFound
from service.store import keys
from service.store.database import Session, now
from service.store.keys import Scope


def test_a_key_is_known_by_its_token_alone(session: Session) -> None:
    row, token = keys.create(session, "CRM", ["read", "ingest"])
    assert keys.authenticate(session, token) is row
    assert row.scopes == ["ingest", "read"]
    assert token not in row.secret_hash
    for wrong in (token[:-1], token + "x", token.swapcase(), f"ovt_{row.id}_{'a' * 40}", "", "ovt__", "\x00"):
        assert keys.authenticate(session, wrong) is None


def test_a_revoked_or_expired_key_is_none(session: Session) -> None:
    revoked, revoked_token = keys.create(session, "a", ["read"])
    _, expired_token = keys.create(session, "b", ["read"], now() - timedelta(seconds=1))
    _, good_token = keys.create(session, "c", ["read"], now() + timedelta(hours=1))
    keys.revoke(session, revoked.id)
    assert keys.authenticate(session, revoked_token) is None
    assert keys.authenticate(session, expired_token) is None
    assert keys.authenticate(session, good_token) is not None
    with pytest.raises(NotFound, match="key_not_found"):
        keys.revoke(session, "no such key")


@pytest.mark.parametrize("scopes", [[], ["read", "everything"]])
def test_scopes_are_known_ones(session: Session, scopes: list[str]) -> None:
    with pytest.raises(InvalidInput, match="unknown_scope"):
        keys.create(session, "x", scopes)


def test_admin_is_allowed_everything(session: Session) -> None:
    reader, _ = keys.create(session, "r", ["read"])
    admin, _ = keys.create(session, "a", ["admin"])
    assert keys.allows(admin, Scope.READ_SENSITIVE)
    assert keys.allows(reader, Scope.READ)
    assert not keys.allows(reader, Scope.INGEST)


def test_use_is_noted_at_most_once_a_minute(session: Session) -> None:
    row, _ = keys.create(session, "r", ["read"])
    assert not keys.use_is_noted(row)
    keys.note_use(session, row.id)
    session.refresh(row)
    assert keys.use_is_noted(row)
    row.last_used_at = now() - timedelta(minutes=2)
    assert not keys.use_is_noted(row)


def test_keys_are_listed_newest_first(session: Session) -> None:
    made = [keys.create(session, name, ["read"])[0] for name in ("a", "b")]
    assert [row.id for row in keys.list_all(session)] == [made[1].id, made[0].id]
