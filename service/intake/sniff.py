"""What kind of recording the first bytes show, and what is cheap to refuse at once."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from service.errors import InvalidInput, UnsupportedMedia

HEAD_BYTES = 4096  # enough for the format chunk of every container that is judged here

_KINDS = "WAV, MP3, FLAC, Ogg (Opus, Vorbis), M4A/MP4, WebM/Matroska, AMR, AAC, AU or AIFF"
_MIN_RATE, _MAX_RATE = 4_000, 192_000
_MAX_CHANNELS = 8
_UNKNOWN_SIZE = 0xFFFFFFFF
_PCM = (1, 3, 6, 7, 0xFFFE)  # for these the frame's size is what counts; the byte rate may be wrong


@dataclass(frozen=True, slots=True)
class Recording:
    """What the head tells; None where it does not. ``byte_rate`` is bytes of audio per second."""

    media_type: str
    sample_rate: int | None = None
    audio_channels: int | None = None
    byte_rate: int | None = None
    seconds: float | None = None


class RecordingInspector:
    """Judges a recording by its head as soon as that has come; ``recording`` is what it tells."""

    def __init__(self) -> None:
        self.size = 0
        self._head = bytearray()
        self._found: Recording | None = None

    @property
    def recording(self) -> Recording:
        """What the head tells, once it has come."""
        if self._found is None:
            raise RuntimeError("the recording has not come yet")
        return self._found

    def feed(self, piece: bytes) -> None:
        """The next bytes. Raises as ``sniff`` does."""
        self.size += len(piece)
        if self._found is None:
            self._head += piece[: HEAD_BYTES - len(self._head)]
            if len(self._head) >= HEAD_BYTES:
                self._found = sniff(bytes(self._head))

    def end(self) -> None:
        """There are no more bytes."""
        if self._found is None:
            self._found = sniff(bytes(self._head))


def sniff(head: bytes) -> Recording:
    """Judge the first ``HEAD_BYTES`` bytes.

    Raises InvalidInput(empty_file), UnsupportedMedia(unsupported_audio), InvalidInput(bad_sample_rate,
    too_many_audio_channels, unreadable_audio).
    """
    if not head:
        raise InvalidInput("empty_file", "The file is empty.", "Send the recording's bytes as the body.")
    recording = _container(head)
    if recording is None:
        raise UnsupportedMedia(
            "unsupported_audio",
            "The content is not a recording of a kind that is taken, whatever its name says.",
            f"Send {_KINDS}.",
        )
    _check_format(recording)
    return recording


def check_channels(recording: Recording, channel_map: Mapping[str, str] | None) -> None:
    """More than two audio channels need to be told who is on them."""
    channels = recording.audio_channels
    if channels is None:
        return
    if channels > 2 and not channel_map:
        raise InvalidInput(
            "too_many_audio_channels",
            f"The recording has {channels} audio channels and nothing says who is on them.",
            "Send a channel_map, or one or two audio channels.",
        )
    beyond = [key for key in channel_map or {} if int(key) >= channels]
    if beyond:
        raise InvalidInput(
            "invalid_channel_map",
            f"The channel map names audio channel {beyond[0]}; the recording has {channels}.",
            "Count audio channels from 0.",
        )


def check_length(recording: Recording, *, size: int, longest: int) -> None:
    """Refuse a recording whose head and ``size`` in bytes say that it lasts more than ``longest`` seconds."""
    seconds = recording.seconds
    if seconds is None and recording.byte_rate:
        seconds = size / recording.byte_rate
    if seconds is not None and seconds > longest:
        raise InvalidInput(
            "audio_too_long",
            f"The recording lasts {seconds / 3600:.1f} hours; up to {longest / 3600:.1f} are taken.",
            "Cut it, or have the administrator raise OVERTONE_MAX_AUDIO_SECONDS.",
        )


def _container(head: bytes) -> Recording | None:
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _wav(head)
    if head[:4] == b"fLaC":
        return _flac(head)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        return Recording("audio/mp4")
    if head[:3] == b"ID3":
        return Recording("audio/mpeg")
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return Recording("audio/aiff")
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return Recording(media_type)
    return _frames(head)


_MAGIC = (
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"#!AMR", "audio/amr"),
    (b".snd", "audio/basic"),
)


def _frames(head: bytes) -> Recording | None:
    """Bare MPEG audio: a frame's sync word with no reserved value in it."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if layer == 0:
        return Recording("audio/aac") if head[1] & 0xF6 == 0xF0 else None
    bit_rate, rate = head[2] >> 4, head[2] >> 2 & 3
    return None if version == 1 or bit_rate == 15 or rate == 3 else Recording("audio/mpeg")


def _wav(head: bytes) -> Recording:
    """The ``fmt`` chunk, wherever in the head it stands."""
    position = 12
    while position + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, position)
        if name == b"fmt " and size >= 16 and position + 24 <= len(head):
            form, channels, rate, byte_rate, frame = struct.unpack_from("<HHIIH", head, position + 8)
            return Recording("audio/wav", rate, channels, rate * frame if form in _PCM else byte_rate)
        if name == b"data" or size == _UNKNOWN_SIZE:
            break
        position += 8 + size + size % 2
    if position + 8 > len(head) >= HEAD_BYTES:
        return Recording("audio/wav")  # a long chunk before it: the decoder will see
    raise InvalidInput(
        "unreadable_audio", "The WAV file has no format chunk before its data.", "Export the recording again."
    )


def _flac(head: bytes) -> Recording:
    """STREAMINFO, which is always the first block."""
    if len(head) < 42:
        raise InvalidInput("unreadable_audio", "The FLAC file ends in its head.", "Send it again, whole.")
    packed = int.from_bytes(head[18:26], "big")
    rate, channels, samples = packed >> 44, (packed >> 41 & 7) + 1, packed & (1 << 36) - 1
    seconds = samples / rate if rate and samples else None
    return Recording("audio/flac", rate, channels, None, seconds)


def _check_format(recording: Recording) -> None:
    rate, channels = recording.sample_rate, recording.audio_channels
    if rate is not None and not _MIN_RATE <= rate <= _MAX_RATE:
        raise InvalidInput(
            "bad_sample_rate",
            f"The head says {rate} samples a second; {_MIN_RATE} to {_MAX_RATE} are taken.",
            "Export the recording again: its head is wrong.",
        )
    if channels is not None and not 1 <= channels <= _MAX_CHANNELS:
        raise InvalidInput(
            "too_many_audio_channels",
            f"The head says {channels} audio channels; 1 to {_MAX_CHANNELS} are taken.",
            "Send one or two audio channels.",
        )
