"""Loudness by the second, and hold: music and ring tones while nobody speaks, never speech itself."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import open_recording
from nlp.sound import loudness_of, measured
from nlp.transcript import Sound, Stretch
from tests.nlp.hold_sounds import Samples, hold_music, ring_tone, spoken_like
from tests.nlp.sounds import noise, tone, write_wav


def sound(
    folder: Path, *channels: Samples, rate: int = 16_000, speech: Mapping[int, list[Stretch]] | None = None
) -> Sound:
    with open_recording(write_wav(folder / "call.wav", *channels, rate=rate)) as recording:
        return measured(recording, speech or {})


def test_loudness_goes_up_with_the_level_from_0_to_100() -> None:
    levels = [
        loudness_of(np.full(16_000, level, np.float32)) for level in (0, 0.0005, 0.001, 0.05, 0.1, 0.5, 1)
    ]
    assert levels == [0, 0, 0, 57, 67, 90, 100]
    assert loudness_of(np.zeros(0, np.float32)) == 0


def test_loudness_is_given_for_each_second_of_each_channel(tmp_path: Path) -> None:
    left = np.concatenate([np.zeros(16_000), tone(1.0, level=0.5), tone(0.5, level=0.05)])
    found = sound(tmp_path, left, np.zeros(40_000))
    assert {channel: len(values) for channel, values in found.loudness.items()} == {0: 3, 1: 3}
    assert found.loudness[0] == (0, pytest.approx(85, abs=1), pytest.approx(52, abs=1))
    assert found.loudness[1] == (0, 0, 0)


@pytest.mark.parametrize("rate", [8_000, 16_000])
def test_hold_music_is_hold(tmp_path: Path, rate: int) -> None:
    gap = spoken_like(10, rate=rate)
    line = np.concatenate([gap, hold_music(40, rate=rate), gap])
    (hold,) = sound(tmp_path, line, noise(60, rate=rate, level=0.0005), rate=rate).holds
    assert hold.start_ms == pytest.approx(10_000, abs=500)
    assert hold.end_ms == pytest.approx(50_000, abs=500)


@pytest.mark.parametrize(
    "cadence",
    [
        {"hz": (425.0,), "on": 1.0, "period": 5.0},
        {"hz": (440.0, 480.0), "on": 2.0, "period": 6.0},
        {"hz": (400.0, 450.0), "on": 1.4, "period": 3.0},
    ],
)
def test_a_ring_tone_is_hold(tmp_path: Path, cadence: dict[str, float]) -> None:
    line = np.concatenate([ring_tone(24, **cadence), np.zeros(16_000 * 10), spoken_like(10)])  # type: ignore[arg-type]
    (hold,) = sound(tmp_path, line).holds
    assert hold.start_ms < 300
    assert 18_000 < hold.end_ms <= 24_500


def test_speech_noise_hum_and_short_tones_are_no_hold(tmp_path: Path) -> None:
    hum = tone(30, hz=200, level=0.05)
    beeps = np.concatenate([tone(2, hz=1000), np.zeros(16_000 * 28)])
    for line in (
        spoken_like(30),
        noise(30, level=0.05),
        hum,
        spoken_like(30) + hum,
        beeps,
        np.zeros(480_000),
    ):
        assert sound(tmp_path, line).holds == ()


def test_music_while_someone_speaks_is_no_hold(tmp_path: Path) -> None:
    music = hold_music(30)
    talk = Stretch(10_000, 22_000)
    found = sound(tmp_path, music, noise(30, level=0.05), speech={1: [talk]}).holds
    assert [(round(hold.start_ms, -3), round(hold.end_ms, -3)) for hold in found] == [
        (0, 10_000),
        (22_000, 30_000),
    ]
    mistaken = sound(tmp_path, music, np.zeros(480_000), speech={0: [talk]}).holds
    assert len(mistaken) == 1, "a detector that takes the music itself for speech does not hide it"


def test_a_tiny_recording_has_loudness_and_no_hold(tmp_path: Path) -> None:
    found = sound(tmp_path, tone(0.04))
    assert (len(found.loudness[0]), found.holds) == (1, ())
