"""Languages, translations and expected words, from the wish to what the transcript says of it."""

from pathlib import Path

import numpy as np

from nlp.asr.protocol import Regions
from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Stretch
from tests.nlp.loudness import LoudnessRecogniser, call, pipeline
from tests.nlp.sounds import noise, write_wav


def long_call(folder: Path, *, seconds: int = 8) -> Path:
    """Both talk all the time, the customer (audio channel 1) louder."""
    return write_wav(folder / "long.wav", noise(seconds, level=0.1), noise(seconds, level=0.3, seed=1))


def test_each_audio_channel_has_its_language(tmp_path: Path) -> None:
    engine = LoudnessRecogniser(languages=None, speaks={1: "en", 3: "hu"})
    transcript = pipeline(engine).recording(long_call(tmp_path))
    assert transcript.languages == {0: "en", 1: "hu"}
    assert {asked.language for _, asked in engine.asked} == {"en", "hu"}
    assert transcript.sound is not None
    assert transcript.sound.speech[1] == tuple(Stretch(at * 1000, at * 1000 + 1000) for at in range(8))


def test_a_channel_with_little_speech_takes_the_language_of_the_call(tmp_path: Path) -> None:
    agent, customer = np.zeros(160_000), np.zeros(160_000)
    agent[:112_000], customer[112_000:144_000] = noise(7.0, level=0.1), noise(2.0, level=0.3)
    path = write_wav(tmp_path / "call.wav", agent, customer)
    engine = LoudnessRecogniser(languages=None, speaks={1: "hu", 2: "hu", 3: "xx"})
    assert pipeline(engine).recording(path).languages == {0: "hu", 1: "hu"}


def test_a_translation_says_what_was_spoken(tmp_path: Path) -> None:
    engine = LoudnessRecogniser(languages=None, translates=True, speaks={1: "en", 3: "hu"})
    transcript = pipeline(engine).recording(long_call(tmp_path), RecordingOptions(translate=True))
    assert transcript.language == "en"
    assert transcript.languages == {0: "en", 1: "hu"}
    assert [notice.code for notice in transcript.notices] == ["translated"]
    assert {(asked.language, asked.translate) for _, asked in engine.asked} == {("en", False), ("hu", True)}


def test_an_engine_that_cannot_translate_says_so(tmp_path: Path) -> None:
    engine = LoudnessRecogniser(languages=None, speaks={1: "hu", 3: "hu"})
    transcript = pipeline(engine).recording(long_call(tmp_path), RecordingOptions(translate=True))
    assert transcript.language == "hu"
    assert [notice.code for notice in transcript.notices] == ["translation_not_supported"]


def test_english_needs_no_translation(tmp_path: Path) -> None:
    options = RecordingOptions(language="en-US", translate=True)
    assert pipeline().recording(long_call(tmp_path), options).notices == ()


def test_regions_of_both_channels_share_windows_and_batches(tmp_path: Path) -> None:
    regions = Regions(longest_ms=1000, join_gap_ms=0, window_ms=5000, batch=2)
    engine = LoudnessRecogniser(says=["w"] * 4, regions=regions)
    transcript = pipeline(engine).recording(long_call(tmp_path))
    assert [count for count, _ in engine.asked] == [2, 2]  # 16 regions of a second, four to a window
    assert [turn.party for turn in transcript.turns if turn.start_ms == 0] == [Party.AGENT, Party.CUSTOMER]
    assert all(0 <= word.start_ms < 8000 for turn in transcript.turns for word in turn.words)


def test_expected_words_reach_the_recogniser_and_are_counted(tmp_path: Path) -> None:
    engine = LoudnessRecogniser(says=["the", "Zorbaflex,", "of", "Riverside", "home."])
    options = RecordingOptions(vocabulary=("zorbaflex", "Riverside Home", "Quenbix"))
    transcript = pipeline(engine).recording(call(tmp_path), options)
    assert {asked.vocabulary for _, asked in engine.asked} == {options.vocabulary}
    assert [(n.code, n.detail) for n in transcript.notices] == [
        ("vocabulary", "2 of 3 expected words and names were heard.")
    ]
