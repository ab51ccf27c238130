"""Rows of one interaction, its transcript and its analysis, as the seed writes them."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from service.store import analyses, interactions, transcripts
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding, NewReason
from service.store.database import Session
from service.store.interactions import NewInteraction
from service.store.tables import InteractionRow
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.dashboard.dialogues import Script

MODELS = {"encoder": "minilm-1", "call_reasons": "1.0.0", "emotion": "1.0.0", "sentiment": "1.0.0"}


def add_row(  # a row with what pages show of it
    session: Session,
    channel: str,
    day: date,
    customer: UUID | None,
    number: int,
    *,
    agent: str | None = "Dana Whitfield",
    minute: int = 0,
    subject: str | None = None,
    file_name: str | None = None,
) -> InteractionRow:
    started = datetime.combine(day, time(8), UTC) + timedelta(minutes=minute)
    suffix = {"voice": "wav", "email": "eml"}.get(channel, "json")
    new = NewInteraction(
        channel=channel,
        source="demo",
        external_id=f"{channel}-{number:05}",
        started_at=started,
        day=day,
        blob_key="0" * 64,
        blob_bytes=480_000,
        media_type="audio/wav" if channel == "voice" else "application/json",
        file_name=file_name or f"{channel}-{number:05}.{suffix}",
        direction="inbound",
        agent=agent,
        queue="Retail" if number % 3 else "Business",
        customer_id=customer,
        subject=subject,
        duration_ms=46_500 if channel == "voice" else None,
        attributes={"region": "North"} if number % 4 else {},
    )
    return interactions.add(session, new)[0]


def write_script(
    session: Session, row: InteractionRow, script: Script, *, timed: bool, abstained: bool = False
) -> None:
    """Transcript and analysis of a script, with word times where it was spoken."""
    said = spoken(script) if timed else written(script)
    transcripts.replace(session, row.id, TIMED if timed else TEXT, turns=said)
    interactions.mark_transcribed(session, row.id, language="en")
    reasons = [] if abstained else _reasons(script)
    analyses.replace(session, row.id, _analysis(script, timed=timed, reasons=reasons))
    interactions.mark_analyzed(session, row.id)


def _reasons(script: Script) -> list[NewReason]:
    top = NewReason(name=script.reason, parent=None, score=0.91, is_primary=False, turn=script.evidence)
    sub = NewReason(name=script.sub, parent=script.reason, score=0.84, is_primary=True, turn=script.evidence)
    return [top, sub]


def _analysis(script: Script, *, timed: bool, reasons: list[NewReason]) -> NewAnalysis:
    felt: dict[tuple[str, str], float] = {}
    for party, _, _, emotions in script.turns:
        for label, score in emotions:
            felt[party, label] = max(score, felt.get((party, label), 0))
    by_party = {
        "customer": {
            "score": script.mood,
            "quarters": script.quarters,
            "shift": 3.5,
            "turned": {"turn": 2, "before": -2.0, "after": 1.5},
        },
        "agent": {"score": 1.2, "quarters": [1.0, 1.5, None, 2.0]},
    }
    return NewAnalysis(
        sentiment=script.mood,
        sentiment_by_party=by_party if timed else {},
        models=MODELS,
        thresholds={"call_reasons": 0.42, "emotion": {"anger": 0.31}},
        characteristics=CHARACTERISTICS if timed else dict.fromkeys(CHARACTERISTICS),
        reasons=reasons,
        findings=[
            NewFinding(
                sentiment=mood, emotions=[{"label": label, "score": score} for label, score in emotions]
            )
            for _, _, mood, emotions in script.turns
        ],
        emotions=[
            NewEmotion(party=party, label=label, score=score) for (party, label), score in felt.items()
        ],
        taxonomy="contact-centre",
        taxonomy_version="1",
        model_version="1.0.0",
    )


FALLBACK = {"code": "fallback_engine", "detail": "No Whisper weights were found."}
VOCABULARY = {"code": "vocabulary", "detail": "1 of 2 expected words and names were heard."}
TEXT = NewTranscript(engine="text", engine_version="1", language="en", reliable=True)
TIMED = NewTranscript(
    engine="sphinx",
    engine_version="5.1",
    language="en",
    reliable=True,
    confidence=0.82,
    audio_channels=2,
    notices=[FALLBACK, VOCABULARY],
    thresholds={"reliable_from": 0.55},
    sound={"loudness": {}, "speech": {}, "holds": [[38_000, 44_000]], "gaps": [[44_500, 45_200]]},
)
CHARACTERISTICS = {
    "talk_ms": {"agent": 17_400, "customer": 21_900},
    "talk_share": {"agent": 0.443, "customer": 0.557},
    "total_talk_ms": 39_300,
    "non_talk_ms": 3_400,
    "non_talk_share": 0.073,
    "longest_silence_ms": 3_400,
    "interruptions": {"agent": 0, "customer": 1},
    "interruption_ms": 640,
    "words_per_minute": {"agent": 148.2, "customer": 163.9},
    "measured_by": "audio_channels",
    "hold_ms": 6_000,
    "hold_count": 1,
    "loudness": {"agent": 61, "customer": 70},
    "loudness_by_second": {
        "agent": [60 + second % 7 if second % 12 < 5 else None for second in range(46)],
        "customer": [66 + second % 11 if second % 12 >= 6 else None for second in range(46)],
    },
    "agent_monologue_ms": 5_200,
    "first_agent_word_ms": 400,
    "turns": {"agent": 4, "customer": 4},
    "non_talk_threshold_ms": 3000,
    "interruption_threshold_ms": 250,
}


def written(script: Script) -> list[NewTurn]:
    """The turns of a script without times."""
    return [NewTurn(party=party, text=text) for party, text, _, _ in script.turns]


def spoken(script: Script) -> list[NewTurn]:
    """The turns of a script with times of 330 ms a word, some words less sure than others."""
    turns, at = [], 400
    for number, (party, text, _, _) in enumerate(script.turns):
        words = [
            [at + place * 330, at + place * 330 + 300, word, _confidence(place, number)]
            for place, word in enumerate(text.split())
        ]
        end = int(words[-1][1])
        channel = int(party == "customer")
        turns.append(
            NewTurn(
                party=party,
                text=text,
                start_ms=at,
                end_ms=end,
                words=words,
                confidence=0.85,
                audio_channel=channel,
            )
        )
        at = end + 350
    return turns


def _confidence(place: int, number: int) -> float:
    if (place + number) % 13 == 5:
        return 0.41
    return 0.68 if (place * 7 + number) % 11 == 3 else 0.97
