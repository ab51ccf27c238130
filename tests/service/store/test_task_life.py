"""The life of tasks as a state machine: whatever happens, one valid holder, done is final, none is lost."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule
from sqlalchemy import text

from service.store import tasks
from service.store.database import open_database
from service.store.tables import TaskRow, TaskState
from service.store.tasks import Claim, Fenced
from tests.databases import migrate
from tests.service.store.made import make_interaction

pytestmark = pytest.mark.slow

MAX_ATTEMPTS = 3


class TaskLife(RuleBasedStateMachine):
    """Submits, claims, expires, finishes, fails, cancels, re-drives; leases end when the machine says."""

    held: Bundle[Claim | None] = Bundle("held")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'life.db'}"
        migrate(url)
        self.database = open_database(url)
        self.effects: dict[object, int] = {}
        self.redriven: dict[object, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            self.folder.cleanup()

    @rule()
    def submit(self) -> None:
        with self.database.transaction() as session:
            tasks.add(session, "analyze", make_interaction(session).id, "text", max_attempts=MAX_ATTEMPTS)

    @rule(target=held)
    def claim(self) -> Claim | None:
        with self.database.transaction() as session:
            session.execute(text("UPDATE tasks SET run_at = 0"))
            return tasks.claim_next(session, ["text"], "w", 3600.0)

    @rule()
    def leases_end_and_someone_reconciles(self) -> None:
        with self.database.transaction() as session:
            session.execute(text("UPDATE tasks SET lease_until = 0 WHERE state = 'running'"))
            tasks.reconcile(session)

    @rule(claim=consumes(held))
    def finish(self, claim: Claim | None) -> None:
        if claim is None:
            return
        valid = self._is_valid(claim)
        try:
            with self.database.transaction() as session:
                tasks.finish(session, claim)
            assert valid, "a stale claim was let through"
            self.effects[claim.task_id] = self.effects.get(claim.task_id, 0) + 1
        except Fenced:
            assert not valid, "a valid claim was refused"

    @rule(claim=consumes(held), permanent=st.booleans())
    def fail(self, *, claim: Claim | None, permanent: bool) -> None:
        if claim is None:
            return
        valid = self._is_valid(claim)
        try:
            with self.database.transaction() as session:
                tasks.fail(session, claim, "odd", "Odd.", permanent=permanent)
            assert valid
        except Fenced:
            assert not valid

    @rule(claim=held)
    def beat(self, claim: Claim | None) -> None:
        if claim is not None:
            with self.database.transaction() as session:
                held = tasks.heartbeat(session, claim)
            assert held == self._is_valid(claim)

    @rule(claim=held)
    def release(self, claim: Claim | None) -> None:
        if claim is not None:
            valid = self._is_valid(claim)
            with self.database.transaction() as session:
                assert tasks.release(session, claim) == valid

    @rule(claim=held)
    def cancel(self, claim: Claim | None) -> None:
        if claim is not None:
            with self.database.transaction() as session:
                tasks.cancel(session, claim.task_id)

    @rule()
    def redrive_one(self) -> None:
        with self.database.transaction() as session:
            dead = session.query(TaskRow).filter(TaskRow.state == TaskState.DEAD).first()
            if dead is not None:
                tasks.redrive(session, dead.id)

    @invariant()
    def it_holds_together(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reading() as session:
            for row in session.query(TaskRow):
                assert 0 <= row.attempts <= row.max_attempts
                assert row.crashes <= row.attempts
                assert (row.state == TaskState.RUNNING) == (row.lease_until is not None)
                assert (row.state == TaskState.DONE) == (self.effects.get(row.id) == 1)

    def _is_valid(self, claim: Claim) -> bool:
        with self.database.reading() as session:
            row = tasks.get(session, claim.task_id)
            return row.state == TaskState.RUNNING and row.fence == claim.fence


TestTaskLife = TaskLife.TestCase
TestTaskLife.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
