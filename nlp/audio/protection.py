"""Finds copy protection by what a container says of itself: encrypted sound decodes to noise or nothing."""

import struct
from collections.abc import Iterator
from typing import IO

from nlp.audio.refusals import refusal

MAX_ELEMENTS = 10_000
AUDIBLE = {b"aax ", b"aaxc"}
PROTECTED_ENTRIES = {b"drms", b"enca", b"aavd"}  # FairPlay, ISO/IEC 23001-7, Audible
ENTRY_PATH = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
ASF_PROTECTION = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),  # Content Encryption
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),  # Extended Content Encryption
    bytes.fromhex("338505438169e6499b74ad12cb86d58c"),  # Advanced Content Encryption
)
# Segment, Tracks, TrackEntry, ContentEncodings, ContentEncoding, ContentEncryption: RFC 9559.
ENCRYPTION_PATH = (0x18538067, 0x1654AE6B, 0xAE, 0x6D80, 0x6240, 0x5035)

Span = tuple[int, int]


def refuse_protected(source: IO[bytes], head: bytes) -> None:
    """Raise UnreadableAudio("protected_audio") where the open file says that its sound is encrypted."""
    end = source.seek(0, 2)
    if head[4:8] == b"ftyp" and head[8:12] in AUDIBLE:
        found = True
    elif head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        found = any(entry in PROTECTED_ENTRIES for entry in _sample_entries(source, (0, end)))
    elif head.startswith(b"\x1a\x45\xdf\xa3"):
        found = any(_matroska(source, (0, end), ENCRYPTION_PATH))
    else:
        found = head.startswith(ASF) and any(guid in head for guid in ASF_PROTECTION)
    if found:
        raise refusal("protected_audio", "The recording is copy-protected: its sound is encrypted.")


def _sample_entries(source: IO[bytes], span: Span) -> Iterator[bytes]:
    """The four letters of every sample entry of an ISO base media file (ISO/IEC 14496-12)."""
    for start, end in _boxes(source, span, ENTRY_PATH):
        source.seek(start + 8)
        for _, name, _ in _children(source, (start + 8, end)):
            yield name


def _boxes(source: IO[bytes], span: Span, path: tuple[bytes, ...]) -> Iterator[Span]:
    """Where the contents of the boxes at the end of a path lie."""
    for start, name, end in _children(source, span):
        if name != path[0]:
            continue
        if len(path) == 1:
            yield start, end
        else:
            yield from _boxes(source, (start, end), path[1:])


def _children(source: IO[bytes], span: Span) -> Iterator[tuple[int, bytes, int]]:
    """The boxes between two offsets: where the content begins, the name, where it ends."""
    at, end = span
    for _ in range(MAX_ELEMENTS):
        if at + 8 > end:
            return
        source.seek(at)
        head = source.read(16)
        if len(head) < 8:
            return
        size, name = struct.unpack_from(">I4s", head)
        begin = 8
        if size == 1 and len(head) == 16:
            size, begin = struct.unpack_from(">Q", head, 8)[0], 16
        elif size == 0:
            size = end - at
        if size < begin:
            return
        yield at + begin, name, min(at + size, end)
        at += size


def _matroska(source: IO[bytes], span: Span, path: tuple[int, ...]) -> Iterator[bool]:
    """True for every element at the end of a path of EBML elements (RFC 8794)."""
    at, end = span
    for _ in range(MAX_ELEMENTS):
        if at >= end:
            return
        source.seek(at)
        head = source.read(12)
        name_length = _length(head[:1], 4)
        size_length = _length(head[name_length : name_length + 1], 8)
        start = at + name_length + size_length
        if not name_length or not size_length or len(head) < name_length + size_length:
            return
        size = int.from_bytes(head[name_length : name_length + size_length], "big")
        size &= (1 << 7 * size_length) - 1
        unknown = size == (1 << 7 * size_length) - 1  # as live writers leave it
        after = end if unknown else min(start + size, end)
        if int.from_bytes(head[:name_length], "big") == path[0]:
            if len(path) == 1:
                yield True
            else:
                yield from _matroska(source, (start, after), path[1:])
        at = after


def _length(first: bytes, most: int) -> int:
    """The length of an EBML number from its first byte: one more than the zero bits before the first one."""
    length = 9 - first[0].bit_length() if first and first[0] else 0
    return length if length <= most else 0
