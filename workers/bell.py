"""Listening for the bell: an RQ worker that takes task ids from the queue and calls one function."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import redis
import structlog
from rq import SimpleWorker
from rq.exceptions import DequeueTimeout
from rq.job import Job

from service.broker import Broker, connect
from service.jobs import FUNCTION, queue_name

RETRY_SECONDS = 2.0
HANG_SECONDS = 3

log = structlog.get_logger()


class BellWorker(SimpleWorker):  # type: ignore[misc] # rq is untyped here
    """RQ's worker reduced to waiting: it may call one function and nothing else that a job names.

    The job is deleted before the work begins. Its outcome, retries and timeouts are the task row's affair,
    and a broker that dies meanwhile cannot touch it.
    """

    def __init__(self, queues: Sequence[str], connection: redis.Redis, *, seconds: float) -> None:
        # RQ waits for a bell 15 s less than its time to live
        super().__init__(
            list(queues), connection=connection, serializer="json", worker_ttl=math.ceil(seconds) + 15
        )

    @property
    def connection_timeout(self) -> int:
        """Seconds after which a broker that hangs is given up; RQ's own 10 s over the wait are too many."""
        return int(self.dequeue_timeout) + HANG_SECONDS

    def listen(self, seconds: float) -> str | None:
        """Wait so long for a bell; the id of the task it rings for, or None. Raises redis' errors."""
        self.heartbeat()
        try:
            rung = self.queue_class.dequeue_any(
                self.queues,
                seconds,
                connection=self.connection,
                job_class=self.job_class,
                serializer=self.serializer,
                death_penalty_class=self.death_penalty_class,
            )
        except DequeueTimeout:
            return None
        if rung is None:
            return None
        job, queue = rung
        queue.intermediate_queue.remove(job.id)
        job.delete(remove_from_queue=False)
        return allowed(job)


def allowed(job: Job) -> str | None:
    """The task id, if the job asks for our one function with one string and nothing besides."""
    try:
        name, args, kwargs = job.func_name, job.args, job.kwargs
    except Exception as error:  # noqa: BLE001 - whoever wrote it did not mean us
        log.warning("bell_refused", reason=type(error).__name__)
        return None
    if name == FUNCTION and not kwargs and len(args) == 1 and isinstance(args[0], str):
        return args[0]
    log.warning("bell_refused", reason="not_allowed")
    return None


class Bell:
    """Waits for a bell or for time to pass, whatever state the broker is in; connects again by itself."""

    def __init__(self, broker: Broker, job_queues: Sequence[str]) -> None:
        self._broker = broker
        self._queues = [queue_name(name) for name in job_queues]
        self._worker: BellWorker | None = None
        self._silent_until = 0.0
        self._down = False

    def wait(self, seconds: float, *, pause: Callable[[float], None] = time.sleep) -> str | None:
        """Wait at most so long; the id of the task that was rung for, or None."""
        if time.monotonic() >= self._silent_until:
            try:
                worker = self._connected(seconds)
                if worker is not None:
                    return worker.listen(seconds)
            except (redis.RedisError, OSError) as error:
                self._note_down(error)
            except Exception as error:  # noqa: BLE001 - RQ met something odd in the queue; the table has the truth
                log.warning("bell_failed", reason=type(error).__name__)
        pause(seconds)
        return None

    def close(self) -> None:
        """Sign off and let the connection go."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        try:
            worker.register_death()
            worker.connection.close()
        except (redis.RedisError, OSError):
            log.debug("bell_not_signed_off")

    def _connected(self, seconds: float) -> BellWorker | None:
        if self._worker is None:
            self._broker.start()
            url = self._broker.url
            if url is None:
                self._silent_until = time.monotonic() + RETRY_SECONDS
                return None
            connection: Any = connect(url, seconds=math.ceil(seconds) + HANG_SECONDS)
            worker = BellWorker(self._queues, connection, seconds=seconds)
            worker.register_birth()
            self._worker = worker
            self._note_up()
        return self._worker

    def _note_down(self, error: Exception) -> None:
        self._silent_until = time.monotonic() + RETRY_SECONDS
        if self._worker is not None:
            self._worker.connection.close()
            self._worker = None
        if not self._down:
            self._down = True
            log.warning("bell_lost", reason=type(error).__name__)

    def _note_up(self) -> None:
        self._down = False
        log.info("bell_heard", broker=self._broker.how)
