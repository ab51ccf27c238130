"""Windows at 16 kHz from a file at its own rate: they join without a seam and add no sound of their own."""

from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import open_recording
from nlp.audio.resampling import OWN_RATES
from tests.nlp.sounds import noise, tone, write_wav

LOWER = [rate for rate in OWN_RATES if rate < 16_000]


@pytest.mark.parametrize("rate", LOWER)
def test_windows_join_to_the_whole(tmp_path: Path, rate: int) -> None:
    path = write_wav(tmp_path / "a.wav", noise(4.0, rate=rate), noise(4.0, rate=rate, seed=1), rate=rate)
    with open_recording(path) as recording:
        whole = recording.samples(1)
        assert len(whole) == 64_000
        for step in (7, 100, 333, 1000):
            parts = [
                recording.samples(1, start_ms=start, end_ms=start + step) for start in range(0, 4000, step)
            ]
            assert np.abs(np.concatenate(parts) - whole).max() < 1e-4
        assert len(recording.samples(1, start_ms=3990, end_ms=9000)) == 160
        assert len(recording.samples(1, start_ms=9000, end_ms=9900)) == 0
        assert len(recording.samples(1, start_ms=500, end_ms=400)) == 0


@pytest.mark.parametrize("rate", LOWER)
def test_speech_passes_and_its_mirror_does_not(tmp_path: Path, rate: int) -> None:
    for share in (0.05, 0.25, 0.425, 0.45):
        path = write_wav(tmp_path / "a.wav", tone(4.0, rate=rate, hz=share * rate, level=0.5), rate=rate)
        with open_recording(path) as recording:
            sound = recording.samples(0, start_ms=1000, end_ms=3000)
        spectrum = 20 * np.log10(np.abs(np.fft.rfft(sound * np.blackman(len(sound)))) + 1e-9)
        hertz = np.fft.rfftfreq(len(sound), 1 / 16_000)
        mirror = spectrum[hertz > 0.53 * rate].max() - spectrum.max()
        assert mirror < -80
        assert np.sqrt(np.mean(sound**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.001)


def test_sound_keeps_its_time(tmp_path: Path) -> None:
    click = np.zeros(8000)
    click[4000] = 0.9
    with open_recording(write_wav(tmp_path / "a.wav", click, rate=8000)) as recording:
        assert int(np.abs(recording.samples(0)).argmax()) == 8000
        assert recording.samples(0)[8000] == pytest.approx(0.9, abs=1e-4)
