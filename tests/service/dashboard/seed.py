"""A store filled with rows as a centre of some weeks would have them, for pages to show."""

import io
import math
import random
import struct
import wave
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from service.store import analyses, call_reasons, customers, interactions, keys, tasks, transcripts
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding, NewReason
from service.store.blobs import Blobs
from service.store.database import Database, Session
from service.store.interactions import NewInteraction
from service.store.tables import InteractionRow
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.dashboard.dialogues import CUSTOMERS, SCRIPTS, TAXONOMY, Script, TaxonomyReason

AGENTS = ("Dana Whitfield", "Marcus Bell", "Priya Raman", "Tom Okafor")
HOSTILE = (
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true"> "><svg onload=alert(1)>'
)
MODELS = {"encoder": "minilm-1", "call_reasons": "1.0.0", "emotion": "1.0.0", "sentiment": "1.0.0"}


@dataclass(frozen=True)
class Seeded:
    """What tests look at by name."""

    token: str
    reading_token: str
    call: UUID
    mail: UUID
    unreliable: UUID
    failed: UUID
    failed_task: UUID
    customer: UUID


def fill(database: Database, blobs: Blobs, *, today: date, count: int = 150) -> Seeded:
    """Interactions of the 56 days up to ``today``: calls, mails, chats, a few of every trouble."""
    chance = random.Random(7)
    sound = blobs.begin()
    sound.write(tone(seconds=48))
    key = sound.commit().key
    with database.transaction() as session:
        call_reasons.replace_taxonomy(
            session, "contact-centre", "1", [TaxonomyReason(*one) for one in TAXONOMY]
        )
        _, token = keys.create(session, "Supervisors", ["admin"])
        _, reading = keys.create(session, "Read only", ["read"])
        people = [_customer(session, *one) for one in CUSTOMERS]
        for number in range(count):
            _any(session, chance, today, people, number, key)
        call = _call(session, SCRIPTS[0], today, people[0], key, number=9001)
        mail = _mail(session, today, people[0])
        unreliable = _unreliable(session, today, key)
        failed, failed_task = _failed(session, today)
        _waiting(session, today)
    return Seeded(token, reading, call, mail, unreliable, failed, failed_task, people[0])


def tone(*, seconds: int) -> bytes:
    """A quiet WAV file of this length, 8 kHz mono."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        samples = (int(900 * math.sin(step / 9)) for step in range(8000 * seconds))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return target.getvalue()


def _customer(session: Session, name: str, phone: str, email: str, crm_id: str) -> UUID:
    known = [("phone", phone), ("email", email), ("crm", crm_id)]
    found = [customers.normalise(kind, value, "US") for kind, value in known if value]
    return customers.resolve(session, found, name=name).customer.id


def _any(
    session: Session, chance: random.Random, today: date, people: list[UUID], number: int, sound: str
) -> None:
    """One of the many; newer weeks have more technical trouble and less billing, so that there is a trend."""
    ago = int(chance.triangular(0, 55, 8))
    weights = [9, 5 + ago / 14, 6, 4 + (3 if ago < 14 else 0), 3, 3]
    script = chance.choices(SCRIPTS, weights)[0]
    channel = chance.choices(["voice", "email", "chat", "note"], [6, 4, 2, 0.5])[0]
    day = today - timedelta(days=ago)
    row = _add(
        session,
        channel,
        day,
        chance.choice(people),
        number,
        agent=chance.choice(AGENTS),
        minute=chance.randrange(600),
    )
    if channel == "voice":
        row.playback_key = sound
    abstained = chance.random() < 0.09
    _write(session, row, script, timed=channel == "voice", abstained=abstained)


def _add(  # a row with what pages show of it
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


def _write(
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
        "customer": {"score": script.mood, "quarters": script.quarters},
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
TEXT = NewTranscript(engine="text", engine_version="1", language="en", reliable=True)
TIMED = NewTranscript(
    engine="sphinx",
    engine_version="5.1",
    language="en",
    reliable=True,
    confidence=0.82,
    audio_channels=2,
    notices=[FALLBACK],
    thresholds={"reliable_from": 0.55},
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


def _call(session: Session, script: Script, today: date, customer: UUID, sound: str, *, number: int) -> UUID:
    row = _add(session, "voice", today, customer, number, minute=615, file_name="call-unexpected-charge.wav")
    row.playback_key = sound
    _write(session, row, script, timed=True)
    return row.id


def _mail(session: Session, today: date, customer: UUID) -> UUID:
    subject = "Re: Charged twice for my March invoice"
    row = _add(session, "email", today, customer, 9002, minute=640, subject=subject)
    _write(session, row, SCRIPTS[1], timed=False)
    text = (
        "Hello,\n\nthank you for your quick answer. The refund to [iban] has still not arrived, and your "
        "colleague on [phone] could not help me.\n\nPlease look into it again."
    )
    quoted = "On Monday you wrote:\nWe have returned the amount to your account."
    turn = NewTurn(party="customer", text=text, quoted=quoted, signature="Kind regards,\nMaria Alvarez")
    transcripts.replace(session, row.id, TEXT, turns=[turn])
    return row.id


def add_hostile(session: Session, today: date) -> UUID:
    """A mail whose every field tries to run something."""
    name = HOSTILE[:190]
    row = _add(
        session, "email", today, None, 9003, agent=name, minute=650, subject=HOSTILE, file_name=HOSTILE
    )
    turn = NewTurn(party="customer", text=f"{HOSTILE}\n{{{{ 7 * 7 }}}}", quoted=HOSTILE, signature=HOSTILE)
    engine = NewTranscript(
        engine=HOSTILE[:90], engine_version="1", notices=[{"code": "x", "detail": HOSTILE}]
    )
    transcripts.replace(session, row.id, engine, turns=[turn])
    label = HOSTILE[:30]
    analysis = NewAnalysis(
        sentiment=-2,
        models={HOSTILE: HOSTILE},
        reasons=[NewReason(name=HOSTILE[:118], parent=None, score=0.9, is_primary=True, turn=0)],
        findings=[NewFinding(sentiment=-2, emotions=[{"label": label, "score": 0.9}])],
        emotions=[NewEmotion(party="customer", label=label, score=0.9)],
    )
    analyses.replace(session, row.id, analysis)
    interactions.mark_analyzed(session, row.id)
    return row.id


def _unreliable(session: Session, today: date, sound: str) -> UUID:
    row = _add(
        session, "voice", today, None, 9004, agent="Marcus Bell", minute=560, file_name="call-noisy-line.wav"
    )
    row.playback_key = sound
    engine = replace(TIMED, reliable=False, confidence=0.21, audio_channels=1)
    words = [
        [900, 1400, "and", 0.2],
        [1500, 1900, "a", 0.3],
        [2000, 2300, "the", 0.2],
        [3000, 4000, "seven", 0.4],
    ]
    turn = NewTurn(party="unknown", text="and a the seven", start_ms=900, end_ms=4000, words=words)
    transcripts.replace(session, row.id, engine, turns=[turn])
    interactions.mark_transcribed(session, row.id)
    unknown = {
        "talk_ms": None,
        "interruptions": None,
        "talk_share": None,
        "words_per_minute": None,
        "turns": None,
    }
    analysis = NewAnalysis(no_reason="unreliable", characteristics=CHARACTERISTICS | unknown)
    analyses.replace(session, row.id, analysis)
    interactions.mark_analyzed(session, row.id)
    return row.id


def _failed(session: Session, today: date) -> tuple[UUID, UUID]:
    row = _add(session, "voice", today, None, 9005, agent=None, minute=570, file_name="notes-renamed.wav")
    task = tasks.add(session, "transcribe", row.id, "speech", max_attempts=3)
    claim = tasks.claim(session, task.id, "seed", 60)
    assert claim is not None
    tasks.fail(
        session, claim, "unreadable_audio", "The file is no recording that can be read.", permanent=True
    )
    session.flush()
    interactions.fail(session, row.id, "unreadable_audio", "The file is no recording that can be read.")
    return row.id, task.id


def _waiting(session: Session, today: date) -> None:
    """One in work and two in line."""
    for number in range(3):
        row = _add(session, "voice", today, None, 9010 + number, minute=600 + number)
        task = tasks.add(session, "transcribe", row.id, "speech")
        if number == 0:
            claim = tasks.claim(session, task.id, "seed", 600)
            assert claim is not None
            tasks.heartbeat(session, claim, 0.42)
