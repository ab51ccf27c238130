"""Call Analytics and WTF files: what is taken from them, and how broken ones are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.errors import UnreadableTranscript
from nlp.transcript import Party, Word
from nlp.transcript_files import Given, read_transcript_file

TURN = {
    "ParticipantRole": "AGENT",
    "Content": "Hello, my friend.",
    "BeginOffsetMillis": 40,
    "EndOffsetMillis": 900,
    "Items": [
        {"Type": "pronunciation", "Content": "Hello", "Confidence": "0.9", "BeginOffsetMillis": 40,
         "EndOffsetMillis": 300},
        {"Type": "punctuation", "Content": ",", "Confidence": 0.0},
        {"Type": "pronunciation", "Content": "my", "BeginOffsetMillis": 300, "EndOffsetMillis": 400},
        {"Type": "pronunciation", "Content": "friend", "Confidence": 7, "BeginOffsetMillis": 400,
         "EndOffsetMillis": 900},
    ],
}  # fmt: skip
SEGMENT = {
    "id": 0,
    "start": 0.5,
    "end": 1.1,
    "text": "Hello,",
    "confidence": 0.95,
    "speaker": 0,
    "words": [0, 1],
}
WORDS = [
    {"id": 0, "start": 0.5, "end": 0.8, "text": "Hello", "confidence": 0.98, "is_punctuation": False},
    {"id": 1, "start": 0.9, "end": 1.1, "text": ",", "confidence": 0.95, "is_punctuation": True},
]


def analytics(*turns: Any, **fields: Any) -> dict[str, Any]:
    """A Call Analytics document."""
    return {"Participants": [{"ParticipantRole": "AGENT"}], "Transcript": list(turns), **fields}


def wtf(*segments: Any, **fields: Any) -> dict[str, Any]:
    """A WTF document."""
    transcript = {"text": "Hello,", "language": "en-US", "duration": 65.2, "confidence": 0.92}
    return {"transcript": transcript, "segments": list(segments), "words": WORDS, **fields}


def read(folder: Path, document: Any, **known: Any) -> Given:
    """The document's transcript."""
    path = folder / "call.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return read_transcript_file(path, **known)


def refusal(folder: Path, document: Any) -> str:
    """The code with which a document is refused."""
    with pytest.raises(UnreadableTranscript) as caught:
        read(folder, document)
    return caught.value.code


def test_a_call_analytics_turn_brings_role_times_and_words(tmp_path: Path) -> None:
    facts = {"TotalConversationDurationMillis": 182_890}
    given = read(tmp_path, analytics(TURN, LanguageCode="en-US", ConversationCharacteristics=facts))

    assert (given.language, given.duration_ms, given.audio_channels) == ("en", 182_890, 2)
    assert given.statements[0].party is Party.AGENT
    assert given.statements[0].words == (
        Word(40, 300, "Hello", 0.9),
        Word(300, 400, "my", None),
        Word(400, 900, "friend", None),
    )


def test_contact_lens_names_participants_by_id(tmp_path: Path) -> None:
    turn = {"ParticipantId": "P7", "Content": "Hi.", "BeginOffsetMillis": 0, "EndOffsetMillis": 9}
    participants = [{"ParticipantId": "P7", "ParticipantRole": "CUSTOMER"}]

    assert read(tmp_path, analytics(turn, Participants=participants)).statements[0].party is Party.CUSTOMER


def test_words_that_do_not_stand_in_the_text_are_left_out(tmp_path: Path) -> None:
    turn = TURN | {"Content": "Something else."}

    assert read(tmp_path, analytics(turn)).statements[0].words == ()


def test_a_wtf_segment_names_its_words_by_number(tmp_path: Path) -> None:
    given = read(tmp_path, wtf(SEGMENT, metadata={"provider": "deepgram", "model": "nova-2"}))

    assert given.made_by == "deepgram nova-2"
    assert (given.language, given.duration_ms) == ("en", 65_200)
    assert given.statements[0].words == (Word(500, 800, "Hello", 0.98),)
    assert given.statements[0].party is Party.UNKNOWN


def test_a_wtf_speaker_is_known_by_the_channel_map_or_by_its_label(tmp_path: Path) -> None:
    labelled = wtf(SEGMENT, speakers={"0": {"id": 0, "label": "Agent"}})

    assert read(tmp_path, wtf(SEGMENT), channel_map={0: Party.CUSTOMER}).statements[0].party is Party.CUSTOMER
    assert read(tmp_path, labelled).statements[0].party is Party.AGENT


@pytest.mark.parametrize(
    "times",
    [
        {"BeginOffsetMillis": -1},
        {"BeginOffsetMillis": 901},
        {"EndOffsetMillis": "900"},
        {"EndOffsetMillis": None},
        {"EndOffsetMillis": True},
        {"EndOffsetMillis": 10**400},
        {"EndOffsetMillis": 10**15},
    ],
)
def test_times_that_cannot_be_are_refused(tmp_path: Path, times: dict[str, Any]) -> None:
    assert refusal(tmp_path, analytics(TURN | times)) == "bad_transcript_time"


@pytest.mark.parametrize(
    "document",
    [
        "[]",
        "{",
        '{"a": NaN}',
        "{" + '"a":{' * 100_000,
        "[" * 1_000_000,
        {"channel": "chat"},
        analytics("a string"),
        analytics(TURN | {"Content": ["Hello"]}),
        analytics(TURN, Transcript={"0": TURN}),
        analytics(TURN | {"Items": 7}),
        wtf(SEGMENT | {"words": [2]}),
        wtf(SEGMENT | {"text": None}),
    ],
)
def test_broken_documents_are_refused(tmp_path: Path, document: Any) -> None:
    assert refusal(tmp_path, document) == "unreadable_transcript"


def test_an_infinite_time_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, json.dumps(wtf(SEGMENT)).replace("1.1", "1e999", 1)) == "bad_transcript_time"


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, analytics(TURN | {"Content": "a" * 200_001})) == "transcript_too_large"
    assert refusal(tmp_path, " " * (25 * 1024**2 + 1)) == "transcript_too_large"
