"""Blobs: bytes kept under their SHA-256, written whole or not at all."""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from service.errors import NotFound
from service.store.database import new_id

_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Blob:
    """What was kept: ``key`` is ``sha256``, in hexadecimal; ``size`` in bytes."""

    key: str
    size: int
    sha256: str


class BlobWriter(Protocol):
    """Takes bytes; nothing is kept before ``commit``. As a context it aborts what was not committed."""

    size: int

    @property
    def sha256(self) -> str: ...
    def write(self, data: bytes) -> int: ...
    def commit(self) -> Blob: ...
    def abort(self) -> None: ...
    def __enter__(self) -> "BlobWriter": ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Blobs(Protocol):
    """Where blobs are kept; what reads a blob raises NotFound("blob_not_found") for a wrong key."""

    def begin(self) -> BlobWriter: ...
    def open(self, key: str) -> BinaryIO: ...
    def path(self, key: str) -> Path: ...
    def size(self, key: str) -> int: ...
    def exists(self, key: str) -> bool: ...
    def delete(self, key: str) -> None: ...
    def delete_unless_new(self, key: str, *, seconds: float) -> bool: ...
    def sweep(self, *, older_than: float) -> int: ...
    def free_bytes(self) -> int: ...


class DirectoryBlobs:
    """Blobs as files of a directory, in folders by the first two digits of their keys."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unfinished = root / "tmp"

    def begin(self) -> "FileWriter":
        """Begin a new blob."""
        self._unfinished.mkdir(parents=True, exist_ok=True)
        return FileWriter(self._unfinished / new_id().hex, self._place)

    def open(self, key: str) -> BinaryIO:
        """Read a blob from its beginning; seekable."""
        return self.path(key).open("rb")

    def path(self, key: str) -> Path:
        """The file of a blob, to be read only."""
        path = self._place(key)
        if not path.is_file():
            raise _missing()
        return path

    def size(self, key: str) -> int:
        """Bytes of a blob."""
        return self.path(key).stat().st_size

    def exists(self, key: str) -> bool:
        """Whether there is such a blob."""
        return bool(_KEY.fullmatch(key)) and self._place(key).is_file()

    def delete(self, key: str) -> None:
        """Delete a blob; one that is gone already stays so."""
        self._place(key).unlink(missing_ok=True)

    def delete_unless_new(self, key: str, *, seconds: float) -> bool:
        """Delete a blob unless it was written within so many seconds; whether it is gone.

        The same bytes may arrive again at this very moment: so it is put aside first, and back if it is new.
        """
        place, aside = self._place(key), self._unfinished / new_id().hex
        self._unfinished.mkdir(parents=True, exist_ok=True)
        try:
            if _is_new(place, seconds):
                return False
            place.replace(aside)
        except FileNotFoundError:
            return True
        if _is_new(aside, seconds):
            aside.replace(place)
            return False
        aside.unlink()
        _fsync_folder(place.parent)
        return True

    def keys(self, *, older_than: float) -> Iterator[str]:
        """Keys of the blobs written longer ago than so many seconds."""
        limit = time.time() - older_than
        for path in self._root.glob("??/??/*"):
            with suppress(FileNotFoundError):
                if _KEY.fullmatch(path.name) and path.stat().st_mtime < limit:
                    yield path.name

    def sweep(self, *, older_than: float) -> int:
        """Delete what was begun longer ago than so many seconds and never committed; gives how many."""
        limit, swept = time.time() - older_than, 0
        for path in self._unfinished.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    swept += 1
        return swept

    def free_bytes(self) -> int:
        """Room left on the disk."""
        self._root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._root).free

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):  # also keeps a key from leading out of the directory
            raise _missing()
        return self._root / key[:2] / key[2:4] / key


class FileWriter:
    """Writes one blob to a file of its own and moves it to its place when it is whole."""

    def __init__(self, unfinished: Path, place: Callable[[str], Path]) -> None:
        self.size = 0
        self._unfinished = unfinished
        self._place = place
        self._hash = hashlib.sha256()
        self._file = unfinished.open("xb")

    def __enter__(self) -> "FileWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """Take some more bytes."""
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def commit(self) -> Blob:
        """Keep the blob; from now on it survives a loss of power. The same content twice is one blob."""
        key = self.sha256
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        place = self._place(key)
        _make_folders(place.parent)
        self._unfinished.replace(place)
        _fsync_folder(place.parent)
        return Blob(key, self.size, key)

    def abort(self) -> None:
        """Let go of what was written, unless it was committed."""
        self._file.close()
        self._unfinished.unlink(missing_ok=True)


def _is_new(path: Path, seconds: float) -> bool:
    return time.time() - path.stat().st_mtime < seconds


def _make_folders(folder: Path) -> None:
    """Make the two folders above a blob and see to it that their names survive too."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _fsync_folder(folder.parent)
        _fsync_folder(folder.parent.parent)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _missing() -> NotFound:
    return NotFound("blob_not_found", "The file is not there, or no longer.")
