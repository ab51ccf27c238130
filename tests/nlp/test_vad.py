"""Speech detection: what needs no speech to be tested; speech itself is heard in tests/slow."""

from pathlib import Path

import numpy as np

from nlp.audio.recording import open_recording
from nlp.vad import SpeechSpan, VadOptions, audible, spans_of_window, speech_spans
from tests.nlp.sounds import noise, tone, write_wav


def test_silence_and_line_noise_are_not_even_looked_at() -> None:
    assert spans_of_window(np.zeros(160_000, np.float32), VadOptions()) == []
    assert spans_of_window(noise(2.0, level=0.0003).astype(np.float32), VadOptions()) == []
    assert spans_of_window(np.zeros(0, np.float32), VadOptions()) == []


def test_a_click_is_not_audible_speech() -> None:
    click = np.zeros(16_000, np.float32)
    click[8000:8100] = 0.5
    assert not audible(click)
    assert audible(noise(1.0, level=0.1).astype(np.float32))


def test_noise_and_a_ringing_tone_are_no_speech(tmp_path: Path) -> None:
    ringing = tone(4.0, hz=440, level=0.2) + tone(4.0, hz=480, level=0.2)
    path = write_wav(tmp_path / "ring.wav", ringing, noise(4.0, level=0.02))
    with open_recording(path) as recording:
        assert speech_spans(recording, 0) == []
        assert speech_spans(recording, 1) == []


def test_spans_are_values() -> None:
    assert SpeechSpan(0, 5) == SpeechSpan(0, 5)
