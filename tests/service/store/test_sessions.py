"""Dashboard logins and answers to repeated requests."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.errors import InvalidInput
from service.store import idempotency, keys, sessions
from service.store.database import Database, Session, new_id, now
from service.store.tables import IdempotencyRow, SessionRow
from tests.service.store.made import run_together


def test_a_login_is_known_by_its_token_until_it_ends(session: Session) -> None:
    key, _ = keys.create(session, "supervisor", ["read"])
    token, row = sessions.create(session, key.id, 12)
    other, _ = sessions.create(session, key.id, 12)
    assert token not in row.id_hash
    assert row.csrf not in token
    assert sessions.authenticate(session, token) == (row, key)
    assert sessions.authenticate(session, token + "x") is None
    sessions.end(session, token)
    sessions.end(session, token)
    assert sessions.authenticate(session, token) is None
    assert sessions.authenticate(session, other) is not None


def test_a_login_ends_with_its_time_or_its_key(session: Session) -> None:
    key, _ = keys.create(session, "supervisor", ["read"])
    token, row = sessions.create(session, key.id, 12)
    row.expires_at = now() - timedelta(seconds=1)
    session.flush()
    assert sessions.authenticate(session, token) is None
    later, _ = sessions.create(session, key.id, 12)
    assert session.scalar(select(func.count()).select_from(SessionRow)) == 1  # the old one is swept
    keys.revoke(session, key.id)
    assert sessions.authenticate(session, later) is None


def test_a_repeated_request_is_remembered_for_its_key_alone(session: Session) -> None:
    task_id, interaction_id = new_id(), new_id()
    answer = {"task_id": task_id, "interaction_id": interaction_id}
    _, first = idempotency.remember(session, "key-1", "abc", fingerprint="f", **answer)
    row, again = idempotency.remember(
        session, "key-1", "abc", fingerprint="f", task_id=new_id(), interaction_id=new_id()
    )
    assert (first, again) == (True, False)
    assert (row.task_id, row.interaction_id) == (task_id, interaction_id)
    assert idempotency.find(session, "key-2", "abc") is None
    with pytest.raises(InvalidInput, match="idempotency_key_reused"):
        idempotency.remember(session, "key-1", "abc", fingerprint="another", **answer)
    with pytest.raises(InvalidInput, match="value_too_long"):
        idempotency.remember(session, "key-1", "k" * 201, fingerprint="f", **answer)


def test_requests_at_once_with_one_key_are_answered_the_same(database: Database) -> None:
    def send() -> None:
        with database.transaction() as session:
            answered.append(
                idempotency.remember(
                    session, "key-1", "abc", fingerprint="f", task_id=new_id(), interaction_id=new_id()
                )
            )

    answered: list[tuple[IdempotencyRow, bool]] = []
    run_together(send, times=6)
    assert len({row.task_id for row, _ in answered}) == 1
    assert [created for _, created in answered].count(True) == 1


def test_old_answers_are_forgotten(session: Session) -> None:
    row, _ = idempotency.remember(
        session, "key-1", "abc", fingerprint="f", task_id=new_id(), interaction_id=new_id()
    )
    idempotency.forget(session, hours=24)
    assert idempotency.find(session, "key-1", "abc") is row
    row.created_at = now() - timedelta(hours=25)
    session.flush()
    idempotency.forget(session, hours=24)
    session.expire_all()
    assert idempotency.find(session, "key-1", "abc") is None
