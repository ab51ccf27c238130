"""Claiming, keeping, finishing and failing tasks, on both databases."""

import time
from typing import Any
from uuid import UUID

import pytest

from service.errors import Conflict, NotFound
from service.store import interactions, tasks
from service.store.database import Database, Session, new_id
from service.store.tables import Status, TaskAttemptRow, TaskState
from service.store.tasks import Claim, Fenced
from tests.service.store.made import make_interaction, run_together

LEASE = 30.0


def add(database: Database, **known: Any) -> UUID:
    """A queued task of a new interaction."""
    with database.transaction() as session:
        interaction = make_interaction(session)
        return tasks.add(session, "transcribe", interaction.id, "speech", **known).id


def claimed(database: Database, task_id: UUID, owner: str = "one", lease: float = LEASE) -> Claim:
    with database.transaction() as session:
        claim = tasks.claim(session, task_id, owner, lease)
    assert claim is not None
    return claim


def outcome(session: Session, claim: Claim) -> str | None:
    row = session.get(TaskAttemptRow, (claim.task_id, claim.fence))
    assert row is not None
    return row.outcome


def test_a_claim_is_given_once(database: Database) -> None:
    task_id = add(database)
    claim = claimed(database, task_id)
    assert (claim.fence, claim.attempts, claim.owner, claim.kind) == (1, 1, "one", "transcribe")
    with database.transaction() as session:
        assert tasks.claim(session, task_id, "two", LEASE) is None
        assert tasks.claim_next(session, ["speech"], "two", LEASE) is None
        row = tasks.get(session, task_id)
        assert row.lease_until is not None
        assert row.started_at is not None
        assert 0 < row.lease_until - row.started_at <= LEASE * 1000 + 5


def test_many_workers_share_the_tasks_without_overlap(database: Database) -> None:
    wanted = {add(database) for _ in range(20)}
    got: list[UUID] = []

    def work() -> None:
        while True:
            with database.transaction() as session:
                claim = tasks.claim_next(session, ["speech"], "w", LEASE)
            if claim is None:
                return
            got.append(claim.task_id)

    run_together(work, times=4)
    assert sorted(got) == sorted(wanted)


def test_next_goes_by_queue_priority_and_time(database: Database) -> None:
    with database.transaction() as session:
        subject = make_interaction(session).id
        other = tasks.add(session, "a", subject, "text").id
        first = tasks.add(session, "b", subject, "speech").id
        second = tasks.add(session, "c", subject, "speech").id
        urgent = tasks.add(session, "d", subject, "speech", priority=-1).id
        later = tasks.add(session, "e", subject, "speech", run_at=2**42).id
    order = []
    for _ in range(5):
        with database.transaction() as session:
            claim = tasks.claim_next(session, ["speech"], "w", LEASE)
            order.append(claim and claim.task_id)
    assert order == [urgent, first, second, None, None]
    assert later not in order
    assert other not in order


def test_a_heartbeat_extends_the_lease_and_tells_the_progress(database: Database) -> None:
    claim = claimed(database, add(database))
    with database.reading() as session:
        before = tasks.get(session, claim.task_id).lease_until
    time.sleep(0.02)
    with database.transaction() as session:
        assert tasks.heartbeat(session, claim, 0.5)
    with database.transaction() as session:
        assert tasks.heartbeat(session, claim)
        row = tasks.get(session, claim.task_id)
        assert row.progress == 0.5
        assert row.lease_until is not None
        assert before is not None
        assert row.lease_until > before


def test_finishing_needs_the_fence(database: Database) -> None:
    claim = claimed(database, add(database), lease=0.001)
    time.sleep(0.01)
    with database.transaction() as session:
        assert tasks.reconcile(session).requeued == 1
    second = claimed(database, claim.task_id, "two")
    assert second.fence == 2
    with database.transaction() as session:
        assert not tasks.heartbeat(session, claim)
    for late in (
        lambda session: tasks.finish(session, claim),
        lambda session: tasks.fail(session, claim, "x", "X.", permanent=True),
    ):
        with pytest.raises(Fenced), database.transaction() as session:
            late(session)
    with database.transaction() as session:
        tasks.mark_fenced(session, claim)
        tasks.finish(session, second)
    with database.reading() as session:
        row = tasks.get(session, claim.task_id)
        assert (row.state, row.attempts, row.crashes, row.progress) == (TaskState.DONE, 2, 1, 1.0)
        assert row.finished_at is not None
        assert (outcome(session, claim), outcome(session, second)) == ("fenced", "done")
        assert tasks.attempt_outcomes(session) == {"fenced": 1, "done": 1}


def test_what_is_written_with_a_fenced_finish_is_rolled_back(database: Database) -> None:
    claim = claimed(database, add(database))
    with database.transaction() as session:
        tasks.cancel(session, claim.task_id)

    def write_and_finish() -> None:
        with database.transaction() as session:
            interactions.mark_analyzed(session, claim.subject_id)
            tasks.finish(session, claim)

    with pytest.raises(Fenced):
        write_and_finish()
    with database.reading() as session:
        assert interactions.get(session, claim.subject_id).status == Status.RECEIVED


def test_a_failure_waits_longer_each_time_and_then_is_dead(database: Database) -> None:
    task_id, pauses = add(database, max_attempts=3), []
    for number in range(3):
        claim = claimed(database, task_id)
        with database.transaction() as session:
            state = tasks.fail(session, claim, "odd", "It went wrong.", permanent=False, backoff_seconds=10.0)
            row = tasks.get(session, task_id)
            if number < 2:
                assert state is TaskState.QUEUED
                assert row.started_at is not None
                pauses.append(row.run_at - row.started_at)
                assert tasks.claim(session, task_id, "w", LEASE) is None, "not due yet"
                row.run_at = 0
    assert state is TaskState.DEAD
    assert 5_000 <= pauses[0] <= 15_500
    assert 10_000 <= pauses[1] <= 30_500
    with database.reading() as session:
        row = tasks.get(session, task_id)
        assert (row.error_code, row.error_detail, row.attempts) == ("odd", "It went wrong.", 3)
        interaction = interactions.get(session, row.subject_id)
        assert (interaction.status, interaction.failure_code) == (Status.FAILED, "odd")


def test_a_permanent_failure_is_dead_at_once_and_can_be_redriven(database: Database) -> None:
    claim = claimed(database, add(database))
    with database.transaction() as session:
        assert tasks.fail(session, claim, "no_text", "A\x00B", permanent=True) is TaskState.DEAD
        assert tasks.get(session, claim.task_id).error_detail == "AB"
    with database.transaction() as session:
        row = tasks.redrive(session, claim.task_id)
        assert (row.state, row.attempts, row.error_code) == (TaskState.QUEUED, 0, None)
        interaction = interactions.get(session, row.subject_id)
        assert (interaction.status, interaction.failure_code) == (Status.RECEIVED, None)
    again = claimed(database, claim.task_id)
    assert (again.fence, again.attempts) == (2, 1)
    with pytest.raises(Conflict, match="task_not_failed"), database.transaction() as session:
        tasks.redrive(session, claim.task_id)


def test_a_released_task_is_as_if_never_claimed(database: Database) -> None:
    claim = claimed(database, add(database))
    with database.transaction() as session:
        assert tasks.release(session, claim)
        assert not tasks.release(session, claim)
        assert outcome(session, claim) == "released"
    assert claimed(database, claim.task_id).attempts == 1


def test_a_cancelled_task_is_done_by_nobody(database: Database) -> None:
    waiting, running = add(database), claimed(database, add(database))
    with database.transaction() as session:
        assert tasks.cancel(session, waiting) == 1
        assert tasks.cancel(session, running.task_id) == 1
        assert tasks.cancel(session, running.task_id) == 0
        assert not tasks.heartbeat(session, running)
        assert outcome(session, running) == "cancelled"
        assert tasks.claim(session, waiting, "w", LEASE) is None


def test_what_follows_belongs_to_the_chain(database: Database) -> None:
    claim = claimed(database, add(database, priority=5, max_attempts=7))
    with database.transaction() as session:
        tasks.finish(session, claim)
        row = tasks.add(session, "analyze", claim.subject_id, "text", follows=claim)
        assert (row.root_id, row.priority, row.max_attempts) == (claim.task_id, 5, 7)
        assert row.id != row.root_id


def test_what_came_first_is_brought_to_its_end_first(database: Database) -> None:
    first = claimed(database, add(database))
    add(database)
    with database.transaction() as session:
        tasks.finish(session, first)
        following = tasks.add(session, "analyze", first.subject_id, "speech", follows=first).id
    with database.transaction() as session:
        assert tasks.view(session, following).place_in_line == 1
        claim = tasks.claim_next(session, ["speech"], "w", LEASE)
        assert claim is not None
        assert claim.task_id == following


def test_no_such_task(database: Database) -> None:
    for ask in (tasks.view, tasks.redrive, tasks.cancel, tasks.get):
        with pytest.raises(NotFound, match="task_not_found"), database.transaction() as session:
            ask(session, new_id())
