"""Reconciling from any worker process: lost tasks are queued again and lost bells rung again."""

import threading

import structlog

from service.store import originals, searches, tasks
from service.store.tasks import Recovery
from workers.context import Context
from workers.leftovers import remove_leftovers

log = structlog.get_logger()


def sweep(context: Context) -> Recovery:
    """One round: what died is queued or buried in one transaction, then the bells are rung."""
    with context.database.transaction() as session:
        recovery = tasks.reconcile(session)
    if recovery.requeued or recovery.dead:
        log.warning("tasks_recovered", requeued=recovery.requeued, dead=recovery.dead)
    for task in recovery.due:
        if not context.jobs.ring(task.task_id, task.job_queue):
            break
    _delete_originals(context)
    _forget_searches(context)
    remove_leftovers(context)
    return recovery


def _delete_originals(context: Context) -> None:
    """Policy says so, their transcripts are committed: whoever sweeps next goes on where this one stopped."""
    with context.database.reading() as session:
        if not originals.any_due(session):
            return
    with context.database.transaction() as session:
        deleted = originals.delete_due(session, context.blobs)
    if deleted:
        log.info("originals_deleted", interactions=deleted)


def _forget_searches(context: Context) -> None:
    """Answers that nobody pages through any more."""
    with context.database.reading() as session:
        if not searches.any_expired(session):
            return
    with context.database.transaction() as session:
        searches.delete_expired(session)


class Sweeper:
    """Sweeps every few seconds in a thread, so that a long task does not keep the process from it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the round in hand."""
        self._over.set()
        self._thread.join(timeout=5.0)

    def _run(self) -> None:
        while not self._over.wait(self._context.settings.reconcile_seconds):
            try:
                sweep(self._context)
            except Exception as error:  # noqa: BLE001 - the next round may do better
                log.warning("sweep_failed", reason=type(error).__name__)
