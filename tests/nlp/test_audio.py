"""Decoding: what is read, what is refused, and that a file reaches nothing but itself."""

import time
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.containers import demuxer_of
from nlp.audio.recording import Limits, open_recording
from nlp.errors import UnreadableAudio
from tests.nlp.sounds import encode, noise, tone, wav_header, write_wav


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableAudio) as refused, open_recording(path, limits=limits):
        pass
    assert refused.value.remedy
    return refused.value.code


def test_channels_stay_apart_and_become_16_khz(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0, rate=8000), np.zeros(8000), rate=8000)
    with open_recording(path) as recording:
        assert (recording.audio_channels, recording.source_rate) == (2, 8000)
        assert recording.duration_ms == 1000
        left, right = recording.samples(0), recording.samples(1)
    assert left.dtype == np.float32
    assert left.shape == (16_000,)
    assert np.sqrt(np.mean(left**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)
    assert np.abs(right).max() < 0.001


def test_windows_are_parts_of_the_whole(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", noise(3.0))
    with open_recording(path) as recording:
        whole = recording.samples(0)
        assert np.array_equal(recording.samples(0, start_ms=500, end_ms=1250), whole[8_000:20_000])
        assert len(recording.samples(0, start_ms=2900, end_ms=9000)) == 1600
        parts = [window[:, 0] for _, window in recording.windows(10_000)]
        assert np.array_equal(np.concatenate(parts) / np.float32(32768), whole)


def test_a_lower_rate_can_be_kept(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0, rate=7350), rate=7350)
    with open_recording(path, keep_lower_rate=True) as recording:
        assert (recording.rate, recording.frames) == (7350, 7350)
    with open_recording(path) as recording:
        assert (recording.rate, recording.frames) == (16_000, 16_000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"Dear Sir or Madam, this is no sound at all.\n", "unsupported_format"),
        (b"#EXTM3U\n#EXTINF:10,\nsecret.wav\n", "unsupported_format"),
        (b"ffconcat version 1.0\nfile secret.wav\n", "unsupported_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_format"),
        (wav_header(rate=16_000, data_bytes=0), "empty_file"),
        (wav_header(rate=1, data_bytes=2000) + bytes(2000), "bad_sample_rate"),
        (wav_header(rate=400_000, data_bytes=2000) + bytes(2000), "bad_sample_rate"),
        (wav_header(rate=16_000, channels=8, data_bytes=32_000) + bytes(32_000), "too_many_audio_channels"),
        (b"fLaC" + bytes(100), "unreadable_audio"),
        (b"OggS" + bytes(100), "unreadable_audio"),
        (b"\x1a\x45\xdf\xa3" + bytes(100), "unreadable_audio"),
        (b"\0\0\0\x18ftypM4A " + bytes(100), "unreadable_audio"),
        (b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb" + bytes(100), "unreadable_audio"),
    ],
)
def test_bad_files_are_refused_quickly_with_their_code(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    began = time.monotonic()
    assert code_of(path) == code
    assert time.monotonic() - began < 20


def test_a_playlist_inside_a_known_container_opens_nothing(tmp_path: Path) -> None:
    write_wav(tmp_path / "secret.wav", tone(2.0))
    path = tmp_path / "call.mp3"
    path.write_bytes(b"ID3\x04\0\0\0\0\0\0ffconcat version 1.0\nfile secret.wav\n")
    assert code_of(path) in {"unsupported_format", "unreadable_audio"}


def test_limits_hold_while_decoding(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.flac", "flac", tone(4.0), tone(4.0))
    assert code_of(path, Limits(seconds=2)) == "audio_too_long"
    assert code_of(path, Limits(decoded_bytes=100_000)) == "decoded_too_large"


def test_eight_channels_are_read_when_they_are_expected(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", *[tone(0.5, level=0.1 * n) for n in range(8)])
    with open_recording(path, limits=Limits(audio_channels=8)) as recording:
        assert recording.audio_channels == 8
        assert np.abs(recording.samples(7)).max() == pytest.approx(0.7, rel=0.02)


def test_the_demuxer_follows_the_bytes_not_the_name() -> None:
    assert demuxer_of(b"RIFF\0\0\0\0WAVEfmt ") == "wav"
    assert demuxer_of(b"\xff\xf1\x50\x80") == "aac"
    assert demuxer_of(b"\xff\xfb\x90\x64") == "mp3"
    assert demuxer_of(b"RIFF\0\0\0\0AVI LIST") is None
