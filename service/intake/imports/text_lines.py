"""The lines of a file as text: its encoding told by its bytes, read in flat memory."""

import codecs
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, cast

from service.intake.imports.rows import MOST_BYTES

_SAMPLE = 1024**2
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BROKEN = re.compile("[\udc80-\udcff\ufffd]")
_HEBREW_RUN = re.compile(rb"[\xe0-\xfa]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_HUNGARIAN = re.compile(rb"[a-zA-Z\xe1\xe9\xed\xf3\xfa\xf6\xfc][\xf5\xfb]|[\xd5\xdb][a-z]")
_POLISH_CZECH = re.compile(rb"[a-z][\xb3\xb9\x9c\x9f\x9a\x9e\xf8\xec]|[\x8a\x8c\x8e\x8f][a-z]")


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a file by its mark or its bytes; the file is read from its beginning again after."""
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\x00" or head[:1] == b"\x00":
        return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
    legacy = _first_legacy(file)
    file.seek(0)
    return "utf-8" if legacy is None else _code_page(legacy)


def _first_legacy(file: BinaryIO) -> bytes | None:
    """A piece of the file that is more legacy bytes than UTF-8; None where all of it is UTF-8, or nearly."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    broken = whole = 0
    sample: bytes | None = None
    while piece := file.read(_SAMPLE):
        if piece.isascii():
            continue
        text = decoder.decode(piece)
        bad = len(_BROKEN.findall(text))
        broken += bad
        whole += sum(1 for sign in text if sign > "\x7f") - bad
        sample = sample or (piece if bad else None)
    return sample if broken * 9 > whole else None


def _code_page(sample: bytes) -> str:
    """Hebrew letters come in runs, Central European ones between Latin letters; else Western Europe."""
    high = len(_HIGH.findall(sample))
    if sum(len(run) for run in _HEBREW_RUN.findall(sample)) > 0.6 * high:
        return "cp1255"
    central = len(_HUNGARIAN.findall(sample)) + len(_POLISH_CZECH.findall(sample))
    return "cp1250" if central * 20 > high else "cp1252"


class _Borrowed(io.BufferedIOBase):
    """A file that is read here and closed by whoever opened it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._file.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._file.read(size if size >= 0 else io.DEFAULT_BUFFER_SIZE)


class Lines:
    """Lines with their numbers, counted from 1; a line can be given back."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        errors = "replace" if "16" in encoding else "surrogateescape"
        self._text = io.TextIOWrapper(
            cast(BinaryIO, _Borrowed(file)), encoding=encoding, errors=errors, newline=""
        )
        self._number = 0
        self._back: deque[tuple[int, str]] = deque()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while (line := self.take()) is not None:
            yield line

    def take(self) -> tuple[int, str] | None:
        """The next line with its number; None at the end. A line over the limit comes cut, marked by NUL."""
        if self._back:
            return self._back.popleft()
        line = self._text.readline(MOST_BYTES + 2)
        if not line:
            return None
        self._number += 1
        if len(line) > MOST_BYTES:
            self._drop_rest(line)
            line = "\x00"
        return self._number, line

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        """These come next again, in this order."""
        self._back.extendleft(reversed(lines))

    def skip_to(self, number: int) -> None:
        """Go past the lines up to and with this one."""
        while self._number < number and self.take() is not None:
            pass

    def _drop_rest(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(MOST_BYTES)


def too_long(line: str) -> bool:
    """Whether a line was over the limit."""
    return line == "\x00"


def is_broken(text: str) -> bool:
    """Whether a text has signs that its encoding does not know."""
    return _BROKEN.search(text) is not None
