"""What has been recognised so far, kept on disk, so that a killed worker's successor does not begin again."""

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from nlp.transcript import Word

FORMAT = 1
Finished = dict[int, tuple[tuple[Word, ...], ...]]


class Checkpoint:
    """An append-only file of finished windows: a line with a fingerprint, then a line per window.

    It holds what was said, not yet redacted: readable by its owner alone, and to be deleted with the task.
    Whatever cannot be read back (another recording, engine or version, a torn line) is recognised again.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is read or written before ``begin``."""
        self._path = path
        self._file: int | None = None

    def begin(self, fingerprint: str) -> Finished:
        """The windows that an earlier attempt with this fingerprint finished, by number; opens the file.

        While another process holds the file, its windows are taken but none is added. Raises OSError.
        """
        self.close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            finished, whole = read_back(self._path.read_bytes(), fingerprint)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return finished
            os.ftruncate(file, whole)
            if whole == 0:
                write_all(file, line({"format": FORMAT, "fingerprint": fingerprint}))
            self._file, file = file, -1
        finally:
            if file >= 0:
                os.close(file)
        return finished

    def add(self, windows: Mapping[int, Sequence[Sequence[Word]]]) -> None:
        """Keep finished windows: the words of each piece. On disk when this returns; raises OSError."""
        if self._file is None or not windows:
            return
        lines = b"".join(
            line({"window": number, "pieces": [[written(word) for word in piece] for piece in pieces]})
            for number, pieces in windows.items()
        )
        write_all(self._file, lines)
        os.fsync(self._file)

    def close(self) -> None:
        """Let go of the file; it stays for the next attempt."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def delete(self) -> None:
        """Remove the file, if there is one."""
        self.close()
        self._path.unlink(missing_ok=True)


def read_back(content: bytes, fingerprint: str) -> tuple[Finished, int]:
    """Finished windows, and how many bytes of the content are whole and belong to this fingerprint."""
    finished: Finished = {}
    whole = 0
    for number, text in enumerate(content.splitlines(keepends=True)):
        try:
            if not text.endswith(b"\n"):
                break
            entry = json.loads(text)
            if number == 0:
                if entry != {"format": FORMAT, "fingerprint": fingerprint}:
                    return {}, 0
            else:
                finished[int(entry["window"])] = tuple(
                    tuple(read_word(*word) for word in piece) for piece in entry["pieces"]
                )
        except (ValueError, TypeError, KeyError):
            break
        whole += len(text)
    return finished, whole


def read_word(start_ms: int, end_ms: int, text: str, confidence: float | None) -> Word:
    """A word as ``written`` wrote it."""
    return Word(int(start_ms), int(end_ms), str(text), None if confidence is None else float(confidence))


def written(word: Word) -> list[object]:
    """A word as a JSON array."""
    return [word.start_ms, word.end_ms, word.text, word.confidence]


def line(entry: Mapping[str, object]) -> bytes:
    """One line of the file."""
    return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def write_all(file: int, content: bytes) -> None:
    """Write all of it, however often the system takes only a part."""
    while content:
        content = content[os.write(file, content) :]


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
