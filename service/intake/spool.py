"""Takes a body as it comes: hashed and judged while it flows to the blob store, in flat memory."""

from collections.abc import AsyncIterator
from types import TracebackType
from typing import Protocol, Self

import anyio
import anyio.to_thread

from service.errors import TooBusy, TooLarge
from service.store.blobs import Blob, Blobs, BlobWriter

BATCH_BYTES = 1024 * 1024  # what is kept in memory of one body
_LOOK_AT_DISK_EVERY = 64 * BATCH_BYTES


class Inspector(Protocol):
    """Looks at a body as it passes; raises a ServiceError where it must not go further."""

    def feed(self, piece: bytes) -> None:
        """The next bytes."""

    def end(self) -> None:
        """There are no more."""


class Spool:
    """One body on its way; leaving the ``with`` block without ``commit`` forgets it.

    ``write``, ``end`` and ``commit`` block and belong in a worker thread.
    """

    def __init__(self, blobs: Blobs, inspector: Inspector, *, min_free_bytes: int) -> None:
        self._blobs = blobs
        self._inspector = inspector
        self._min_free_bytes = min_free_bytes
        self._writer: BlobWriter | None = None
        self._next_look = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.abort()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._writer.size if self._writer else 0

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._open().sha256

    def write(self, piece: bytes) -> None:
        """Judge, hash and store the next bytes. Raises what the inspector raises, TooBusy(storage_full)."""
        self._inspector.feed(piece)
        if self.size >= self._next_look:
            check_room(self._blobs, min_free_bytes=self._min_free_bytes, wanted=len(piece))
            self._next_look = self.size + _LOOK_AT_DISK_EVERY
        self._open().write(piece)

    def end(self) -> None:
        """Everything was written; the inspector has the last word."""
        self._inspector.end()

    def commit(self) -> Blob:
        """Keep it for good."""
        return self._open().commit()

    def keep(self, content: bytes) -> Blob:
        """Keep a second content that came along, for good."""
        with self._blobs.begin() as writer:
            writer.write(content)
            return writer.commit()

    def _open(self) -> BlobWriter:
        if self._writer is None:
            self._writer = self._blobs.begin()
        return self._writer


async def fill(
    spool: Spool, pieces: AsyncIterator[bytes], *, limit: int, threads: anyio.CapacityLimiter | None = None
) -> bytes:
    """Write a body to ``spool`` from the event loop; gives its last bytes, which are still to be written.

    A small body is then written, committed and entered in one go by one worker thread.
    Raises TooLarge as soon as ``limit`` bytes are passed, and what ``Spool.write`` raises.
    """
    batch: list[bytes] = []
    waiting = size = 0
    async for piece in pieces:
        waiting += len(piece)
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        batch.append(piece)
        if waiting >= BATCH_BYTES:
            await anyio.to_thread.run_sync(spool.write, b"".join(batch), limiter=threads)
            batch, waiting = [], 0
    return b"".join(batch)


def check_room(blobs: Blobs, *, min_free_bytes: int, wanted: int) -> None:
    """Raise TooBusy(storage_full) where ``wanted`` more bytes would leave too little room."""
    if blobs.free_bytes() - wanted < min_free_bytes:
        raise TooBusy(
            "storage_full",
            "There is too little disk space left to take anything more.",
            "Send it again later; the administrator must make room.",
            headers={"Retry-After": "60"},
        )


def too_large(limit: int) -> TooLarge:
    """The refusal of a body over ``limit`` bytes."""
    return TooLarge(
        "too_large",
        f"The body is larger than {limit / 1024**2:.0f} MiB, the most that is taken here.",
        "Send less, or have the administrator raise OVERTONE_MAX_RECORDING_BYTES or _MAX_MESSAGE_BYTES.",
    )
