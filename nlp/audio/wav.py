"""Reads the header of a WAV file (RIFF, RF64), and believes the file's size more than the header."""

import struct
from dataclasses import dataclass
from typing import IO

from nlp.audio.refusals import refusal
from nlp.audio.sample_formats import OF_WAV, SampleFormat
from nlp.transcript import Notice

EXTENSIBLE = 0xFFFE
MAX_CHUNKS = 200
MAX_FORMAT_BYTES = 1024
STREAMED_SIZE = 0x7FFF_0000  # writers that cannot seek back leave 0, or a size of about 2 or 4 GiB
PLAUSIBLE_ERROR = 0.03, 0.5  # share and seconds by which a header may be wrong before it is worth a word
# What ends the sixteen bytes that name a format in WAVE_FORMAT_EXTENSIBLE; the tag stands before it.
PLAIN_SUBFORMAT = bytes.fromhex("000000001000800000aa00389b71")


@dataclass(frozen=True, slots=True)
class WavHeader:
    """What a WAV file is: its format and where its sound lies.

    ``declared_bytes`` is what the header says of the sound's size (None: it does not know), ``bytes`` what
    the file holds of it.
    """

    tag: int
    bits: int
    rate: int
    audio_channels: int
    byte_rate: int
    frame_bytes: int
    offset: int
    declared_bytes: int | None
    bytes: int

    @property
    def seconds(self) -> float:
        """How much sound the file holds; for compressed sound as far as the header's byte rate is true."""
        return self.bytes / self.byte_rate if self.byte_rate else 0.0

    @property
    def wrong_length(self) -> bool:
        """Whether a reader that believes the header would read too little or too much."""
        return self.declared_bytes is None or self.declared_bytes < self.bytes

    @property
    def sample_format(self) -> SampleFormat | None:
        """How the samples lie if they are not compressed and the header does not contradict itself."""
        form = OF_WAV.get((self.tag, self.bits))
        return form if form and self.frame_bytes == form.width * self.audio_channels else None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the reader must know about the length that the header declares."""
        if self.declared_bytes is None or not self.byte_rate:
            return ()
        declared, held = self.declared_bytes / self.byte_rate, self.seconds
        if not plausible(held, declared):
            detail = f"The recording breaks off: {held:.1f} of {declared:.1f} s could be decoded."
            return (Notice("truncated_audio", detail),)
        if not plausible(declared, held):
            detail = f"The header declares {declared:.1f} s, the file holds {held:.1f} s: all of it is read."
            return (Notice("wrong_length", detail),)
        return ()


def plausible(seconds: float, declared: float) -> bool:
    """Whether ``seconds`` reach what was declared, within what writers get wrong."""
    share, allowed = PLAUSIBLE_ERROR
    return seconds >= declared * (1 - share) - allowed


def read_wav_header(source: IO[bytes]) -> WavHeader | None:
    """The header of an open WAV file; None where it has none that makes sense.

    Raises UnreadableAudio("empty_file") where no sound follows the header.
    """
    file_bytes = source.seek(0, 2)
    source.seek(0)
    start = source.read(12)
    if start[8:12] != b"WAVE":
        return None
    long_size, form = None, b""
    for _ in range(MAX_CHUNKS):
        at = source.tell()
        name, size = _chunk(source)
        if name == b"ds64":
            long_size = struct.unpack("<Q", source.read(16)[8:16].ljust(8, b"\0"))[0]
        elif name == b"fmt ":
            form = source.read(min(size, MAX_FORMAT_BYTES))
        elif name == b"data":
            declared = long_size if size == 0xFFFF_FFFF and long_size else size
            return _header(form, source, declared, file_bytes)
        elif not name:
            break
        source.seek(at + 8 + size + size % 2)
    if not form:
        return None
    raise refusal("empty_file", "The file has a header but holds no sound.")


def _chunk(source: IO[bytes]) -> tuple[bytes, int]:
    head = source.read(8)
    return (head[:4], struct.unpack("<I", head[4:])[0]) if len(head) == 8 else (b"", 0)


def _header(form: bytes, source: IO[bytes], size: int, file_bytes: int) -> WavHeader | None:
    if len(form) < 16:
        return None
    tag, channels, rate, byte_rate, frame_bytes, bits = struct.unpack_from("<HHIIHH", form)
    if tag == EXTENSIBLE and len(form) >= 40 and form[26:40] == PLAIN_SUBFORMAT:
        tag = struct.unpack_from("<H", form, 24)[0]
    plain = OF_WAV.get((tag, bits))
    if plain is not None:
        byte_rate = rate * plain.width * channels  # some writers leave nonsense in its place
    byte_rate = byte_rate or rate * channels * bits // 8  # what is compressed has fewer bits to a sample
    offset = source.tell()
    rest = file_bytes - offset
    declared = None if size >= STREAMED_SIZE and size > rest else size
    if size == 0 and not _chunks_until_end(source, offset, file_bytes):
        declared = None
    held = rest if declared is None else min(declared, rest)
    too_short = byte_rate > 0 and not plausible(held / byte_rate, rest / byte_rate)
    if too_short and not _chunks_until_end(source, offset + held + held % 2, file_bytes):
        held = rest
    if held == 0:
        raise refusal("empty_file", "The file has a header but holds no sound.")
    return WavHeader(tag, bits, rate, channels, byte_rate, frame_bytes, offset, declared, held)


def _chunks_until_end(source: IO[bytes], at: int, file_bytes: int) -> bool:
    """Whether what follows is the rest of a WAV file, chunk by chunk, and not sound."""
    for _ in range(MAX_CHUNKS):
        if at + 8 > file_bytes:
            return True
        source.seek(at)
        name, size = _chunk(source)
        if not name.isascii() or not name.decode("ascii").isprintable():
            return False
        at += 8 + size + size % 2
        if at > file_bytes + 1:
            return False
    return False
