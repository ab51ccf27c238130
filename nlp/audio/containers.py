"""Names the demuxer of a recording by its first bytes: a short allow-list, never a guess by file name."""

import struct
from dataclasses import dataclass

from nlp.errors import UnreadableAudio

HEAD_BYTES = 64 * 1024
MIN_SAMPLE_RATE = 4_000
MAX_SAMPLE_RATE = 192_000
STREAMED_WAV_SIZE = 0x7FFF_0000  # writers that cannot seek back leave a size of about 2 or 4 GiB

FORMATS = "wav, mp3, ogg, opus, flac, m4a, mp4, mov, mka, webm, amr, aac, au"
REMEDY_FORMAT = f"Send a recording as one of: {FORMATS}."
REMEDY_RATE = "Export the recording again with a usual sample rate such as 8000, 16000 or 44100 Hz."


@dataclass(frozen=True, slots=True)
class Container:
    """What the first bytes say; None where they do not say it."""

    demuxer: str
    sample_rate: int | None = None
    audio_channels: int | None = None
    declared_seconds: float | None = None


def sniff(head: bytes) -> Container:
    """Choose the demuxer from up to ``HEAD_BYTES`` of the file.

    Raises UnreadableAudio: empty_file, unsupported_format, bad_sample_rate.
    """
    if not head:
        raise UnreadableAudio(
            "empty_file", "The file is empty.", "Check that the recording was fully copied."
        )
    demuxer = demuxer_of(head)
    if demuxer is None:
        raise UnreadableAudio(
            "unsupported_format", "The file is no recording in a known format.", REMEDY_FORMAT
        )
    container = read_wav_header(head) if demuxer == "wav" else Container(demuxer)
    if container.sample_rate is not None:
        check_sample_rate(container.sample_rate)
    return container


def check_sample_rate(rate: int) -> None:
    """Raise UnreadableAudio("bad_sample_rate") unless the rate in Hz is one that carries speech."""
    if not MIN_SAMPLE_RATE <= rate <= MAX_SAMPLE_RATE:
        detail = f"The sample rate is {rate} Hz; {MIN_SAMPLE_RATE} to {MAX_SAMPLE_RATE} Hz are read."
        raise UnreadableAudio("bad_sample_rate", detail, REMEDY_RATE)


def demuxer_of(head: bytes) -> str | None:
    """FFmpeg's name of the container that starts so, or None."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        return "mov"
    for magic, demuxer in _MAGIC.items():
        if head.startswith(magic):
            return demuxer
    return _demuxer_of_frames(_after_id3(head))


_MAGIC = {
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"\x1a\x45\xdf\xa3": "matroska",
    b"#!AMR": "amr",
    b".snd": "au",
}


def _after_id3(head: bytes) -> bytes:
    """Skip an ID3v2 tag; its length is four bytes of seven bits."""
    if not head.startswith(b"ID3") or len(head) < 10:
        return head
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    rest = head[10 + length :]
    return rest or b"\xff\xfb"  # a picture larger than the head hides the frames: tags are an mp3 habit


def _demuxer_of_frames(frames: bytes) -> str | None:
    """Bare MPEG frames: eleven sync bits, then the layer tells mp3 from AAC in ADTS."""
    frames = frames.lstrip(b"\0")
    if frames.startswith(b"fLaC"):
        return "flac"
    if len(frames) < 2 or frames[0] != 0xFF or frames[1] & 0xE0 != 0xE0:
        return None
    layer = frames[1] >> 1 & 3
    if layer == 0:
        return "aac" if frames[1] & 0xF0 == 0xF0 else None
    return "mp3"


def read_wav_header(head: bytes) -> Container:
    """Rate, channels and declared length of a WAV file, as far as the head holds them."""
    rate = channels = byte_rate = None
    seconds = None
    at = 12
    while at + 8 <= len(head):
        name, size = head[at : at + 4], struct.unpack_from("<I", head, at + 4)[0]
        if name == b"fmt " and at + 24 <= len(head):
            _, channels, rate, byte_rate = struct.unpack_from("<HHII", head, at + 8)
        if name == b"data":
            if byte_rate and size < STREAMED_WAV_SIZE:
                seconds = size / byte_rate
            break
        at += 8 + size + size % 2
    return Container("wav", rate, channels, seconds)
