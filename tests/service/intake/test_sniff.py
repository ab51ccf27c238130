"""What the first bytes of recordings tell."""

import struct

import pytest

from service.errors import InvalidInput, ServiceError
from service.intake.sniff import RecordingInspector, check_channels, check_length, sniff
from tests.service.api.sent import wav


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (wav(), "audio/wav"),
        (b"RF64" + wav()[4:], "audio/wav"),
        (b"ID3\x04" + bytes(100), "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(100), "audio/mpeg"),
        (b"\xff\xf3\x40\xc4" + bytes(100), "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(100), "audio/aac"),
        (b"OggS" + bytes(100), "audio/ogg"),
        (b"\x1aE\xdf\xa3" + bytes(100), "audio/webm"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(100), "audio/mp4"),
        (b"#!AMR\n" + bytes(100), "audio/amr"),
        (b".snd" + bytes(100), "audio/basic"),
    ],
)
def test_kinds(head: bytes, media_type: str) -> None:
    assert sniff(head).media_type == media_type


def test_a_wav_tells_rate_and_channels_behind_other_chunks() -> None:
    found = sniff(wav(rate=16000, channels=2, before=b"LIST\x05\x00\x00\x00hello\x00"))
    assert (found.sample_rate, found.audio_channels, found.byte_rate) == (16000, 2, 64000)


def test_the_byte_rate_counts_only_where_frames_do_not() -> None:
    content = bytearray(wav(rate=8000, channels=1))
    struct.pack_into("<I", content, 28, 1)  # a careless recorder
    assert sniff(bytes(content)).byte_rate == 16000
    struct.pack_into("<H", content, 20, 0x31)  # GSM
    struct.pack_into("<I", content, 28, 1625)
    assert sniff(bytes(content)).byte_rate == 1625


def test_a_flac_tells_its_length() -> None:
    packed = (44100 << 44) | (1 << 41) | (15 << 36) | 441_000
    head = b"fLaC\x00\x00\x00\x22" + bytes(10) + packed.to_bytes(8, "big") + bytes(20)
    found = sniff(head)
    assert (found.sample_rate, found.audio_channels, found.seconds) == (44100, 2, 10.0)


@pytest.mark.parametrize(("size", "refused"), [(16_000 * 60, False), (16_000 * 61, True)])
def test_length(size: int, *, refused: bool) -> None:
    found = sniff(wav(rate=8000, channels=1))
    if not refused:
        check_length(found, size=size, longest=60)
        return
    with pytest.raises(InvalidInput) as raised:
        check_length(found, size=size, longest=60)
    assert raised.value.code == "audio_too_long"


@pytest.mark.parametrize(
    ("channels", "named", "code"),
    [
        (1, None, None),
        (2, {"0": "agent", "1": "customer"}, None),
        (3, None, "too_many_audio_channels"),
        (3, {"2": "agent"}, None),
        (2, {"2": "agent"}, "invalid_channel_map"),
    ],
)
def test_channels(channels: int, named: dict[str, str] | None, code: str | None) -> None:
    found = sniff(wav(channels=channels))
    if code is None:
        check_channels(found, named)
        return
    with pytest.raises(InvalidInput) as raised:
        check_channels(found, named)
    assert raised.value.code == code


@pytest.mark.parametrize("piece", [1, 3, 5000])
def test_pieces_of_any_size(piece: int) -> None:
    inspector, content = RecordingInspector(), wav(frames=3000)
    for start in range(0, len(content), piece):
        inspector.feed(content[start : start + piece])
    inspector.end()
    assert (inspector.recording.audio_channels, inspector.size) == (2, len(content))


def test_what_is_no_recording_is_refused_before_its_end() -> None:
    inspector = RecordingInspector()
    with pytest.raises(ServiceError) as raised:
        inspector.feed(b"text " * 1000)
    assert raised.value.code == "unsupported_audio"
