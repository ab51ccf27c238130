"""The derivative for listening: redacted words cannot be heard, the rest is untouched."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.audio.recording import Limits, open_recording
from nlp.playback import Samples, masks_of, write_playback
from nlp.stretches import union
from nlp.transcript import Party, Redaction, Sound, Stretch, Transcript, Turn, Word
from tests.nlp.sounds import encode, noise, write_wav

CARD = Turn(
    Party.CUSTOMER,
    "my card is [card]",
    start_ms=1000,
    end_ms=4000,
    words=(Word(1000, 1200, "my", 0.9), Word(2000, 2600, "[card]", 0.9), Word(2600, 3000, "[card]", 0.9)),
    audio_channel=1,
)
TRANSCRIPT = Transcript("fake", "1", (CARD,), redactions=(Redaction("card", 0, 11, 27),))
NOTHING = Transcript("fake", "1", ())


def played(
    path: Path, transcript: Transcript, target: Path, *, pauses: Sequence[Stretch] = ()
) -> tuple[Samples, Samples]:
    """The recording and its derivative, each of shape (n, audio_channels)."""
    with open_recording(path, keep_lower_rate=True) as recording:
        write_playback(recording, transcript, target, pauses=pauses)
        original = recording.window(0, recording.frames)
    with open_recording(target, keep_lower_rate=True) as heard:
        assert heard.codec == "flac"
        return original, heard.window(0, heard.frames)


def test_redacted_words_are_masked_on_all_channels_with_a_margin(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(5.0, seed=1), noise(5.0, seed=2))
    original, samples = played(path, TRANSCRIPT, tmp_path / "play.flac")
    assert samples.shape == (80_000, 2)
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
    _, samples = played(path, replace(TRANSCRIPT, turns=(late,)), tmp_path / "play.flac")
    assert np.abs(samples[29_200 * 16 : 31_300 * 16]).max() <= 2000
    assert np.abs(samples[31_400 * 16 :]).max() > 3000


def test_pauses_of_the_telephony_are_masked_wherever_they_are_known_from(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(10.0))
    told = replace(NOTHING, sound=Sound(pauses=(Stretch(7000, 8000),)))
    original, samples = played(path, told, tmp_path / "play.flac", pauses=[Stretch(1000, 2000)])
    for start, end in ((1000, 2000), (7000, 8000)):
        assert np.abs(samples[start * 16 : end * 16]).max() <= 2000
    assert np.array_equal(samples[2300 * 16 : 6700 * 16], original[2300 * 16 : 6700 * 16])


def test_a_pause_beyond_the_end_masks_what_there_is(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(3.0))
    _, samples = played(path, NOTHING, tmp_path / "play.flac", pauses=[Stretch(2000, 60_000)])
    assert np.abs(samples[2000 * 16 :]).max() <= 2000


@pytest.mark.parametrize("rate", [7350, 8000, 11_025, 16_000])
@pytest.mark.parametrize("channels", [1, 2, 3, 8])
def test_any_shape_of_recording_can_be_played(tmp_path: Path, rate: int, channels: int) -> None:
    sides = [noise(1.0, rate=rate, seed=seed) for seed in range(channels)]
    path = write_wav(tmp_path / "call.wav", *sides, rate=rate)
    limits = Limits(audio_channels=8)
    target = tmp_path / "play.flac"
    with open_recording(path, keep_lower_rate=True, limits=limits) as recording:
        write_playback(recording, NOTHING, target)
        with open_recording(target, keep_lower_rate=True, limits=limits) as heard:
            assert (heard.rate, heard.audio_channels) == (rate, channels)
            assert np.array_equal(heard.window(0, rate), recording.window(0, rate))


def test_a_repetition_gives_the_same_bytes(tmp_path: Path) -> None:
    path = encode(tmp_path / "call.mp3", "libmp3lame", noise(2.0), noise(2.0, seed=1))
    for name in ("first.flac", "second.flac"):
        played(path, TRANSCRIPT, tmp_path / name)
    assert (tmp_path / "first.flac").read_bytes() == (tmp_path / "second.flac").read_bytes()


def test_a_failure_leaves_neither_part_nor_whole(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", noise(1.0))
    broken = replace(TRANSCRIPT, redactions=(Redaction("card", 7, 0, 1),))  # there is no turn 7
    with open_recording(path) as recording, pytest.raises(IndexError):
        write_playback(recording, broken, tmp_path / "play.flac")
    with open_recording(path) as recording:
        recording.close()
        with pytest.raises(ValueError, match="closed"):
            write_playback(recording, NOTHING, tmp_path / "play.flac")
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]


def test_speech_takes_less_than_half_of_its_samples(tmp_path: Path) -> None:
    quiet = np.concatenate([noise(4.0, rate=8000), np.zeros(6 * 8000)])
    path = write_wav(tmp_path / "call.wav", quiet, quiet[::-1], rate=8000)
    original, _ = played(path, NOTHING, tmp_path / "play.flac")
    assert (tmp_path / "play.flac").stat().st_size < original.nbytes / 2


@pytest.mark.parametrize("words", [(), (Word(1000, 1200, "my", 0.9),)])
def test_without_masked_words_the_whole_turn_is_masked(words: tuple[Word, ...]) -> None:
    turn = replace(CARD, words=words)
    assert masks_of(replace(TRANSCRIPT, turns=(turn,))) == [Stretch(700, 4300)]


def test_overlapping_masks_become_one() -> None:
    assert union([Stretch(500, 900), Stretch(0, 600), Stretch(2000, 2100)]) == [
        Stretch(0, 900),
        Stretch(2000, 2100),
    ]
