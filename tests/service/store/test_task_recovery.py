"""Reconciling what dead workers and wiped brokers leave behind, and how tasks are seen."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from service.store import interactions, tasks
from service.store.database import Database, now
from service.store.tables import Status, TaskState
from service.store.task_clock import read_clock
from tests.service.store.made import make_interaction, run_together


def add(database: Database, kind: str = "analyze", **known: Any) -> UUID:
    with database.transaction() as session:
        return tasks.add(session, kind, make_interaction(session).id, "text", **known).id


def crash(database: Database, task_id: UUID) -> None:
    """A worker claims the task and is never heard of again."""
    with database.transaction() as session:
        assert tasks.claim(session, task_id, "w", 0.001)
    time.sleep(0.005)


def test_the_clock_is_the_databases(database: Database) -> None:
    with database.reading() as session:
        read = datetime.fromtimestamp(read_clock(session) / 1000, UTC)
    assert abs(read - now()) < timedelta(seconds=5)


def test_a_living_lease_is_left_alone(database: Database) -> None:
    with database.transaction() as session:
        row = tasks.add(session, "analyze", make_interaction(session).id, "text")
        tasks.claim(session, row.id, "w", 30.0)
    with database.transaction() as session:
        assert tasks.reconcile(session) == tasks.Recovery()


def test_crashes_use_attempts_up(database: Database) -> None:
    task_id = add(database, max_attempts=2)
    crash(database, task_id)
    with database.transaction() as session:
        first = tasks.reconcile(session)
        assert (first.requeued, first.dead) == (1, 0)
        assert [task.task_id for task in first.due] == [task_id], "its bell is rung at once"
    crash(database, task_id)
    with database.transaction() as session:
        second = tasks.reconcile(session)
        assert (second.requeued, second.dead, second.due) == (0, 1, ())
        row = tasks.get(session, task_id)
        assert (row.state, row.crashes, row.error_code) == (TaskState.DEAD, 2, "worker_lost")
        assert tasks.attempt_outcomes(session) == {"crashed": 2}
        interaction = interactions.get(session, row.subject_id)
        assert (interaction.status, interaction.failure_code) == (Status.FAILED, "worker_lost")
    with database.transaction() as session:
        tasks.redrive(session, task_id)
        assert interactions.get(session, row.subject_id).status == Status.RECEIVED


def test_bells_are_rung_again_when_nobody_came(database: Database) -> None:
    task_id = add(database)
    later = add(database, run_at=2**42)
    with database.transaction() as session:
        assert tasks.reconcile(session).due == (), "rung a moment ago"
    with database.transaction() as session:
        session.execute(text("UPDATE tasks SET hinted_at = hinted_at - 15100 WHERE hinted_at IS NOT NULL"))
    with database.transaction() as session:
        assert [task.task_id for task in tasks.reconcile(session).due] == [task_id]
    with database.transaction() as session:
        assert tasks.reconcile(session).due == ()
        assert tasks.get(session, later).hinted_at is None


def test_several_reconcile_at_once_and_each_task_is_recovered_once(database: Database) -> None:
    crashed = [add(database) for _ in range(5)]
    for task_id in crashed:
        crash(database, task_id)
    recovered: list[int] = []

    def work() -> None:
        with database.transaction() as session:
            recovered.append(tasks.reconcile(session).requeued)

    run_together(work, times=4)
    assert sum(recovered) == len(crashed)


def test_the_view_follows_the_chain(database: Database) -> None:
    root = add(database, "transcribe")
    with database.reading() as session:
        view = tasks.view(session, root)
        assert (view.state, view.stage, view.place_in_line, view.attempts) == ("queued", "transcribe", 1, 0)
    with database.transaction() as session:
        claim = tasks.claim(session, root, "w", 30.0)
        assert claim is not None
        assert tasks.view(session, root).state == "running"
        tasks.heartbeat(session, claim, 0.25)
        assert tasks.view(session, root).progress == 0.25
        tasks.finish(session, claim)
        following = tasks.add(session, "analyze", claim.subject_id, "text", follows=claim).id
    with database.transaction() as session:
        for asked in (root, following):
            view = tasks.view(session, asked)
            assert (view.id, view.task_id, view.state, view.stage) == (root, following, "queued", "analyze")
        claim = tasks.claim(session, following, "w", 30.0)
        assert claim is not None
        tasks.fail(session, claim, "no_text", "There is no text.", permanent=True)
        view = tasks.view(session, root)
        assert (view.state, view.error_code, view.place_in_line) == ("failed", "no_text", None)
        assert view.finished_at is not None
        assert view.finished_at >= view.created_at
    with database.transaction() as session:
        assert tasks.redrive(session, root).id == following
        claim = tasks.claim(session, following, "w", 30.0)
        assert claim is not None
        tasks.finish(session, claim)
        assert tasks.view(session, root).state == "done"


def test_place_in_line_counts_those_before(database: Database) -> None:
    line = [add(database) for _ in range(3)]
    urgent = add(database, priority=-1)
    with database.reading() as session:
        assert [tasks.view(session, task).place_in_line for task in (urgent, *line)] == [1, 2, 3, 4]


def test_counts_for_metrics(database: Database) -> None:
    add(database)
    add(database)
    cancelled = add(database)
    crash(database, add(database))
    with database.transaction() as session:
        tasks.cancel(session, cancelled)
        session.execute(text("UPDATE tasks SET run_at = run_at - 60000 WHERE state = 'queued'"))
    with database.reading() as session:
        queued, running = tasks.counts(session)
    assert (queued.job_queue, queued.state, queued.tasks) == ("text", "queued", 2)
    assert queued.oldest_ms is not None
    assert 60_000 <= queued.oldest_ms < 120_000
    assert (running.state, running.tasks, running.oldest_ms) == ("running", 1, None)
