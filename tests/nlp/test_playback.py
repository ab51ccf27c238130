"""The derivative for listening: redacted words cannot be heard, the rest is untouched."""

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import open_recording
from nlp.playback import Masked, masks_of, merged, write_playback
from nlp.transcript import Party, Redaction, Transcript, Turn, Word
from tests.nlp.sounds import noise, write_wav

CARD = Turn(
    Party.CUSTOMER,
    "my card is [card]",
    start_ms=1000,
    end_ms=4000,
    words=(Word(1000, 1200, "my", 0.9), Word(2000, 2600, "[card]", 0.9), Word(2600, 3000, "[card]", 0.9)),
    audio_channel=1,
)
TRANSCRIPT = Transcript("fake", "1", (CARD,), redactions=(Redaction("card", 0, 11, 27),))


def test_redacted_words_are_masked_on_all_channels_with_a_margin(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(5.0, seed=1), noise(5.0, seed=2))
    target = tmp_path / "play.wav"
    with open_recording(path) as recording:
        write_playback(recording, TRANSCRIPT, target)
        original = recording.window(0, recording.frames)
    with wave.open(str(target)) as heard:
        assert (heard.getnchannels(), heard.getframerate(), heard.getnframes()) == (2, 16_000, 80_000)
        samples = np.frombuffer(heard.readframes(80_000), "<i2").reshape(-1, 2)
    start, end = 1700 * 16, 3300 * 16
    assert np.array_equal(samples[:start], original[:start])
    assert np.array_equal(samples[end:], original[end:])
    masked = samples[start:end].astype(float)
    for channel in (0, 1):
        assert abs(np.corrcoef(masked[:, channel], original[start:end, channel])[0, 1]) < 0.1
    assert 1000 < np.abs(masked).max() <= 2000
    assert [file.name for file in tmp_path.glob("*.part")] == []


def test_masks_cross_window_edges(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(62.0))
    late = replace(CARD, words=(Word(29_500, 31_000, "[card]", None),))
    with open_recording(path) as recording:
        write_playback(recording, replace(TRANSCRIPT, turns=(late,)), tmp_path / "play.wav")
    with wave.open(str(tmp_path / "play.wav")) as heard:
        samples = np.frombuffer(heard.readframes(62 * 16_000), "<i2")
    assert np.abs(samples[29_200 * 16 : 31_300 * 16]).max() <= 2000
    assert np.abs(samples[31_400 * 16 :]).max() > 3000


@pytest.mark.parametrize("words", [(), (Word(1000, 1200, "my", 0.9),)])
def test_without_masked_words_the_whole_turn_is_masked(words: tuple[Word, ...]) -> None:
    turn = replace(CARD, words=words)
    assert masks_of(replace(TRANSCRIPT, turns=(turn,))) == [Masked(700, 4300)]


def test_overlapping_masks_become_one() -> None:
    assert merged([Masked(500, 900), Masked(0, 600), Masked(2000, 2100)]) == [
        Masked(0, 900),
        Masked(2000, 2100),
    ]
