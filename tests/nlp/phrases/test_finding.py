"""Phrases in the sound, with a search that the test steers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from nlp.audio.recording import Recording, open_recording
from nlp.errors import NlpError
from nlp.phrases import SpokenSearch, spoken_phrases
from nlp.phrases.search import ratio_of, score_of
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcript import Party, Redaction, SpokenPhrase, Stretch, Transcript, Turn, Word
from nlp.transcription import Transcription
from tests.nlp.loudness import LoudnessRecogniser, call, every_loud_second
from tests.nlp.sounds import write_wav


class FakeSearch:
    """Hears each phrase at the start of each stretch of speech; "mumble" cannot be pronounced."""

    def sought(self, phrase: str) -> None:
        if phrase == "mumble":
            raise NlpError("bad_spoken_phrase", "The phrase 'mumble' has no sound.")

    def find(
        self,
        recording: Recording,
        speech: Mapping[int, Sequence[Stretch]],
        phrases: Sequence[str],
        *,
        parties: Mapping[int, Party],
    ) -> tuple[SpokenPhrase, ...]:
        assert recording.duration_ms
        return tuple(
            SpokenPhrase(phrase, each.start_ms, each.start_ms + 400, 0.9, channel, parties[channel])
            for channel, spoken in speech.items()
            for each in spoken
            for phrase in phrases
        )


def found(
    folder: Path, phrases: Sequence[str], **known: object
) -> tuple[list[tuple[str, Party, int]], list[str]]:
    with open_recording(write_wav(folder / "call.wav", np.zeros(64_000), np.zeros(64_000))) as recording:
        speech = {0: (Stretch(0, 1_000),), 1: (Stretch(2_000, 3_000),)}
        hits, notices = spoken_phrases(
            cast(SpokenSearch, FakeSearch()),
            recording,
            speech,
            phrases,
            **({"languages": {}, "parties": {0: Party.AGENT, 1: Party.UNKNOWN}} | known),  # type: ignore[arg-type]
        )
    return [(hit.phrase, hit.party, hit.start_ms) for hit in hits], [notice.code for notice in notices]


def test_a_phrase_that_cannot_be_spoken_is_told_and_the_others_are_sought(tmp_path: Path) -> None:
    hits, notices = found(tmp_path, ["refund", "mumble"])
    assert hits == [("refund", Party.AGENT, 0), ("refund", Party.UNKNOWN, 2_000)]
    assert notices == ["spoken_phrase_not_sought"]


def test_only_english_sound_is_searched(tmp_path: Path) -> None:
    hits, notices = found(tmp_path, ["refund"], languages={0: "hu", 1: "en"})
    assert hits == [("refund", Party.UNKNOWN, 2_000)]
    assert notices == ["spoken_phrases_english_only"]


def test_the_turn_says_whose_phrase_it_is_where_the_channel_does_not(tmp_path: Path) -> None:
    turns = [
        Turn(Party.CUSTOMER, "a refund please", start_ms=1_900, end_ms=3_000, audio_channel=1, speaker=0),
        Turn(Party.AGENT, "elsewhere", start_ms=0, end_ms=4_000, audio_channel=0),
    ]
    assert found(tmp_path, ["refund"], turns=turns)[0][1] == ("refund", Party.CUSTOMER, 2_000)


def test_what_is_said_where_the_transcript_is_masked_is_not_told(tmp_path: Path) -> None:
    before, within = [Stretch(350, 900)], [Stretch(1_700, 2_300)]
    assert found(tmp_path, ["my card"], secrets=before)[0][0] == ("my card", Party.AGENT, 0)
    assert found(tmp_path, ["four one"], secrets=within)[0] == [("four one", Party.AGENT, 0)]


def test_what_the_transcript_knows_is_heeded_when_the_archive_is_searched(tmp_path: Path) -> None:
    """The agent speaks at 0 and 4 s, the customer at 2 s; sound in Hungarian was translated into English."""
    path, options = call(tmp_path), RecordingOptions(spoken_phrases=("four one",))
    search = Transcription(
        lambda: (LoudnessRecogniser(), ()),
        Redactor(),
        find_speech=every_loud_second,
        open_search=lambda: cast(SpokenSearch, FakeSearch()),
    ).spoken_phrases
    card = Turn(
        Party.CUSTOMER, "[card]", start_ms=2_000, end_ms=3_000, words=(Word(2_000, 3_000, "[card]", 1),)
    )
    masked = Transcript("whisper", "1", (card,), redactions=(Redaction("card", 0, 0, 8),))
    translated = Transcript("whisper", "1", (), language="en", languages={0: "en", 1: "hu"})
    assert [hit.start_ms for hit in search(path, options)[0]] == [0, 4_000, 2_000]
    assert [hit.start_ms for hit in search(path, options, known=masked)[0]] == [0, 4_000]
    hits, notices = search(path, options, known=translated)
    assert [hit.start_ms for hit in hits] == [0, 4_000]
    assert [notice.code for notice in notices] == ["spoken_phrases_english_only"]


@pytest.mark.parametrize("phones", [4, 8, 20])
def test_scores_rise_with_the_ratio_and_with_the_length(phones: int) -> None:
    assert score_of(-40, phones) < score_of(0, phones) < score_of(20, phones) < score_of(20, phones + 1)
    assert score_of(ratio_of(0.7, phones), phones) == pytest.approx(0.7)
    assert 0 <= score_of(-1e9, phones) < score_of(1e9, phones) <= 1
