"""Blobs: kept whole under their hash, or not at all."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from service.errors import NotFound
from service.store.blobs import Blob, DirectoryBlobs
from tests.service.store.made import run_together


@pytest.fixture
def blobs(tmp_path: Path) -> DirectoryBlobs:
    """An empty store."""
    return DirectoryBlobs(tmp_path / "blobs")


def test_a_blob_is_kept_under_its_hash(blobs: DirectoryBlobs) -> None:
    with blobs.begin() as writer:
        writer.write(b"hello ")
        writer.write(b"world")
        blob = writer.commit()
    sha256 = hashlib.sha256(b"hello world").hexdigest()
    assert blob == Blob(key=sha256, size=11, sha256=sha256)
    with blobs.open(blob.key) as file:
        file.seek(6)
        assert file.read() == b"world"
    assert blobs.size(blob.key) == 11
    assert blobs.path(blob.key).read_bytes() == b"hello world"


def test_what_is_not_committed_leaves_nothing(blobs: DirectoryBlobs, tmp_path: Path) -> None:
    with blobs.begin() as writer:
        writer.write(b"half")
    aborted = blobs.begin()
    aborted.write(b"half")
    aborted.abort()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_same_content_at_once_is_one_blob(blobs: DirectoryBlobs, tmp_path: Path) -> None:
    content = os.urandom(200_000)

    def upload() -> None:
        with blobs.begin() as writer:
            for start in range(0, len(content), 1000):
                writer.write(content[start : start + 1000])
            kept.append(writer.commit())

    kept: list[Blob] = []
    run_together(upload, times=8)
    assert len(kept) == 8
    assert len(set(kept)) == 1
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [content]


def test_an_empty_blob_is_a_blob(blobs: DirectoryBlobs) -> None:
    blob = blobs.begin().commit()
    assert (blob.size, blobs.exists(blob.key)) == (0, True)


@pytest.mark.parametrize(
    "key", ["0" * 64, "", "../../etc/passwd", "0" * 63 + "/", "A" * 64, "\x00", "0" * 64 + "\n"]
)
def test_a_wrong_key_is_not_found_and_leads_nowhere(blobs: DirectoryBlobs, key: str) -> None:
    assert not blobs.exists(key)
    for read in (blobs.open, blobs.path, blobs.size):
        with pytest.raises(NotFound, match="blob_not_found"):
            read(key)


def test_a_blob_is_deleted_once_or_twice(blobs: DirectoryBlobs) -> None:
    key = blobs.begin().commit().key
    blobs.delete(key)
    blobs.delete(key)
    assert not blobs.exists(key)


def test_old_blobs_are_listed_and_old_rests_are_swept(blobs: DirectoryBlobs, tmp_path: Path) -> None:
    key = blobs.begin().commit().key
    unfinished = blobs.begin()
    assert (list(blobs.keys(older_than=60)), blobs.sweep(older_than=60)) == ([], 0)
    an_hour_ago = time.time() - 3600
    for path in tmp_path.rglob("*"):
        os.utime(path, (an_hour_ago, an_hour_ago))
    assert list(blobs.keys(older_than=60)) == [key]
    assert blobs.sweep(older_than=60) == 1
    unfinished.abort()
    blobs.begin().commit()
    assert list(blobs.keys(older_than=60)) == []  # written again: not old


def test_free_room_is_told_before_anything_is_kept(blobs: DirectoryBlobs) -> None:
    assert blobs.free_bytes() > 0
