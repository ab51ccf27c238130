"""Transcripts from elsewhere become redacted turns that say where they are from."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nlp.imported import imported
from nlp.playback import masks_of
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcript import Party, Stretch, Transcript
from tests.nlp.loudness import pipeline
from tests.nlp.sounds import noise, write_wav
from tests.requirements import data_folder

CARD = "4111 1111 1111 1111"


def take(folder: Path, content: str, **known: Any) -> Transcript:
    """The file as a transcript of ours."""
    path = folder / "call"
    path.write_text(content)
    return imported(path, Redactor(), **known)


def segment(text: str, *, speaker: object, start: float, confidence: float | None = None) -> dict[str, Any]:
    """A WTF segment of one second."""
    return {"start": start, "end": start + 1, "text": text, "speaker": speaker, "confidence": confidence}


def wtf(*segments: dict[str, Any], **fields: Any) -> str:
    """A WTF document."""
    return json.dumps({"transcript": {"text": ""}, "segments": segments, **fields})


def test_what_is_taken_is_redacted_and_says_where_it_is_from(tmp_path: Path) -> None:
    found = take(tmp_path, f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Customer>My card is {CARD}.")

    assert found.engine == "imported:vtt"
    assert found.turns[0].text == "My card is [card]."
    assert found.redactions[0].kind == "card"
    assert [notice.code for notice in found.notices] == ["imported_transcript"]
    assert (found.reliable, found.confidence) == (True, None)


def test_words_are_redacted_with_their_text(tmp_path: Path) -> None:
    words = [{"start": number, "end": number + 1, "text": part} for number, part in enumerate(CARD.split())]
    content = wtf(
        {**segment(CARD, speaker="Customer", start=0), "end": 9, "words": [0, 1, 2, 3]}, words=words
    )

    assert "1111" not in str(take(tmp_path, content))


def test_what_is_said_in_a_pause_is_left_out(tmp_path: Path) -> None:
    parts = ["Yes,", "hunter", "two", "is", "it."]
    words = [{"start": number, "end": number + 1, "text": part} for number, part in enumerate(parts)]
    said = {**segment(" ".join(parts), speaker="Customer", start=0), "end": 5, "words": [0, 1, 2, 3, 4]}
    without_words = [segment("swordfish", speaker="Customer", start=7), segment("Bye.", speaker=0, start=9)]
    pauses = [Stretch(1_000, 3_000), Stretch(6_000, 8_900)]
    found = take(tmp_path, wtf(said, *without_words, words=words), pauses=pauses)

    assert [(turn.text, turn.start_ms, turn.end_ms) for turn in found.turns] == [
        ("Yes, is it.", 0, 5_000),
        ("Bye.", 9_000, 10_000),
    ]
    assert [word.text for word in found.turns[0].words] == ["Yes,", "is", "it."]


def test_turns_come_in_the_order_of_time_and_strangers_are_numbered(tmp_path: Path) -> None:
    content = wtf(
        segment("Third.", speaker="Ada", start=3),
        segment("First.", speaker="Bob", start=1),
        segment("Second.", speaker="Agent", start=2),
    )

    assert [(turn.party, turn.speaker, turn.text) for turn in take(tmp_path, content).turns] == [
        (Party.UNKNOWN, 0, "First."),
        (Party.AGENT, None, "Second."),
        (Party.UNKNOWN, 1, "Third."),
    ]


def test_a_low_confidence_makes_it_unreliable(tmp_path: Path) -> None:
    doubtful = take(tmp_path, wtf(segment("Hm.", speaker=0, start=0, confidence=0.2)))
    sure = take(tmp_path, wtf(segment("Yes.", speaker=0, start=0, confidence=0.9)))

    assert (doubtful.reliable, sure.reliable) == (False, True)
    assert sure.thresholds == {"reliable_confidence": 0.5}


def test_nothing_said_is_neither_reliable_nor_not(tmp_path: Path) -> None:
    assert take(tmp_path, wtf()).reliable is None


def test_what_the_sender_masked_is_masked_in_the_sound_too(tmp_path: Path) -> None:
    items = [
        {"Content": "Alright", "BeginOffsetMillis": 0, "EndOffsetMillis": 500},
        {"Content": "[PII]", "BeginOffsetMillis": 2000, "EndOffsetMillis": 2500},
    ]
    turn = {"ParticipantRole": "CUSTOMER", "Content": "Alright [PII]", "BeginOffsetMillis": 0,
            "EndOffsetMillis": 2500, "Items": items}  # fmt: skip
    found = take(tmp_path, json.dumps({"Participants": [], "Transcript": [turn]}))

    assert found.turns[0].text == "Alright [pii]"
    assert [(mask.start_ms, mask.end_ms) for mask in masks_of(found)] == [(1700, 2800)]


def test_the_channel_map_gives_turns_their_side(tmp_path: Path) -> None:
    found = take(
        tmp_path,
        wtf(segment("Hello.", speaker=1, start=0)),
        channel_map={0: Party.CUSTOMER, 1: Party.AGENT},
    )

    assert (found.turns[0].party, found.turns[0].audio_channel) == (Party.AGENT, 1)


@pytest.mark.data
def test_a_real_call_analytics_file_is_taken_whole() -> None:
    path = data_folder("aws_calls_two_channel") / "transcribe_call_analytics_example-call.json"
    found = imported(path, Redactor())

    assert found.engine == "imported:aws-call-analytics"
    assert len(found.turns) == 37
    assert {turn.party for turn in found.turns} == {Party.AGENT, Party.CUSTOMER}
    assert (found.language, found.duration_ms, found.reliable) == ("en", 182_890, True)
    assert sum(len(turn.words) for turn in found.turns) == 462
    assert sum(redaction.kind == "pii" for redaction in found.redactions) == 12


def test_its_recording_tells_length_and_sound_and_nothing_is_recognised(tmp_path: Path) -> None:
    words = tmp_path / "call.vtt"
    words.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>Hello.")
    silent, loud = np.zeros(48_000), np.concatenate([noise(1.0, level=0.2), np.zeros(32_000)])
    sound = write_wav(tmp_path / "call.wav", loud, silent)
    transcription = pipeline(Deaf())  # type: ignore[arg-type]  # it must not be asked
    found = transcription.imported(words, RecordingOptions(), recording=sound)

    assert [turn.text for turn in found.turns] == ["Hello."]
    assert (found.engine, found.duration_ms, found.audio_channels) == ("imported:vtt", 3000, 2)
    assert found.sound is not None
    assert found.sound.speech[0][0].start_ms == 0
    assert "imported_transcript" in [notice.code for notice in found.notices]


class Deaf:
    """Fails whoever asks it for anything."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)
