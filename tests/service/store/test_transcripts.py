"""Transcripts and analyses are replaced as a whole."""

import pytest

from service.store import analyses, transcripts
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding, NewReason
from service.store.database import Database, Session, new_id
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import make_interaction

TRANSCRIPT = NewTranscript(
    engine="sphinx",
    engine_version="5.1.0",
    language="en",
    reliable=True,
    confidence=0.8,
    audio_channels=2,
    languages={"0": "en", "1": "hu"},
    role_confidence=0.75,
    sound={"loudness": {"0": [40, 0]}, "speech": {"0": [[0, 900]]}, "holds": [], "gaps": [[5, 9]]},
    notices=({"code": "fallback_engine", "detail": "No Whisper weights."},),
    thresholds={"confidence": 0.5},
)
TURNS = [
    NewTurn(party="agent", text="Good morning", start_ms=0, end_ms=900, words=((0, 400, "Good", 0.9),)),
    NewTurn(
        party="customer",
        text="My card [card]",
        speaker=1,
        redactions=({"kind": "card", "start": 8, "end": 24},),
    ),
]
BILLING = NewReason(name="refund", parent="billing", score=0.4, is_primary=True, turn=1)
ORDERS = NewReason(name="late delivery", parent="orders", score=0.9, is_primary=False)


def test_a_transcript_comes_back_as_it_was_written(database: Database) -> None:
    with database.transaction() as session:
        row_id = make_interaction(session).id
        assert transcripts.get(session, row_id) is None
        transcripts.replace(session, row_id, TRANSCRIPT, turns=TURNS)
    with database.reading() as session:
        kept = transcripts.get(session, row_id)
        turns = transcripts.turns(session, row_id)
    assert kept is not None
    assert (kept.engine, kept.reliable, kept.thresholds) == ("sphinx", True, {"confidence": 0.5})
    assert kept.notices == [{"code": "fallback_engine", "detail": "No Whisper weights."}]
    assert (kept.languages, kept.role_confidence, kept.sound) == (
        TRANSCRIPT.languages,
        0.75,
        TRANSCRIPT.sound,
    )
    assert [turn.speaker for turn in turns] == [None, 1]
    assert [(turn.party, turn.text, turn.start_ms) for turn in turns] == [
        ("agent", "Good morning", 0),
        ("customer", "My card [card]", None),
    ]
    assert turns[0].words == [[0, 400, "Good", 0.9]]
    assert turns[1].redactions == [{"kind": "card", "start": 8, "end": 24}]


def test_a_second_transcript_takes_the_place_of_the_first(session: Session) -> None:
    row = make_interaction(session)
    transcripts.replace(session, row.id, TRANSCRIPT, turns=TURNS)
    again = NewTranscript(engine="whisper", engine_version="1", confidence=float("nan"))
    transcripts.replace(session, row.id, again, turns=[NewTurn(party="customer", text="a\x00b \udc80")])
    kept = transcripts.get(session, row.id)
    assert kept is not None
    assert (kept.engine, kept.confidence) == ("whisper", None)
    assert [turn.text for turn in transcripts.turns(session, row.id)] == ["ab \ufffd"]
    transcripts.replace(session, row.id, again, turns=[])
    assert transcripts.turns(session, row.id) == []


def test_an_analysis_comes_back_as_it_was_written(database: Database) -> None:
    analysis = NewAnalysis(
        sentiment=-2.5,
        sentiment_by_party={"customer": {"score": -2.5, "quarters": [0.0, None, -5.0, -2.5]}},
        characteristics={"non_talk_ms": 10, "interruptions": None},
        models={"emotion": "1.0.0"},
        reasons=[ORDERS, BILLING],
        emotions=[
            NewEmotion(party="customer", label="anger", score=0.4),
            NewEmotion(party="customer", label="confusion", score=0.6),
        ],
        findings=[
            NewFinding(emotions=None),
            NewFinding(sentiment=-2.5, emotions=[{"label": "anger", "score": 0.4}]),
        ],
        taxonomy="default",
        taxonomy_version="1",
        model_version="1.0.0",
    )
    with database.transaction() as session:
        row_id = make_interaction(session).id
        assert analyses.get(session, row_id) is None
        analyses.replace(session, row_id, analysis)
    with database.reading() as session:
        kept = analyses.get(session, row_id)
        reasons = analyses.reasons(session, row_id)
        emotions = analyses.emotions(session, row_id)
        findings = analyses.turn_findings(session, row_id)
    assert kept is not None
    assert (kept.sentiment, kept.no_reason) == (-2.5, None)
    assert kept.sentiment_by_party["customer"]["quarters"] == [0.0, None, -5.0, -2.5]
    assert kept.characteristics == {"non_talk_ms": 10, "interruptions": None}
    assert [(row.name, row.is_primary, row.turn) for row in reasons] == [
        ("refund", True, 1),
        ("late delivery", False, None),
    ]
    assert {row.taxonomy for row in reasons} == {"default"}
    assert [row.label for row in emotions] == ["confusion", "anger"]
    assert [row.sentiment for row in findings] == [None, -2.5]
    assert [row.emotions for row in findings] == [None, [{"label": "anger", "score": 0.4}]]


def test_a_second_analysis_takes_the_place_of_the_first(session: Session) -> None:
    row = make_interaction(session)
    emotion = NewEmotion(party="customer", label="joy", score=0.5)
    full = NewAnalysis(reasons=[BILLING, ORDERS], emotions=[emotion], findings=[NewFinding()])
    analyses.replace(session, row.id, full)
    analyses.replace(session, row.id, full)
    assert len(analyses.reasons(session, row.id)) == 2
    analyses.replace(session, row.id, NewAnalysis())
    kept = analyses.get(session, row.id)
    assert kept is not None
    assert kept.no_reason == "abstained"
    assert analyses.reasons(session, row.id) == []
    assert analyses.emotions(session, row.id) == []
    assert analyses.turn_findings(session, row.id) == []


@pytest.mark.parametrize(
    "analysis",
    [
        NewAnalysis(reasons=[ORDERS]),
        NewAnalysis(reasons=[BILLING, NewReason(name="x", parent=None, score=1, is_primary=True)]),
        NewAnalysis(reasons=[BILLING], no_reason="abstained"),
    ],
)
def test_findings_that_contradict_each_other_are_refused(session: Session, analysis: NewAnalysis) -> None:
    with pytest.raises(ValueError, match="reasons"):
        analyses.replace(session, new_id(), analysis)
