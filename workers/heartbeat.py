"""Keeping a claimed task alive from a thread while the work goes on."""

import os
import threading
import time
from types import TracebackType
from typing import Self

import structlog

from service.store import tasks
from service.store.tasks import Claim
from workers.context import Context, Stopped

REPORT_SECONDS = 2.0  # how fresh the progress is that a caller reads
EX_TEMPFAIL = 75

log = structlog.get_logger()


class Heartbeat:
    """Extends the lease every third of it and carries the progress; a context manager around the work.

    When the process is told to stop and the work does not end in time, the task is given back and the process
    ends: a long C call could not be interrupted otherwise.
    """

    def __init__(self, context: Context, claim: Claim) -> None:
        self._context = context
        self._claim = claim
        self._over = threading.Event()
        self._progress: float | None = None
        self._written: float | None = None
        self._beaten_at = time.monotonic()
        self._thread = threading.Thread(target=self._keep, name="heartbeat", daemon=True)
        self.lost = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def report(self, progress: float) -> None:
        """Note the progress, 0-1. Raises Stopped when the task was taken away."""
        if self.lost:
            raise Stopped(str(self._claim.task_id))
        self._progress = min(1.0, max(0.0, progress))

    def _keep(self) -> None:
        third = self._claim.lease_ms / 3000
        while not self._over.wait(min(third, REPORT_SECONDS, 0.5)):
            self._give_back_if_late()
            since = time.monotonic() - self._beaten_at
            news = self._progress != self._written and since >= REPORT_SECONDS
            if not self.lost and (news or since >= third):
                self._beat()

    def _beat(self) -> None:
        progress = self._progress
        try:
            with self._context.database.transaction() as session:
                held = tasks.heartbeat(session, self._claim, progress)
        except Exception as error:  # noqa: BLE001 - the database may be back at the next beat
            log.warning("heartbeat_failed", task=str(self._claim.task_id), reason=type(error).__name__)
            return
        self._beaten_at, self._written, self.lost = time.monotonic(), progress, not held
        if self.lost:
            log.warning("task_lost", task=str(self._claim.task_id), fence=self._claim.fence)

    def _give_back_if_late(self) -> None:
        asked = self._context.stop.requested_at
        if asked is None or time.monotonic() - asked < self._context.settings.stop_seconds:
            return
        try:
            with self._context.database.transaction() as session:
                tasks.release(session, self._claim)
            log.info("task_given_back", task=str(self._claim.task_id))
        finally:  # if it could not be given back, its lease will end
            os._exit(EX_TEMPFAIL)
