"""A store filled with rows as a centre of some weeks would have them, for pages to show."""

import io
import math
import random
import struct
import wave
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from service.store import analyses, call_reasons, customers, interactions, keys, tasks, transcripts
from service.store.analyses import NewAnalysis, NewEmotion, NewFinding, NewReason
from service.store.blobs import Blobs
from service.store.database import Database, Session
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.dashboard.dialogues import CUSTOMERS, SCRIPTS, TAXONOMY, Script, TaxonomyReason
from tests.service.dashboard.seed_rows import CHARACTERISTICS, TEXT, TIMED, add_row, spoken, write_script

AGENTS = ("Dana Whitfield", "Marcus Bell", "Priya Raman", "Tom Okafor")
HOSTILE = (
    '<script>window.hacked = true</script><img src=x onerror="window.hacked = true"> "><svg onload=alert(1)>'
)


@dataclass(frozen=True)
class Seeded:
    """What tests look at by name."""

    token: str
    reading_token: str
    call: UUID
    voices: UUID
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
        voices = _voices(session, today, key)
        mail = _mail(session, today, people[0])
        unreliable = _unreliable(session, today, key)
        failed, failed_task = _failed(session, today)
        _waiting(session, today)
    return Seeded(token, reading, call, voices, mail, unreliable, failed, failed_task, people[0])


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
    row = add_row(
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
    write_script(session, row, script, timed=channel == "voice", abstained=abstained)


def _call(session: Session, script: Script, today: date, customer: UUID, sound: str, *, number: int) -> UUID:
    name = "call-unexpected-charge.wav"
    row = add_row(session, "voice", today, customer, number, minute=615, file_name=name)
    row.playback_key = sound
    row.pauses = [[20_000, 23_500]]
    write_script(session, row, script, timed=True)
    return row.id


def _voices(session: Session, today: date, sound: str) -> UUID:
    """A mono recording: voices told apart, the agent found by what they say, one turn hard to hear."""
    row = add_row(session, "voice", today, None, 9006, minute=580, file_name="call-one-channel.wav")
    row.playback_key = sound
    write_script(session, row, SCRIPTS[0], timed=True)
    turns = [
        replace(turn, audio_channel=0, speaker=int(turn.party == "customer"), confidence=confidence)
        for turn, confidence in zip(
            spoken(SCRIPTS[0]), (0.9, 0.8, 0.45, 0.7, 0.9, 0.9, 0.9, 0.9), strict=True
        )
    ]
    engine = replace(TIMED, audio_channels=1, role_confidence=0.72, sound=None)
    transcripts.replace(session, row.id, engine, turns=turns)
    return row.id


def _mail(session: Session, today: date, customer: UUID) -> UUID:
    subject = "Re: Charged twice for my March invoice"
    row = add_row(session, "email", today, customer, 9002, minute=640, subject=subject)
    write_script(session, row, SCRIPTS[1], timed=False)
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
    row = add_row(
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
    row = add_row(
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
        "loudness": None,
        "loudness_by_second": None,
        "measured_by": None,
        "turns": None,
    }
    analysis = NewAnalysis(no_reason="unreliable", characteristics=CHARACTERISTICS | unknown)
    analyses.replace(session, row.id, analysis)
    interactions.mark_analyzed(session, row.id)
    return row.id


def _failed(session: Session, today: date) -> tuple[UUID, UUID]:
    row = add_row(session, "voice", today, None, 9005, agent=None, minute=570, file_name="notes-renamed.wav")
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
        row = add_row(session, "voice", today, None, 9010 + number, minute=600 + number)
        task = tasks.add(session, "transcribe", row.id, "speech")
        if number == 0:
            claim = tasks.claim(session, task.id, "seed", 600)
            assert claim is not None
            tasks.heartbeat(session, claim, 0.42)
