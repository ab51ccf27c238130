"""The analysis document has the published names and fits its own schema."""

import json

from nlp.document import Document, document, schema
from nlp.facts import FactFinder
from nlp.transcript import Attachment, Automatic, Notice, Party, Redaction, Sound, Stretch, Transcript, Turn
from tests.nlp.analysis_fakes import pipeline

FIELDS = [
    "engine",
    "language",
    "duration_ms",
    "reliable",
    "confidence",
    "audio_channels",
    "languages",
    "role_confidence",
    "sound",
    "spoken_phrases",
    "turns",
    "summary",
    "call_reasons",
    "emotions",
    "sentiment",
    "sentiment_by_party",
    "characteristics",
    "facts",
    "redactions",
    "notices",
    "automatic",
    "attachments",
    "models",
    "thresholds",
    "no_reason",
]

TURN_FIELDS = [
    "party",
    "start_ms",
    "end_ms",
    "text",
    "confidence",
    "audio_channel",
    "speaker",
    "emotions",
    "sentiment",
]


def made() -> Document:
    transcript = Transcript(
        "sphinx",
        "5",
        (
            Turn(Party.AGENT, "hello my friend", start_ms=0, end_ms=900, confidence=0.9, speaker=1),
            Turn(Party.CUSTOMER, "anger it is late at [phone]", start_ms=1000, end_ms=2500),
        ),
        language="en",
        duration_ms=3000,
        reliable=True,
        languages={0: "en"},
        role_confidence=0.7,
        sound=Sound({0: (40, 0, 3)}, {0: (Stretch(0, 900),)}, gaps=(Stretch(5, 9),)),
        redactions=(Redaction("phone", 1, 20, 32),),
        notices=(Notice("fallback_engine", "No weights."),),
        automatic=Automatic.BULK,
        attachments=(Attachment("a [phone].wav", "audio/wav", 12),),
        thresholds={"reliable_confidence": 0.5},
    )
    return document(transcript, pipeline().analyze(transcript))


def test_the_names_are_as_published() -> None:
    found = json.loads(made().model_dump_json())
    assert list(found) == FIELDS
    assert set(found["turns"][1]) == set(TURN_FIELDS)
    assert set(found["call_reasons"][0]) == {"name", "parent", "score", "primary", "turn"}
    assert found["emotions"] == [{"label": "anger", "score": 0.6}]
    assert found["redactions"] == [{"kind": "phone", "turn": 1, "start": 20, "end": 32}]
    assert found["notices"] == [{"code": "fallback_engine", "detail": "No weights."}]
    assert found["automatic"] == "bulk"
    assert found["attachments"] == [
        {"name": "a [phone].wav", "media_type": "audio/wav", "size": 12, "inline": False}
    ]
    assert found["sentiment_by_party"]["customer"] == {
        "score": -4.0,
        "quarters": [None, -4.0, None, None],
        "shift": None,
        "turned": None,
    }
    assert found["thresholds"]["reliable_confidence"] == 0.5
    assert found["sound"] == {
        "loudness": {"0": [40, 0, 3]},
        "speech": {"0": [{"start_ms": 0, "end_ms": 900}]},
        "holds": [],
        "gaps": [{"start_ms": 5, "end_ms": 9}],
        "pauses": [],
    }
    assert (found["role_confidence"], found["languages"], found["turns"][0]["speaker"]) == (
        0.7,
        {"0": "en"},
        1,
    )
    assert found["characteristics"]["turns"] == {"agent": 1, "customer": 1}


def test_it_can_be_read_back() -> None:
    written = made().model_dump_json()
    assert Document.model_validate_json(written).model_dump_json() == written


def test_the_schema_names_every_field() -> None:
    published = schema()
    assert list(published["properties"]) == FIELDS
    assert published["required"] == FIELDS


def test_an_empty_transcript_has_a_document() -> None:
    empty = Transcript("text", "1", ())
    found = document(empty, pipeline().analyze(empty))
    assert (found.no_reason, found.turns, found.sentiment) == ("no_text", (), None)


def test_facts_stand_at_their_places() -> None:
    said = Transcript("text", "1", (Turn(Party.CUSTOMER, "I paid $45.20"),))
    found = document(said, pipeline().analyze(said), FactFinder().named_in(said))
    assert [(one.kind, one.name, one.value, one.start, one.end) for one in found.facts] == [
        ("amount", "USD", "45.20", 7, 13)
    ]
