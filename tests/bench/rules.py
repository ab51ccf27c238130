"""Rules on a synthetic archive with planted matches: is every one found and no other, and how fast.

20,000 interactions of 12 turns with about 10 words each, written straight into a SQLite file. In every
hundredth the customer says a phrase that nothing else says, in the first third; in as many more it is said by
the agent, too late, or in a mail: near misses. Precision and recall are against what was planted.
"""

import json
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from service.rules import parse
from service.rules.figures import figures
from service.store import rule_trials
from service.store.database import Database, Session, new_id, open_database
from service.store.filters import InteractionFilter
from service.store.rule_runs import library_with
from service.store.rule_trials import Plan, Trial
from service.store.tables import (
    AnalysisRow,
    InteractionRow,
    TranscriptRow,
    TurnFindingRow,
    TurnRow,
)
from tests.service.store.made import MORNING

COUNT, TURNS, WORDS, BATCH, SEED = 20_000, 12, 10, 1000, 3
QUEUES = ("Sales", "Care", "Billing", "Retention")
PLANTED = "I will move to another provider"
VOCABULARY = [f"{a}{b}" for a in ("ba", "de", "ki", "lo", "mu", "ra", "se", "to") for b in (
    "nal", "mer", "sit", "don", "vex", "pir", "gol", "tas", "wim", "rud", "kan", "fel", "bor", "jin", "zed",
)]  # fmt: skip
SAID = 'customer says "move to another provider" in first 40%'
ANY_HIT = 'disposition in ("hit", "hit angry")'
RULES = {  # each with what says which interactions it should match
    "words": (f"{SAID} and not channel is email", ANY_HIT),
    "regex": ('customer says regex "move to an\\w+ provider" in first 40% and channel is voice', ANY_HIT),
    "any form": (
        'customer says any form of "move to another provider" in first 40% and channel is voice',
        ANY_HIT,
    ),
    "words, feelings, silence": (
        f"{SAID} and channel is voice and customer sentiment < -1 and silence > 10s",
        'disposition is "hit angry"',
    ),
    "metadata and words": (
        f'queue is "Retention" and channel is voice and {SAID}',
        'campaign is "hit Retention"',
    ),
}


def turns_of(chance: random.Random, planted: str) -> list[dict[str, Any]]:
    """The turns of one interaction; ``planted`` says where the phrase goes: hit, agent, late or nowhere."""
    made = []
    for number in range(TURNS):
        party = "agent" if number % 2 == 0 else "customer"
        text = " ".join(chance.choices(VOCABULARY, k=WORDS))
        if {"hit": 1, "mail": 1, "agent": 2, "late": TURNS - 1}.get(planted) == number:
            text = f"{text} {PLANTED} {text[:20]}"
        start = number * 5000
        words = [
            [start + 300 * at, start + 300 * at + 250, word, 0.9] for at, word in enumerate(text.split())
        ]
        times = {"start_ms": start, "end_ms": start + 4500, "words": words}
        made.append({"position": number, "party": party, "text": text, **times})
    return made


def write(session: Session, first: int, count: int, chance: random.Random) -> None:
    """A batch of interactions; the disposition says what was planted."""
    kinds = {0: "hit", 25: "agent", 50: "late", 75: "mail"}
    rows: dict[type, list[dict[str, Any]]] = {
        table: [] for table in (InteractionRow, TranscriptRow, TurnRow, AnalysisRow, TurnFindingRow)
    }
    for number in range(first, first + count):
        planted, key = kinds.get(number % 100, ""), new_id()
        rows[InteractionRow].append(_interaction(key, number, planted))
        rows[TranscriptRow].append(_transcript(key))
        sentiment = -3.0 if planted == "hit" and number % 200 == 0 else 0.5
        rows[AnalysisRow].append(_analysis(key, sentiment))
        for turn in turns_of(chance, planted):
            rows[TurnRow].append({**_turn(key), **turn})
            finding = {
                "interaction_id": key,
                "position": turn["position"],
                "sentiment": sentiment,
                "emotions": [],
            }
            rows[TurnFindingRow].append(finding)
    for table, values in rows.items():
        session.execute(insert(table), values)


def _interaction(key: UUID, number: int, planted: str) -> dict[str, Any]:
    started = MORNING + timedelta(minutes=number)
    queue = QUEUES[(number // 100) % len(QUEUES)]
    return {
        "id": key,
        "channel": "email" if planted == "mail" else "voice",
        "source": "bench",
        "external_id": str(number),
        "status": "analyzed",
        "started_at": started,
        "day": started.date(),
        "received_at": started,
        "transcribed_at": started,
        "analyzed_at": started,
        "duration_ms": TURNS * 5000,
        "queue": queue,
        "disposition": "hit angry" if planted == "hit" and number % 200 == 0 else planted or "none",
        "campaign": f"{planted} {queue}",
        "attributes": {},
        "blob_key": "0",
        "blob_bytes": 1,
        "media_type": "audio/wav",
    }


def _transcript(key: UUID) -> dict[str, Any]:
    empty: dict[str, Any] = {"languages": {}, "notices": [], "thresholds": {}}
    made = {"engine": "bench", "engine_version": "1", "reliable": True, "created_at": MORNING}
    return {"interaction_id": key, **made, **empty}


def _turn(key: UUID) -> dict[str, Any]:
    return {"interaction_id": key, "quoted": "", "signature": "", "redactions": []}


def _analysis(key: UUID, sentiment: float) -> dict[str, Any]:
    silence = [{"start_ms": 20_000, "end_ms": 35_000}]
    return {
        "interaction_id": key,
        "sentiment": sentiment,
        "sentiment_by_party": {"customer": {"score": sentiment, "quarters": [sentiment] * 4}},
        "characteristics": {"silences": silence, "longest_silence_ms": 15_000, "non_talk_threshold_ms": 3000},
        "models": {},
        "thresholds": {},
        "created_at": MORNING,
    }


def tried(session: Session, rule: str, label: str) -> tuple[Trial, float]:
    """A dry run over the whole archive, and its seconds of processor time."""
    tree, against = parse(rule), parse(label)
    plan = Plan(tree=tree, library=library_with(session, None, tree), time_zone="UTC", against=against)  # type: ignore[arg-type]
    begin = time.process_time()
    trial = rule_trials.run(session, plan, filters=InteractionFilter(), limit=1, seconds=3600)
    return trial, time.process_time() - begin


def archive(folder: Path, count: int) -> Database:
    """The synthetic archive."""
    database = open_database(f"sqlite:///{folder / 'overtone.db'}")
    database.migrate()
    chance = random.Random(SEED)
    for first in range(0, count, BATCH):
        with database.transaction() as session:
            write(session, first, min(BATCH, count - first), chance)
    return database


def main(count: int = COUNT) -> dict[str, object]:
    """Try every rule; what is found beside what was planted, and interactions per second."""
    found: dict[str, object] = {
        "interactions": count,
        "planted, and as many near misses of each kind": count // 100,
    }
    with tempfile.TemporaryDirectory() as folder:
        database = archive(Path(folder), count)
        for name, (rule, label) in RULES.items():
            with database.reading() as session:
                trial, seconds = tried(session, rule, label)
            beside = figures(trial.counts)
            precision = beside.precision.value if beside else None
            recall = beside.recall.value if beside else None
            rate = round(trial.seen / seconds)
            told = f"{rate} interactions/s, precision {precision}, recall {recall}"
            found[name] = f"{told}, matched {trial.counts['matched_after']}"
            print(f"{name}: {found[name]}", file=sys.stderr)
        database.close()
    return found


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])), ensure_ascii=False))
