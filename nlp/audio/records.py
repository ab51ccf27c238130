"""What the decoding child says to its parent: records of one letter, the payload's length, the payload.

H header, P samples as 16-bit PCM with the channels interleaved, G gap, N notice, E error, Z the end.
"""

import json
import struct
from typing import BinaryIO

CHUNK_BYTES = 256 * 1024


class Refused(Exception):
    """The recording is not decoded: code and sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Records:
    """Writes records; gathers samples into chunks, so that a pipe write is worth its cost."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._samples = bytearray()

    def say(self, letter: bytes, **values: object) -> None:
        self.flush()
        self._write(letter, json.dumps(values).encode())

    def samples(self, pcm: bytes) -> None:
        self._samples += pcm
        if len(self._samples) >= CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        if self._samples:
            self._write(b"P", bytes(self._samples))
            self._samples.clear()

    def _write(self, letter: bytes, payload: bytes) -> None:
        self._target.write(struct.pack("<cI", letter, len(payload)) + payload)
        self._target.flush()
