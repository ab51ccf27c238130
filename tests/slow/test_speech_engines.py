"""The three recognisers with their real libraries; Whisper with random weights, so its words mean nothing."""

from pathlib import Path

import numpy as np
import pytest

from nlp.asr.faster_whisper import FasterWhisperRecogniser
from nlp.asr.protocol import Asked, Recogniser
from nlp.asr.selection import open_recogniser
from nlp.asr.whisper import WhisperRecogniser
from nlp.transcript import Word
from tests.nlp.sounds import noise
from tests.slow.speech_checkpoints import converted_model, openai_checkpoint, sized_pair

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # whisper leaves its vocabulary file open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ENGLISH = Asked(language="en")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    openai_checkpoint(folder / "random.pt")
    converted_model(folder)
    return folder


@pytest.fixture(params=["whisper", "faster-whisper", "sphinx", "auto"], scope="module")
def engine(request: pytest.FixtureRequest, weights: Path) -> Recogniser:
    name = f"whisper:{weights / 'random.pt'}" if request.param == "whisper" else request.param
    recogniser, _ = open_recogniser(name, weights=weights, allow_download=False)
    return recogniser


def within(words: tuple[Word, ...], length_ms: int) -> None:
    for word in words:
        assert word.text.strip()
        assert 0 <= word.start_ms <= word.end_ms <= length_ms
        assert word.confidence is None or 0 <= word.confidence <= 1
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)


def test_words_lie_within_their_windows(engine: Recogniser) -> None:
    windows = [noise(seconds, level=0.1, seed=3).astype(np.float32) for seconds in (5.0, 29.0, 0.4)]
    heard = engine.recognise(windows, ENGLISH)
    assert len(heard) == 3
    for words, samples in zip(heard, windows, strict=True):
        within(words, len(samples) // 16 + 200)


def test_no_windows_give_nothing(engine: Recogniser) -> None:
    assert engine.recognise([], ENGLISH) == []


def test_a_language_is_named(engine: Recogniser) -> None:
    spoken = engine.identify_language(noise(3.0, level=0.1).astype(np.float32))
    assert spoken is not None
    assert 2 <= len(spoken.code) <= 3
    assert 0 < spoken.probability <= 1


def test_an_unknown_language_code_is_heard_as_any(engine: Recogniser) -> None:
    engine.recognise([noise(2.0, level=0.1).astype(np.float32)], Asked(language="zz"))
    engine.recognise([noise(2.0, level=0.1).astype(np.float32)], Asked(language=None))


def test_a_translation_gives_words_with_the_times_of_sentences(engine: Recogniser) -> None:
    if not engine.translates:
        assert engine.name == "sphinx"
        return
    (words,) = engine.recognise([noise(9.0, level=0.1).astype(np.float32)], Asked("hu", translate=True))
    within(words, 9000)


def test_expected_words_are_taken(engine: Recogniser) -> None:
    asked = Asked("en", vocabulary=("Zorblat", "Quenby"))
    engine.recognise([noise(2.0, level=0.1).astype(np.float32)], asked)


def test_auto_takes_the_weights_that_are_there(weights: Path) -> None:
    recogniser, notices = open_recogniser("auto", weights=weights, allow_download=False)
    assert recogniser.name == "faster-whisper:random"
    assert notices == ()
    assert recogniser.languages is None


def test_both_whispers_write_the_same_words_at_the_same_times(tmp_path: Path) -> None:
    checkpoint, converted = sized_pair(tmp_path, "toy")
    windows = [noise(seconds, level=0.1).astype(np.float32) for seconds in (29, 12)]
    reference = WhisperRecogniser(checkpoint, temperatures=(0.0,), most_tokens=30)
    quick = FasterWhisperRecogniser(converted, size="toy", temperatures=(0.0,), most_tokens=30)
    for theirs, ours in zip(
        reference.recognise(windows, ENGLISH), quick.recognise(windows, ENGLISH), strict=True
    ):
        assert len(theirs) > 5
        assert [word.text for word in ours] == [word.text for word in theirs]
        assert [word.start_ms for word in ours] == pytest.approx([word.start_ms for word in theirs], abs=100)
        assert [word.confidence for word in ours] == pytest.approx(
            [word.confidence for word in theirs], abs=0.02
        )
