"""A transcript goes into the store and comes out the same."""

from nlp.transcript import Notice, Party, Redaction, Sound, Stretch, Transcript, Turn, Word
from service.store import interactions, transcripts
from service.store.database import Database
from tests.service.store.made import make_interaction
from workers.transcript_rows import how_made, new_turns, transcript_of

RECORDED = Transcript(
    "sphinx",
    "5",
    (
        Turn(Party.AGENT, "hello", 0, 900, 0.9, (Word(0, 900, "hello", 0.9),), audio_channel=0, speaker=1),
        Turn(Party.UNKNOWN, "my card [card]", 1000, 2500, audio_channel=0, quoted="q", signature="s"),
    ),
    language="en",
    duration_ms=3000,
    reliable=False,
    confidence=0.4,
    audio_channels=1,
    languages={0: "hu"},
    role_confidence=0.6,
    sound=Sound(
        loudness={0: (12, 55, 0)},
        speech={0: (Stretch(0, 900), Stretch(1000, 2500))},
        holds=(Stretch(2500, 2800),),
        gaps=(Stretch(900, 950),),
    ),
    redactions=(Redaction("card", 1, 8, 24),),
    notices=(Notice("fallback_engine", "No weights."),),
    thresholds={"reliable_confidence": 0.5},
)
WRITTEN = Transcript("text", "1", (Turn(Party.CUSTOMER, "hi"),), reliable=True, subject="Hello")


def test_nothing_of_a_transcript_is_lost_in_the_store(database: Database) -> None:
    for transcript in (RECORDED, WRITTEN):
        with database.transaction() as session:
            row = make_interaction(session)
            transcripts.replace(session, row.id, how_made(transcript), turns=new_turns(transcript))
            interactions.mark_transcribed(
                session, row.id, duration_ms=transcript.duration_ms, subject=transcript.subject
            )
        with database.reading() as session:
            kept = interactions.get(session, row.id)
            made = transcripts.get(session, row.id)
            assert made is not None
            assert transcript_of(kept, made, transcripts.turns(session, row.id)) == transcript
