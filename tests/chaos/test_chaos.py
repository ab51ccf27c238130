"""200 interactions while workers and broker are killed, stopped and wiped: each analysed once, none lost."""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Select, func, select

from service.broker import Broker, open_broker
from service.jobs import Jobs
from service.store import interactions, tasks
from service.store.blobs import DirectoryBlobs
from service.store.database import Database, open_database
from service.store.tables import AnalysisRow, InteractionRow, ReasonScoreRow, TaskAttemptRow, TaskRow
from tests.chaos.nemesis import Crew, Nemesis
from tests.databases import database_url, postgres_server, postgres_template, sqlite_template
from tests.service.store.made import new_interaction
from workers.settings import WorkerSettings

__all__ = ["database_url", "postgres_server", "postgres_template", "sqlite_template"]

INTERACTIONS = 200
WORKERS = 3
LEASE = 3.0
SUBMIT_SECONDS = 40.0
DRAIN_SECONDS = 120.0
SEED = int(os.environ.get("OVERTONE_CHAOS_SEED", "1"))
REASONS = ("My bill is wrong", "Where is my parcel", "Hello there")

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]


@dataclass(frozen=True)
class Account:
    """What the database says at the end."""

    analysed: int
    analyses: int
    states: dict[str, int]
    attempts: int
    outcomes: dict[str, int]
    done_twice: int
    wrong: int
    latencies_ms: list[int]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> WorkerSettings:
    return WorkerSettings.model_validate(
        {
            "data_dir": tmp_path / "data",
            "OVERTONE_DATABASE_URL": database_url,
            "broker": "embedded",
            "poll_seconds": 0.5,
            "lease_seconds": LEASE,
            "retry_seconds": 0.2,
            "reconcile_seconds": 1.0,
        }
    )


@pytest.fixture
def database(settings: WorkerSettings) -> Iterator[Database]:
    database = open_database(settings.database)
    yield database
    database.close()


@pytest.fixture
def broker(settings: WorkerSettings) -> Iterator[Broker]:
    broker = open_broker(settings)
    broker.start()
    yield broker
    broker.stop()


def test_every_interaction_is_analysed_once_whatever_happens(
    settings: WorkerSettings,
    database: Database,
    broker: Broker,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = time.monotonic()
    crew = Crew(settings, tmp_path, WORKERS)
    crew.muster()
    nemesis = Nemesis(crew, broker, database, lease_seconds=LEASE, seed=SEED)
    nemesis.start()
    try:
        accepted, rung = submit(settings, database, Jobs(broker))
    finally:
        nemesis.stop()
    healed = time.monotonic()
    drained = drain(database, crew, accepted)
    drain_seconds = time.monotonic() - healed
    ends = crew.dismiss()
    account = take_stock(database, accepted)
    with capsys.disabled():
        sys.stdout.write(
            report(
                account, nemesis, crew, rung=rung, drained_in=drain_seconds, all_in=time.monotonic() - began
            )
        )
    check(account, nemesis)
    assert drained
    assert ends == [0] * WORKERS, "the last crew stopped politely"


def submit(settings: WorkerSettings, database: Database, jobs: Jobs) -> tuple[dict[UUID, str], int]:
    """Accept interactions over some time, as intake does; each id with its text, and how many were rung."""
    pace, accepted, rung = random.Random(SEED), {}, 0
    blobs = DirectoryBlobs(settings.blobs_dir)
    for number in range(INTERACTIONS):
        text = f"{REASONS[number % len(REASONS)]} ({number}), sleep {pace.uniform(0.02, 0.4):.2f}"
        second = f"analysis: sleep {pace.uniform(0.02, 0.3):.2f} ({number})"
        messages = [{"party": "customer", "text": line} for line in (text, second)]
        with blobs.begin() as writer:
            writer.write(json.dumps({"channel": "chat", "messages": messages}).encode())
            blob = writer.commit()
        with database.transaction() as session:
            new = new_interaction(channel="chat", blob_key=blob.key, blob_bytes=blob.size)
            row, _ = interactions.add(session, new)
            task = tasks.add(session, "transcribe", row.id, "text", max_attempts=50)
        accepted[row.id] = text
        rung += jobs.ring(task.id, "text")
        time.sleep(pace.uniform(0, 2 * SUBMIT_SECONDS / INTERACTIONS))
    jobs.close()
    return accepted, rung


def drain(database: Database, crew: Crew, accepted: dict[UUID, str]) -> bool:
    """Wait until all is analysed; False if that does not come about in time."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        crew.muster()
        with database.reading() as session:
            done = session.execute(select(func.count()).select_from(AnalysisRow)).scalar_one()
        if done == len(accepted):
            return True
        time.sleep(0.2)
    return False


def take_stock(database: Database, accepted: dict[UUID, str]) -> Account:
    """Count everything."""
    with database.reading() as session:
        rows = {row.id: row for row in session.scalars(select(InteractionRow))}
        found = {row.interaction_id: row.name for row in session.scalars(_primary())}
        all_tasks = session.scalars(select(TaskRow)).all()
        attempts = session.scalars(select(TaskAttemptRow)).all()
        analyses = session.execute(select(func.count()).select_from(AnalysisRow)).scalar_one()
    done = Counter(attempt.task_id for attempt in attempts if attempt.outcome == "done")
    starts = {task.root_id: task.created_at for task in all_tasks if task.kind == "transcribe"}
    return Account(
        analysed=sum(rows[key].status == "analyzed" for key in accepted),
        analyses=analyses,
        states=dict(Counter(f"{task.kind} {task.state}" for task in all_tasks)),
        attempts=len(attempts),
        outcomes=dict(Counter(str(attempt.outcome) for attempt in attempts)),
        done_twice=sum(number != 1 for number in done.values()) + len(all_tasks) - len(done),
        wrong=sum(found.get(key) != expected(text) for key, text in accepted.items()),
        latencies_ms=sorted(
            (task.finished_at or 0) - starts[task.root_id] for task in all_tasks if task.kind == "analyze"
        ),
    )


def _primary() -> Select[ReasonScoreRow]:
    return select(ReasonScoreRow).where(ReasonScoreRow.is_primary)


def expected(text: str) -> str | None:
    """The primary reason that the fake finds in such a text."""
    if "bill" in text:
        return "billing and payments"
    return "orders and delivery" if "parcel" in text else None


def report(
    account: Account, nemesis: Nemesis, crew: Crew, *, rung: int, drained_in: float, all_in: float
) -> str:
    """The counts, for a reader."""
    late = account.latencies_ms
    p50, p95, longest = (late[min(len(late) - 1, int(len(late) * q))] / 1000 for q in (0.5, 0.95, 1.0))
    return (
        f"\nchaos (seed {SEED}): accepted {INTERACTIONS}, analysed {account.analysed}, "
        f"lost {INTERACTIONS - account.analysed}, analyses {account.analyses}, wrong {account.wrong}, "
        f"tasks not done exactly once {account.done_twice}\n"
        f"  tasks {account.states}; attempts {account.attempts}, of them {account.outcomes}; "
        f"re-executions {account.attempts - 2 * INTERACTIONS}\n"
        f"  faults {sum(nemesis.faults.values())}: {dict(nemesis.faults)}; workers started {crew.started}; "
        f"bells rung at acceptance {rung}\n"
        f"  accept to analysed p50 {p50:.1f} s, p95 {p95:.1f} s, max {longest:.1f} s; "
        f"drained {drained_in:.1f} s after the last fault; {all_in:.0f} s in all\n"
    )


def check(account: Account, nemesis: Nemesis) -> None:
    """Accepted = analysed, each exactly once, none lost; and it was no walk in the park."""
    assert account.analysed == account.analyses == INTERACTIONS
    assert account.states == {"transcribe done": INTERACTIONS, "analyze done": INTERACTIONS}
    assert (account.done_twice, account.wrong) == (0, 0)
    assert account.outcomes["done"] == 2 * INTERACTIONS
    assert set(account.outcomes) <= {"done", "crashed", "fenced", "failed", "released"}
    kinds = {"kill_worker", "pause_worker", "flush", "kill_broker", "hang_broker"}
    assert set(nemesis.faults) == kinds, "every kind of fault happened"
    assert account.outcomes.get("crashed", 0) + account.outcomes.get("fenced", 0) > 0
