"""Windows to speakers with networks that the test replaces by rules: tones are voices."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.audio.recording import open_recording
from nlp.diarization import Diarization, Diarizer, SpeakerStretch
from nlp.diarization.diarizer import parts_of, smoothed, spoken
from nlp.diarization.segmentation import FRAME_STEP, FRAME_WIDTH, FRAMES, WINDOW
from tests.nlp.sounds import tone, write_wav

LOW, HIGH = 200.0, 2000.0


class ToneSegmentation:
    """Each of two tones is a local voice; which of them comes first changes from window to window."""

    def __init__(self) -> None:
        self._calls = 0

    def activity(self, windows: NDArray[np.float32]) -> NDArray[np.uint8]:
        assert windows.shape[1] == WINDOW
        found = np.zeros((len(windows), FRAMES, 3), np.uint8)
        for number, window in enumerate(windows):
            order = (0, 1) if self._calls % 2 else (1, 0)
            self._calls += 1
            for frame in range(FRAMES):
                part = window[frame * FRAME_STEP : frame * FRAME_STEP + FRAME_WIDTH]
                for voice, hz in zip(order, (LOW, HIGH), strict=True):
                    found[number, frame, voice] = strength(part, hz) > 0.02
        return found


def strength(samples: NDArray[np.float32], hz: float) -> float:
    wave = np.exp(2j * np.pi * hz * np.arange(len(samples)) / 16_000)
    return float(abs(samples @ wave) / max(len(samples), 1))


def tone_print(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    both = np.array([strength(samples, LOW), strength(samples, HIGH)], np.float32)
    return both / np.linalg.norm(both)


def call(folder: Path, *, seconds: int = 40, rate: int = 16_000) -> Path:
    """The low voice for four seconds, a second of nobody, the high one for four, and so on."""
    sound = np.zeros(seconds * rate)
    for start in range(0, seconds, 10):
        sound[start * rate : (start + 4) * rate] = tone(4, hz=LOW, level=0.2, rate=rate)
        sound[(start + 5) * rate : (start + 9) * rate] = tone(4, hz=HIGH, level=0.2, rate=rate)
    return write_wav(folder / "call.wav", sound, rate=rate)


@pytest.fixture
def told(tmp_path: Path) -> Diarization:
    with open_recording(call(tmp_path)) as recording:
        return Diarizer(ToneSegmentation(), tone_print).diarize(recording, 0)  # type: ignore[arg-type]


def test_voices_keep_their_number_through_all_windows(told: Diarization) -> None:
    assert told.speakers == 2
    stretches = told.stretches()
    assert [stretch.speaker for stretch in stretches] == [0, 1] * 4
    for number, stretch in enumerate(stretches):
        assert stretch.start_ms == pytest.approx(number * 5000, abs=60)
        assert stretch.end_ms == pytest.approx(number * 5000 + 4000, abs=60)


def test_a_telephone_recording_is_heard_to_its_end(tmp_path: Path) -> None:
    with open_recording(call(tmp_path, seconds=20, rate=8_000)) as recording:
        told = Diarizer(ToneSegmentation(), tone_print).diarize(recording, 0)  # type: ignore[arg-type]
    assert [stretch.speaker for stretch in told.stretches()] == [0, 1, 0, 1]


def test_speech_is_cut_in_the_middle_of_the_pause_between_two_voices(told: Diarization) -> None:
    first, second = told.split(1000, 8000)
    assert (first.start_ms, first.speaker, second.end_ms, second.speaker) == (1000, 0, 8000, 1)
    assert first.end_ms == second.start_ms == pytest.approx(4500, abs=60)


def test_speech_where_nobody_was_heard_goes_to_the_nearest(told: Diarization) -> None:
    assert told.split(4050, 4300) == (SpeakerStretch(4050, 4300, 0),)
    assert told.split(4700, 4900) == (SpeakerStretch(4700, 4900, 1),)
    assert told.split(60_000, 61_000) == (SpeakerStretch(60_000, 61_000, 1),)


def test_one_voice_is_never_cut() -> None:
    assert Diarization(np.ones((900, 1), np.float16)).split(100, 9000) == (SpeakerStretch(100, 9000, 0),)
    nobody = Diarization(np.zeros((900, 2), np.float16))
    assert nobody.split(100, 9000) == (SpeakerStretch(100, 9000, 0),)


def test_a_recording_without_speech_has_no_speakers(tmp_path: Path) -> None:
    with open_recording(write_wav(tmp_path / "silence.wav", np.zeros(16_000))) as recording:
        told = Diarizer(ToneSegmentation(), tone_print).diarize(recording, 0)  # type: ignore[arg-type]
    assert told.speakers == 0
    assert told.stretches() == ()
    assert told.split(0, 900) == (SpeakerStretch(0, 900, 0),)


def test_pieces_shorter_than_a_word_go_to_the_neighbour() -> None:
    owners = np.repeat([0, 1, 0, 1, 0], [3, 30, 5, 30, 4])
    assert smoothed(owners).tolist() == [1] * 72
    assert smoothed(np.repeat([0, 1], [3, 5])).tolist() == [1] * 8


def test_long_stretches_are_cut_in_calls_only() -> None:
    speaks = np.ones(FRAMES, bool)
    assert parts_of(speaks, finely=False) == [(0, FRAMES)]
    parts = parts_of(speaks, finely=True)
    assert len(parts) == 3
    assert (parts[0][0], parts[-1][1]) == (0, FRAMES)
    speaks[200:230] = False  # half a second
    assert parts_of(speaks, finely=False) == [(0, 215), (215, FRAMES)]


def test_a_print_is_made_of_three_seconds_of_the_longest_runs() -> None:
    frames = np.zeros(FRAMES, bool)
    frames[:10], frames[100:500] = True, True
    assert len(spoken(np.zeros(WINDOW, np.float32), frames)) == 48_000
    frames[130:500] = False
    assert len(spoken(np.zeros(WINDOW, np.float32), frames)) == 40 * FRAME_STEP
