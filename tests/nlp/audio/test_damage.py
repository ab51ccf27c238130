"""Damaged files: what can be heard is heard, at its own time, and what is missing is marked."""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import Limits, Recording, open_recording
from nlp.errors import UnreadableAudio
from nlp.sound import measured
from tests.nlp.sounds import encode, noise, seconds_heard, staircase, tone, wav_header, write_wav

pytestmark = pytest.mark.slow

SECONDS = 20
COUNT = list(range(SECONDS))


def codes(recording: Recording) -> list[str]:
    return [notice.code for notice in recording.notices]


def with_damage(path: Path, kind: str) -> Path:
    """Fifteen hundredths of the file, from its fortieth on, are destroyed."""
    content = bytearray(path.read_bytes())
    begin, end = len(content) * 40 // 100, len(content) * 55 // 100
    if kind == "cut out":
        del content[begin:end]
    else:
        content[begin:end] = (
            bytes(end - begin) if kind == "zeros" else np.random.default_rng(0).bytes(end - begin)
        )
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", ["zeros", "noise", "cut out"])
@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp3", "libmp3lame", 8_000),
        ("a.flac", "flac", 8_000),
        ("a.opus", "libopus", 48_000),
        ("a.ogg", "vorbis", 16_000),
        ("a.webm", "libopus", 48_000),
        ("a.m4a", "aac", 16_000),
    ],
)
def test_after_a_corrupt_middle_times_are_still_true(
    tmp_path: Path, name: str, codec: str, rate: int, kind: str
) -> None:
    if kind == "cut out" and name in ("a.mp3", "a.m4a"):
        pytest.skip("an MP3 does not say what time it is; an M4A finds nothing when bytes are missing")
    sound = staircase(SECONDS, rate=rate)
    path = with_damage(encode(tmp_path / name, codec, sound, sound, rate=rate), kind)
    with open_recording(path) as recording:
        heard = seconds_heard(recording.samples(0))
        assert heard[:4] == COUNT[:4]
        assert heard[-4:] == COUNT[-4:]
        assert all(second in (None, place) for place, second in enumerate(heard))
        silent = [place for place, second in enumerate(heard) if second is None]
        assert 1 <= len(silent) <= 8
        (gap,) = recording.gaps
        assert gap.start_ms / 1000 - 1 <= silent[0] <= silent[-1] <= gap.end_ms / 1000
        assert "damaged_audio" in codes(recording)


def test_a_single_broken_packet_costs_only_itself(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.flac", "flac", staircase(SECONDS, rate=8000), rate=8000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4] = b"oops"
    path.write_bytes(content)
    with open_recording(path) as recording:
        assert seconds_heard(recording.samples(0)) == COUNT
        (gap,) = recording.gaps
        assert 1 < gap.end_ms - gap.start_ms < 300
        assert measured(recording, {}).gaps == (gap,)


def test_silence_put_in_for_damage_is_digital_silence(tmp_path: Path) -> None:
    path = with_damage(encode(tmp_path / "a.flac", "flac", noise(SECONDS, rate=8000), rate=8000), "zeros")
    with open_recording(path) as recording:
        (gap,) = recording.gaps
        inside = recording.samples(0, start_ms=gap.start_ms + 20, end_ms=gap.end_ms - 20)
        assert np.abs(inside).max() == 0


def test_damage_at_the_very_start_shifts_nothing(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.flac", "flac", staircase(SECONDS, rate=8000), rate=8000)
    content = bytearray(path.read_bytes())
    begin = content.index(b"\xff\xf8", 100)  # the first frame
    content[begin : begin + 9_000] = bytes(9_000)
    path.write_bytes(content)
    with open_recording(path) as recording:
        heard = seconds_heard(recording.samples(0))
        assert heard[-5:] == COUNT[-5:]
        assert len(heard) == SECONDS


@pytest.mark.parametrize(("name", "codec"), [("a.mp3", "libmp3lame"), ("a.ogg", "flac")])
@pytest.mark.parametrize("rates", [(8_000, 16_000), (16_000, 8_000), (16_000, 44_100)])
@pytest.mark.parametrize("stereo_first", [True, False])
def test_rate_and_channels_may_change_midway(
    tmp_path: Path,
    name: str,
    codec: str,
    rates: tuple[int, int],
    stereo_first: bool,  # noqa: FBT001
) -> None:
    if name == "a.ogg" and (stereo_first or rates != (16_000, 8_000)):
        pytest.skip("FFmpeg reads chained Ogg only with as many channels and no higher rate")
    first, then = staircase(4, rate=rates[0]), staircase(8, rate=rates[1])[4 * rates[1] :]
    both = (first, first) if stereo_first else (first,)
    begin = encode(tmp_path / f"first-{name}", codec, *both, rate=rates[0])
    end = encode(tmp_path / f"second-{name}", codec, then, rate=rates[1])
    path = tmp_path / name
    path.write_bytes(begin.read_bytes() + end.read_bytes())
    with open_recording(path) as recording:
        assert recording.audio_channels == (2 if stereo_first else 1)
        assert recording.duration_ms == pytest.approx(8000, abs=500)  # an MP3 begins with a little silence
        assert seconds_heard(recording.samples(0))[:8] == COUNT[:8]


def test_a_second_half_that_cannot_be_decoded_is_a_gap(tmp_path: Path) -> None:
    begin = encode(tmp_path / "first.ogg", "flac", staircase(4, rate=8000), rate=8000)
    end = encode(tmp_path / "second.ogg", "flac", noise(4.0), rate=16_000)
    path = tmp_path / "a.ogg"
    path.write_bytes(begin.read_bytes() + end.read_bytes())
    with open_recording(path) as recording:
        assert seconds_heard(recording.samples(0))[:4] == COUNT[:4]
        assert [gap.start_ms for gap in recording.gaps] == [4000]
        assert codes(recording) == ["damaged_audio"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (0, []),
        (0xFFFFFFFF, []),
        (0x7FFFFFFF, []),
        (64_000, []),
        (10 * 64_000, ["truncated_audio"]),
        (16_000, ["wrong_length"]),
    ],
)
def test_a_wav_is_as_long_as_its_file(tmp_path: Path, declared: int, expected: list[str]) -> None:
    path = tmp_path / "a.wav"
    sound = (staircase(4, rate=8000) * 32767).astype("<i2").tobytes()
    path.write_bytes(wav_header(rate=8000, data_bytes=declared) + sound)
    with open_recording(path) as recording:
        assert recording.duration_ms == 4000
        assert seconds_heard(recording.samples(0)) == COUNT[:4]
        assert codes(recording) == expected


@pytest.mark.parametrize("declared", [0, 0xFFFFFFFF, 10_000])
def test_a_compressed_wav_is_as_long_as_its_file_too(tmp_path: Path, declared: int) -> None:
    path = encode(tmp_path / "a.wav", "adpcm_ms", staircase(4, rate=8000), rate=8000)
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = declared.to_bytes(4, "little")
    path.write_bytes(content)
    with open_recording(path) as recording:
        assert recording.duration_ms == pytest.approx(4000, abs=200)
        assert codes(recording) == (["wrong_length"] if declared == 10_000 else [])


def test_chunks_after_the_sound_are_no_sound(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0, rate=8000), rate=8000)
    with path.open("ab") as out:
        out.write(b"LIST" + (200_000).to_bytes(4, "little") + b"INFO" + bytes(199_996))
    with open_recording(path) as recording:
        assert (recording.duration_ms, recording.notices) == (1000, ())


def test_a_truncated_recording_gives_what_decodes_and_says_so(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.mp3", "libmp3lame", staircase(6))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with open_recording(path) as recording:
        assert 2000 < recording.duration_ms < 4500
        assert codes(recording) == ["truncated_audio"]


def test_twelve_hours_are_beyond_the_limit_and_can_be_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with path.open("wb") as out:
        out.write(wav_header(rate=8000, data_bytes=12 * 3600 * 16_000))
        out.truncate(out.tell() + 12 * 3600 * 16_000)  # a hole: it takes no space
    with pytest.raises(UnreadableAudio, match="audio_too_long"), open_recording(path):
        pass
    with open_recording(path, limits=Limits(seconds=13 * 3600)) as recording:
        assert recording.duration_ms == 12 * 3600 * 1000
        assert len(recording.samples(0, start_ms=11 * 3600 * 1000, end_ms=11 * 3600 * 1000 + 50)) == 800
    os.truncate(path, 0)


def test_what_no_decoder_can_go_on_with_is_said_to_break_off(tmp_path: Path) -> None:
    mono, then = staircase(4, rate=48_000), tone(4.0, rate=48_000)
    begin = encode(tmp_path / "first.opus", "libopus", mono, rate=48_000)
    end = encode(tmp_path / "second.opus", "libopus", then, then, rate=48_000)
    path = tmp_path / "a.opus"
    path.write_bytes(begin.read_bytes() + end.read_bytes())
    with open_recording(path) as recording:
        assert seconds_heard(recording.samples(0)) == COUNT[:4]
        assert codes(recording) == ["truncated_audio"]


def test_a_clipped_recording_is_read_and_named(tmp_path: Path) -> None:
    loud = np.clip(tone(3.0, rate=8000, hz=200, level=1.1), -1, 1)
    with open_recording(write_wav(tmp_path / "a.wav", loud, loud / 4, rate=8000)) as recording:
        assert codes(recording) == ["clipped_audio"]
    with open_recording(
        write_wav(tmp_path / "b.wav", tone(3.0, rate=8000, level=1.0), rate=8000)
    ) as recording:
        assert codes(recording) == []


def test_a_text_called_wav_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("Dear Sir or Madam,\n" * 100)
    with pytest.raises(UnreadableAudio, match="unsupported_format"), open_recording(path):
        pass


@pytest.mark.parametrize("keep", [45, 200, 3000])
def test_random_bytes_after_a_good_head_end_in_a_code(tmp_path: Path, keep: int) -> None:
    for name, codec in (("a.mp3", "libmp3lame"), ("a.flac", "flac"), ("a.opus", "libopus"), ("a.m4a", "aac")):
        path = encode(tmp_path / name, codec, tone(2.0, rate=48_000), rate=48_000)
        path.write_bytes(path.read_bytes()[:keep] + np.random.default_rng(keep).bytes(50_000))
        with suppress(UnreadableAudio), open_recording(path) as recording:
            assert recording.frames > 0
