"""Jobs over the archive: every interaction once, counted, on from where a killed worker stopped."""

from collections.abc import Mapping, Sequence

import pytest

from service.store import archive_runs, archive_walk, interactions, tasks
from service.store.database import Session
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask, Fenced
from tests.workers.conftest import accept, chat
from workers.archive import go_through
from workers.context import Context, Report
from workers.loop import drain
from workers.runner import HANDLERS

KIND = "count_signs"


def count_signs(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Count the signs of the interactions' sources; a job as simple as one can be."""

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> list[str]:
        return [row.source for row in rows]

    def compute(sources: list[str]) -> list[int]:
        return [len(source) for source in sources]

    def write(session: Session, run: ArchiveRunRow, found: list[int]) -> Mapping[str, int]:
        return {"signs": sum(found)}

    return go_through(context, claim, report, read=read, compute=compute, write=write, batch=2)


@pytest.fixture(autouse=True)
def _handled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.runner.HANDLERS", {**HANDLERS, KIND: count_signs})


def begin(context: Context, messages: int) -> ArchiveRunRow:
    """An archive of so many chats, and a job that has not begun."""
    for number in range(messages):
        accept(context, chat(f"Hello {number}"))
    drain(context)
    with context.database.transaction() as session:
        run, _ = archive_runs.begin(session, KIND, parameters={"why": "a test"}, counts={"signs": 0})
        return run


@pytest.mark.parametrize("messages", [0, 1, 2, 5])
def test_every_interaction_is_gone_through_once(context: Context, messages: int) -> None:
    run = begin(context, messages)
    drain(context)

    with context.database.reading() as session:
        run = archive_runs.get(session, run.id)
        assert (run.total, run.done, run.counts) == (messages, messages, {"signs": 4 * messages})
        assert run.finished_at is not None
        assert tasks.view(session, archive_walk.task_of(session, run.id).id).state == "done"
        assert [row.id for row in archive_runs.latest(session, KIND)] == [run.id]


def test_a_job_goes_on_where_a_killed_worker_stopped(context: Context) -> None:
    run = begin(context, 5)
    with context.database.transaction() as session:
        run = archive_runs.get(session, run.id)
        for row in archive_walk.following(session, run, limit=3):
            archive_walk.reach(run, row)
        archive_runs.add_counts(run, {"signs": 12})
    drain(context)

    with context.database.reading() as session:
        run = archive_runs.get(session, run.id)
        assert (run.done, run.counts) == (5, {"signs": 20})


def test_only_the_days_that_were_asked_for_are_gone_through(context: Context) -> None:
    task_id = accept(context, chat("Hello"))
    drain(context)
    with context.database.transaction() as session:
        day = interactions.get(session, tasks.view(session, task_id).interaction_id).day
        within, _ = archive_runs.begin(session, KIND, days=(day, day))
        before, _ = archive_runs.begin(session, KIND, days=(None, day.replace(year=day.year - 1)))
    drain(context)

    with context.database.reading() as session:
        assert archive_runs.get(session, within.id).done == 1
        assert archive_runs.get(session, before.id).done == 0


def test_a_worker_that_lost_its_lease_writes_nothing(context: Context) -> None:
    run = begin(context, 1)
    with context.database.transaction() as session:
        claim = tasks.claim_next(session, ("text",), "somebody", 60.0)
        assert claim is not None
        tasks.cancel(session, claim.task_id)
    with pytest.raises(Fenced):
        count_signs(context, claim, lambda progress: None)

    with context.database.reading() as session:
        assert archive_runs.get(session, run.id).done == 0
