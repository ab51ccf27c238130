"""The three recognisers with their real libraries; Whisper with random weights, so its words mean nothing."""

from pathlib import Path

import numpy as np
import pytest

from nlp.asr.protocol import Recogniser
from nlp.asr.selection import open_recogniser
from nlp.transcript import Segment
from tests.nlp.sounds import noise
from tests.slow.speech_checkpoints import converted_model, openai_checkpoint

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # whisper leaves its vocabulary file open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


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


def test_segments_lie_within_the_region(engine: Recogniser) -> None:
    samples = noise(5.0, level=0.1).astype(np.float32)
    segments = engine.recognise(samples, language="en")
    for segment in segments:
        assert isinstance(segment, Segment)
        assert segment.text.strip()
        assert 0 <= segment.start_ms <= segment.end_ms <= 5200
        assert [word.start_ms for word in segment.words] == sorted(word.start_ms for word in segment.words)
        assert all(word.confidence is None or 0 <= word.confidence <= 1 for word in segment.words)


def test_silence_gives_no_words(engine: Recogniser) -> None:
    assert engine.recognise(np.zeros(48_000, np.float32), language="en") == []


def test_a_language_is_named(engine: Recogniser) -> None:
    language = engine.identify_language(noise(3.0, level=0.1).astype(np.float32))
    assert language is not None
    assert 2 <= len(language) <= 3


def test_an_unknown_language_code_is_heard_as_any(engine: Recogniser) -> None:
    engine.recognise(noise(2.0, level=0.1).astype(np.float32), language="zz")


def test_auto_takes_the_weights_that_are_there(weights: Path) -> None:
    recogniser, notices = open_recogniser("auto", weights=weights, allow_download=False)
    assert recogniser.name == "faster-whisper:random"
    assert notices == ()
    assert recogniser.languages is None
