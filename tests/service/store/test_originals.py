"""Originals that policy deletes: gone for good, and never while someone still needs the bytes."""

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service.store import interactions, originals
from service.store.blobs import DirectoryBlobs
from service.store.database import Database, Session
from service.store.tables import InteractionRow
from tests.service.store.made import make_interaction


@pytest.fixture
def blobs(tmp_path: Path) -> DirectoryBlobs:
    return DirectoryBlobs(tmp_path / "blobs")


def keep(blobs: DirectoryBlobs, content: bytes, *, minutes_ago: float = 60) -> str:
    with blobs.begin() as writer:
        writer.write(content)
        key = writer.commit().key
    then = time.time() - 60 * minutes_ago
    os.utime(blobs.path(key), (then, then))
    return key


def call(
    session: Session, key: str, *, keep_original: bool | None, playback: str | None = None
) -> InteractionRow:
    """A transcribed call whose original is to be kept or deleted; one on its way for None."""
    row = make_interaction(session, blob_key=key)
    if keep_original is None:
        return row
    return interactions.mark_transcribed(session, row.id, keep_original=keep_original, playback_key=playback)


def test_an_original_is_deleted_and_marked(database: Database, blobs: DirectoryBlobs) -> None:
    key, kept = keep(blobs, b"secret"), keep(blobs, b"other")
    with database.transaction() as session:
        row, other = call(session, key, keep_original=False), call(session, kept, keep_original=True)
        assert originals.delete_due(session, blobs) == 1
        assert originals.delete_due(session, blobs) == 0
    assert (blobs.exists(key), blobs.exists(kept)) == (False, True)
    with database.reading() as session:
        assert interactions.get(session, row.id).original_deleted_at is not None
        assert interactions.get(session, other.id).original_deleted_at is None


def test_nothing_is_due_is_told_without_looking_at_every_interaction(session: Session) -> None:
    assert not originals.any_due(session)
    row = call(session, "0" * 64, keep_original=True)
    assert not originals.any_due(session)
    call(session, "1" * 64, keep_original=False)
    assert originals.any_due(session)
    if session.get_bind().dialect.name == "sqlite":
        plan = session.execute(text("EXPLAIN QUERY PLAN " + _statement(session))).all()
        assert any("ix_interactions_originals_to_delete" in str(step) for step in plan), plan
    assert row.original_deleted_at is None


def _statement(session: Session) -> str:
    """What ``any_due`` asks."""
    query = select(InteractionRow.id).where(*originals.DUE)
    return str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))


@pytest.mark.parametrize("other", [True, None], ids=["kept", "not transcribed yet"])
def test_a_file_that_another_interaction_needs_stays(
    session: Session, blobs: DirectoryBlobs, *, other: bool | None
) -> None:
    key = keep(blobs, b"the same call twice")
    row = call(session, key, keep_original=False)
    second = call(session, key, keep_original=other)
    assert originals.delete_due(session, blobs) == 0
    assert blobs.exists(key)
    interactions.mark_transcribed(session, second.id, keep_original=False)
    assert originals.delete_due(session, blobs) == 2
    assert not blobs.exists(key)
    assert row.original_deleted_at is not None


def test_a_transcript_that_came_along_goes_with_its_recording(
    session: Session, blobs: DirectoryBlobs
) -> None:
    alone, shared = keep(blobs, b"alone"), keep(blobs, b"shared")
    call(session, keep(blobs, b"one"), keep_original=False).transcript_key = alone
    call(session, keep(blobs, b"two"), keep_original=False).transcript_key = shared
    call(session, shared, keep_original=True).transcript_key = shared
    session.flush()
    assert originals.delete_due(session, blobs) == 1
    assert (blobs.exists(alone), blobs.exists(shared)) == (False, True)


def test_a_file_that_is_played_elsewhere_stays(session: Session, blobs: DirectoryBlobs) -> None:
    key = keep(blobs, b"someone sent what was made for playing")
    call(session, keep(blobs, b"first"), keep_original=True, playback=key)
    call(session, key, keep_original=False)
    assert originals.delete_due(session, blobs) == 0
    assert blobs.exists(key)


def test_a_file_written_a_moment_ago_waits(session: Session, blobs: DirectoryBlobs) -> None:
    key = keep(blobs, b"it may just be arriving again", minutes_ago=1)
    row = call(session, key, keep_original=False)
    assert originals.delete_due(session, blobs) == 0
    assert originals.delete_due(session, blobs, grace_seconds=30) == 1
    assert row.original_deleted_at is not None


def test_a_file_that_is_gone_already_is_only_marked(session: Session, blobs: DirectoryBlobs) -> None:
    row = call(session, "0" * 64, keep_original=False)
    assert originals.delete_due(session, blobs) == 1
    assert row.original_deleted_at is not None
