"""Speech detection: what needs no speech to be tested; speech itself is heard in tests/slow."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from nlp.audio.recording import open_recording
from nlp.vad import (
    PORTION,
    InPortions,
    SpeechSpan,
    VadOptions,
    audible,
    heldness,
    is_drowned,
    is_held,
    spans_of_window,
    speech_spans,
)
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


def test_silero_in_portions_says_what_it_says_at_once() -> None:
    spans_of_window(noise(1.0).astype(np.float32), VadOptions())  # puts the portions in place
    model = get_vad_model()
    assert isinstance(model.session, InPortions)
    frames = (PORTION * 5 // 2) * 512
    sound = (noise(frames / 16_000, level=0.05) + tone(frames / 16_000, hz=150)).astype(np.float32)[:frames]
    in_portions = model(sound)
    whole = model.session.whole
    try:
        model.session = whole
        assert np.abs(model(sound) - in_portions).max() < 1e-6
    finally:
        model.session = InPortions(whole)


def test_a_quiet_minute_is_not_raised_beside_a_loud_one() -> None:
    heard: list[float] = []

    class Listening:
        def run(self, names: None, inputs: dict[str, Any]) -> list[Any]:
            heard.append(float(np.abs(inputs["input"]).max()))
            return [np.zeros((len(inputs["input"]), 1)), inputs["h"], inputs["c"]]

    model = get_vad_model()
    before, model.session = model.session, InPortions(Listening())
    try:
        quiet = np.full(16_000, 0.01, np.float32)
        spans_of_window(quiet, VadOptions())
        spans_of_window(quiet, VadOptions(), loudest=0.25)
    finally:
        model.session = before
    assert heard == pytest.approx([0.1, 0.02])


def test_held_notes_are_told_from_gliding_ones() -> None:
    melody = np.concatenate([tone(0.5, hz=hz) for hz in (440, 494, 523, 587)]).astype(np.float32)
    time = np.arange(32_000) / 16_000
    voice = sum(
        np.sin(harmonic * (2 * np.pi * 120 * time + 9 * np.sin(2 * np.pi * 1.5 * time)))
        for harmonic in range(2, 20)
    )
    gliding = np.asarray(0.05 * voice, dtype=np.float32)
    assert is_held(melody, 0.25)
    assert not is_held(gliding, 0.25)
    assert heldness(tone(1.0).astype(np.float32)) > 0.9
    assert heldness(np.zeros(160, np.float32)) == 0.0


def test_a_short_blip_of_what_sounds_on_is_no_word() -> None:
    hiss = noise(3.0, level=0.1).astype(np.float32)
    assert is_drowned(hiss, [(20_000, 30_000)], (20_000, 30_000))
    yes = (hiss * 0.05).astype(np.float32)
    yes[22_000:28_000] = hiss[22_000:28_000]
    assert not is_drowned(yes, [(20_000, 30_000)], (20_000, 30_000))
    assert not is_drowned(hiss, [(10_000, 40_000)], (10_000, 40_000))
    assert not is_drowned(hiss, [(0, 19_000), (20_000, 30_000), (31_000, 48_000)], (20_000, 30_000))


def test_spans_are_values() -> None:
    assert SpeechSpan(0, 5) == SpeechSpan(0, 5)
