"""Copy-protected files are named as such, and files that are not protected are not."""

import struct
from pathlib import Path

import pytest

from nlp.audio.recording import open_recording
from nlp.errors import UnreadableAudio
from tests.nlp.sounds import encode, tone


def box(name: bytes, *content: bytes) -> bytes:
    inner = b"".join(content)
    return struct.pack(">I4s", len(inner) + 8, name) + inner


def film(entry: bytes, *, brand: bytes = b"M4A ", large: bool = False) -> bytes:
    """An MP4 without sound whose track says how it is coded."""
    described = box(b"stsd", struct.pack(">II", 0, 1), box(entry, bytes(28)))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", described))))
    sound = struct.pack(">I4sQ", 1, b"mdat", 16 + 500) + bytes(500) if large else box(b"mdat", bytes(500))
    return box(b"ftyp", brand, bytes(4)) + sound + box(b"moov", box(b"mvhd", bytes(100)), track)


def element(name: int, *content: bytes, unknown_size: bool = False) -> bytes:
    inner = b"".join(content)
    size = b"\x01" + b"\xff" * 7 if unknown_size else (len(inner) | 1 << 28).to_bytes(4, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + inner


def webm(*, unknown_size: bool) -> bytes:
    encryption = element(0x6D80, element(0x6240, element(0x5035, bytes(4))))
    track = element(0x1654AE6B, element(0xAE, element(0xD7, b"\x01"), encryption))
    return element(0x1A45DFA3, bytes(4)) + element(
        0x18538067, element(0xEC, bytes(9)), track, unknown_size=unknown_size
    )


WINDOWS_MEDIA = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(14)


@pytest.mark.parametrize(
    "content",
    [
        film(b"drms"),
        film(b"enca"),
        film(b"enca", large=True),
        film(b"mp4a", brand=b"aax "),
        film(b"mp4a", brand=b"aaxc"),
        webm(unknown_size=False),
        webm(unknown_size=True),
        WINDOWS_MEDIA + bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    ],
)
def test_protected_files_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.m4a"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio, match="protected_audio") as refused, open_recording(path):
        pass
    assert "copy protection" in refused.value.remedy


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (film(b"mp4a"), "unreadable_audio"),
        (WINDOWS_MEDIA, "unsupported_format"),
        (b"\0\0\0\x08free" * 20_000, "unreadable_audio"),
        (struct.pack(">I4s", 4, b"ftyp") + bytes(100), "unreadable_audio"),
        (b"\x1a\x45\xdf\xa3" + b"\xff" * 200, "unreadable_audio"),
    ],
)
def test_broken_files_are_not_called_protected(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.m4a"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio) as refused, open_recording(path):
        pass
    assert refused.value.code in {code, "unsupported_format", "no_sound_track", "bad_sample_rate"}


def test_an_open_file_stays_open(tmp_path: Path) -> None:
    for name, codec in (("a.m4a", "aac"), ("a.webm", "libopus")):
        with open_recording(encode(tmp_path / name, codec, tone(1.0, rate=48_000), rate=48_000)) as recording:
            assert recording.duration_ms > 900
