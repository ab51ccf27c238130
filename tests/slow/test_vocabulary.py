"""Names that nobody has heard of are recognised when they are expected, and only then."""

from pathlib import Path

import pytest

from nlp.recording_options import RecordingOptions
from nlp.transcript import Transcript
from nlp.transcription import SpeechOptions, Transcription, open_transcription

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
SPOKEN = Path(__file__).parents[1] / "audio" / "made_up_names.flac"
NAMES = ("Zorbaflex", "Quenbix", "Marlowen")


@pytest.fixture(scope="module")
def speech() -> Transcription:
    return open_transcription(SpeechOptions(engine="sphinx"))


def words(transcript: Transcript) -> list[str]:
    return [word.text for turn in transcript.turns for word in turn.words]


def test_made_up_names_are_heard_when_they_are_expected(speech: Transcription) -> None:
    assert not set(NAMES) & set(words(speech.recording(SPOKEN)))
    expecting = speech.recording(SPOKEN, RecordingOptions(vocabulary=NAMES))
    assert [word for word in words(expecting) if word in NAMES] == ["Zorbaflex", "Quenbix"]
    assert "2 of 3 expected" in next(n.detail for n in expecting.notices if n.code == "vocabulary")


def test_one_recording_s_words_are_not_expected_in_the_next(speech: Transcription) -> None:
    speech.recording(SPOKEN, RecordingOptions(vocabulary=NAMES))
    assert not set(NAMES) & set(words(speech.recording(SPOKEN)))
