"""Jobs over the archive, batch by batch: read, compute, write; a killed worker costs a batch."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from service.store import archive_runs, archive_walk, tasks
from service.store.archive_walk import Which
from service.store.database import Session
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask, Fenced
from workers.context import Context, Report

BATCH = 50

Read = TypeVar("Read")
Found = TypeVar("Found")


def go_through(
    context: Context,
    claim: Claim,
    report: Report,
    *,
    read: Callable[[Session, ArchiveRunRow, Sequence[InteractionRow]], Read],
    compute: Callable[[Read], Found],
    write: Callable[[Session, ArchiveRunRow, Found], Mapping[str, int]],
    which: Which = (),
    batch: int = BATCH,
) -> tuple[DueTask, ...]:
    """Do a job of ``archive_runs`` to its end, from the place it has reached.

    ``read`` takes what is needed of a batch of interactions in one transaction, ``compute`` works in none,
    ``write`` stores what was found together with the place reached, in one that is fenced; it returns what
    is to be added to the job's counts. ``which`` is what the job was begun with.
    """
    while True:
        with context.database.reading() as session:
            run = archive_runs.get(session, claim.subject_id)
            rows = archive_walk.following(session, run, which, limit=batch)
            values = read(session, run, rows)
        found = compute(values)
        with context.database.transaction() as session:
            run = _held(session, claim)
            archive_runs.add_counts(run, write(session, run, found))
            for row in rows:
                archive_walk.reach(run, row)
            if len(rows) < batch:
                archive_walk.end(run)
                tasks.finish(session, claim)
                return ()
        report(min(1.0, run.done / max(run.total, 1)))


def _held(session: Session, claim: Claim) -> ArchiveRunRow:
    """The job, if it is still this worker's. Raises Fenced."""
    if not tasks.heartbeat(session, claim):
        raise Fenced(str(claim.task_id))
    return archive_runs.get(session, claim.subject_id)
