"""Phrases found in the demo's telephone recordings by their pronunciation alone."""

import json
from pathlib import Path

import pytest

from nlp.audio.recording import open_recording
from nlp.errors import NlpError
from nlp.phrases import SpokenSearch, open_spoken_search
from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Stretch
from nlp.transcription import MODELS, SpeechOptions, open_transcription

pytestmark = pytest.mark.slow
DEMO = Path(__file__).resolve().parents[2] / "service" / "demo"


@pytest.fixture(scope="module")
def search() -> SpokenSearch:
    return open_spoken_search(MODELS)


def test_phrases_are_found_where_they_are_said() -> None:
    phrases = ("charged twice", "my money back", "riverside home", "cancel my contract", "blue parcel")
    transcription = open_transcription(SpeechOptions(engine="sphinx"))
    path = DEMO / "recordings" / "charged-twice.wav"
    hits, notices = transcription.spoken_phrases(path, RecordingOptions(spoken_phrases=phrases))
    turns = json.loads((DEMO / "scripts" / "charged-twice.json").read_text("utf-8"))["turns"]
    assert {hit.phrase for hit in hits} == {"charged twice", "my money back", "riverside home"}
    assert notices == ()
    for hit in hits:
        (turn,) = [each for each in turns if each["start_ms"] - 300 <= hit.start_ms <= each["end_ms"]]
        assert hit.phrase in turn["text"].lower()
        assert hit.party == Party(turn["party"])
        assert hit.end_ms <= turn["end_ms"] + 300
        assert 0.5 <= hit.score <= 1


def test_phrases_that_differ_only_in_their_writing_are_all_found(search: SpokenSearch) -> None:
    with open_recording(DEMO / "recordings" / "charged-twice.wav") as recording:
        speech = {channel: (Stretch(0, recording.duration_ms),) for channel in range(2)}
        hits = search.find(recording, speech, ["charged twice", "Charged twice!"])
    assert [hit.phrase for hit in hits] == ["Charged twice!", "charged twice"] * (len(hits) // 2)
    assert hits


def test_words_that_no_dictionary_has_are_pronounced_from_their_letters(search: SpokenSearch) -> None:
    assert search.pronounce("parcel") == ("P", "AA", "R", "S", "AH", "L")
    invented = search.pronounce("blorptastic")
    assert invented is not None
    assert "".join(invented).startswith("BLAOR")
    assert search.sought("a blorptastic offer").phones == 1 + len(invented) + 3
    assert search.sought("Call 911, please!").words == ("call", "nine", "one", "one", "please")


@pytest.mark.parametrize("phrase", ["", "hi", "שלום", "crème brûlée", "a " * 13, "...", "'"])
def test_what_cannot_be_sought_is_refused(search: SpokenSearch, phrase: str) -> None:
    with pytest.raises(NlpError) as caught:
        search.sought(phrase)
    assert caught.value.code == "bad_spoken_phrase"


def test_silence_and_no_phrases_give_no_hits(search: SpokenSearch) -> None:
    with open_recording(DEMO / "recordings" / "late-parcel.mp3") as recording:
        assert search.find(recording, {}, ["late parcel"]) == ()
        assert search.find(recording, {0: ()}, []) == ()
        with pytest.raises(NlpError, match="too_many_phrases"):
            search.find(recording, {}, [f"call {number}" for number in range(1_000, 1_501)])
