"""The worker as a process: it serves, stops politely, gives long work back, dies with its parent."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from service.broker import open_broker
from service.jobs import Jobs
from service.store import call_reasons, tasks
from service.store.tasks import TaskView
from tests.workers.conftest import accept, chat
from tests.workers.processes import ROOT, eventually, worker
from workers.context import Context
from workers.settings import WorkerSettings

pytestmark = pytest.mark.slow  # each starts interpreters of its own

_CUT_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid()
"""


def view(context: Context, task_id: UUID) -> TaskView:
    with context.database.reading() as session:
        return tasks.view(session, task_id)


def test_once_does_what_is_due_and_ends(context: Context, settings: WorkerSettings, tmp_path: Path) -> None:
    done = [accept(context, chat(f"My bill {number}")) for number in range(3)]
    recording = accept(context, "agent: Hello", channel="voice")
    with worker(settings, "text", "--once", log=tmp_path / "log") as process:
        assert process.wait(timeout=30) == 0
    assert [view(context, task).state for task in done] == ["done"] * 3
    assert view(context, recording).state == "queued", "speech is not its queue"
    with context.database.reading() as session:
        assert [row.name for row in call_reasons.current(session)][:1] == ["billing and payments"]
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["event"] == "worker_drained"
    assert lines[-1]["tasks"] == 6


@pytest.mark.parametrize("broker", ["none", "embedded"])
def test_it_serves_both_queues_with_and_without_a_broker(
    context: Context, settings: WorkerSettings, tmp_path: Path, broker: str
) -> None:
    settings = settings.model_copy(update={"broker": broker})
    with worker(settings, "speech", "--also", "text", log=tmp_path / "log") as process:
        log = tmp_path / "log"
        assert eventually(lambda: "worker_ready" in log.read_text(encoding="utf-8"), seconds=30)
        shared = open_broker(settings)
        shared.start()
        jobs = Jobs(shared)
        accepted = [accept(context, "customer: My bill", channel="voice"), accept(context, chat("parcel"))]
        rung = [jobs.ring(accepted[0], "speech"), jobs.ring(accepted[1], "text")]
        assert rung == [broker == "embedded"] * 2
        assert eventually(lambda: {view(context, task).state for task in accepted} == {"done"})
        jobs.close()
        shared.stop()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert "worker_stopped" in (tmp_path / "log").read_text(encoding="utf-8")


def test_told_to_stop_it_finishes_the_current_task(
    context: Context, settings: WorkerSettings, tmp_path: Path
) -> None:
    task_id = accept(context, chat("sleep 1.0"))
    with worker(settings, "text", log=tmp_path / "log") as process:
        assert eventually(lambda: view(context, task_id).state == "running", seconds=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    seen = view(context, task_id)
    assert (seen.state, seen.stage) == ("queued", "analyze"), "one stage was finished, the next not begun"


def test_told_to_stop_it_gives_a_long_task_back(
    context: Context, settings: WorkerSettings, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"stop_seconds": 0.5})
    task_id = accept(context, chat("sleep 60"))
    with worker(settings, "text", log=tmp_path / "log") as process:
        assert eventually(lambda: view(context, task_id).state == "running", seconds=30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 75
    seen = view(context, task_id)
    assert (seen.state, seen.attempts) == ("queued", 0)
    with context.database.reading() as session:
        assert tasks.attempt_outcomes(session) == {"released": 1}


def test_killed_its_task_is_done_by_another(
    context: Context, settings: WorkerSettings, tmp_path: Path
) -> None:
    task_id = accept(context, chat("sleep 1.5"))
    with worker(settings, "text", log=tmp_path / "one") as first:
        assert eventually(lambda: view(context, task_id).state == "running", seconds=30)
        first.kill()
        first.wait()
    with worker(settings, "text", log=tmp_path / "two"):
        assert eventually(lambda: view(context, task_id).state == "done", seconds=30)
    with context.database.reading() as session:
        assert tasks.attempt_outcomes(session) == {"crashed": 1, "done": 2}


def test_killed_in_the_middle_of_a_recording_its_successor_goes_on_there(
    context: Context, settings: WorkerSettings, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"lease_seconds": 3.0})
    lines = ["agent: sleep 0.8"] * 8
    task_id = accept(context, "\n".join(lines), channel="voice")
    file = settings.checkpoints_dir / str(task_id)
    with worker(settings, "speech", log=tmp_path / "one") as first:
        assert eventually(lambda: (view(context, task_id).progress or 0) >= 0.5, seconds=60)
        first.kill()
        first.wait()
    done = heard(tmp_path / "one")
    assert len(done) >= 4
    assert file.exists(), "it was killed, so what it had heard is still there"
    seen = []

    def finished() -> bool:
        now = view(context, task_id)
        seen.append(now.progress if now.stage == "transcribe" and now.state == "running" else None)
        return now.stage == "analyze"

    with worker(settings, "speech", log=tmp_path / "two"):
        assert eventually(finished, seconds=60)
    again = heard(tmp_path / "two")
    assert again[-1] == 7
    assert set(done[:-1]).isdisjoint(again), "no line is heard twice but the one that was cut off"
    progress = [one for one in seen if one is not None]
    assert progress == sorted(progress)
    assert progress[0] >= 0.5, "progress goes on where it was"
    assert not file.exists(), "it holds words that are not redacted: gone with its task"


def heard(log: Path) -> list[int]:
    """The lines that a worker process heard, by its log."""
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [entry["number"] for entry in entries if entry["event"] == "line_heard"]


def test_it_outlives_its_database_connections(
    context: Context, settings: WorkerSettings, tmp_path: Path
) -> None:
    if context.database.url_kind != "postgresql":
        pytest.skip("SQLite has no connections to lose")
    first = accept(context, chat("My bill"))
    with worker(settings, "text", log=tmp_path / "log") as process:
        assert eventually(lambda: view(context, first).state == "done", seconds=30)
        with context.database.transaction() as session:
            session.execute(text(_CUT_OTHERS))
        second = accept(context, chat("parcel"))
        assert eventually(lambda: view(context, second).state == "done")
        assert process.poll() is None


def test_it_dies_with_its_parent_when_asked(settings: WorkerSettings, tmp_path: Path) -> None:
    if not settings.database.startswith("sqlite"):
        pytest.skip("the database does not matter here")
    script = textwrap.dedent("""
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-m", "tests.chaos.chaos_worker", "text"])
        print(child.pid, flush=True)
        time.sleep(60)
    """)
    environment = {
        **os.environ,
        "OVERTONE_DATA_DIR": str(tmp_path),
        "OVERTONE_DATABASE_URL": settings.database,
        "OVERTONE_BROKER": "none",
        "OVERTONE_DIE_WITH_PARENT": "1",
        "PYTHONPATH": str(ROOT),
    }
    with (tmp_path / "out").open("w+b") as out:
        parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=out)
        assert eventually(lambda: b"worker_ready" in (tmp_path / "out").read_bytes(), seconds=30)
        parent.kill()
        parent.wait()
        pid = int((tmp_path / "out").read_text(encoding="utf-8").splitlines()[0])
        assert eventually(lambda: not Path(f"/proc/{pid}").exists() or "Z" in _state(pid), seconds=2)


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
