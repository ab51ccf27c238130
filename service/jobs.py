"""Ringing the bell: RQ carries a task's id to a worker that waits, as well as it can."""

import threading
import time
from uuid import UUID

import redis
import structlog
from rq import Queue
from rq.exceptions import DuplicateJobError

from service.broker import Broker, connect

FUNCTION = "workers.runner.run"  # the only one that workers let the queue call
_SECONDS = 0.5
_PAUSE_SECONDS = 2.0  # a dead broker is not asked at every upload
_KEEP_SECONDS = 600  # a bell that nobody answered; the table is looked at anyway

log = structlog.get_logger()


def queue_name(job_queue: str) -> str:
    """The name of a job queue in the broker, which others may use as well."""
    return f"overtone-{job_queue}"


class Jobs:
    """Rings bells on a broker that may be slow, dead or absent; safe to share between threads."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._lock = threading.Lock()
        self._url: str | None = None
        self._connection: redis.Redis | None = None
        self._silent_until = 0.0
        self._down = False

    def ring(self, task_id: UUID, job_queue: str) -> bool:
        """Wake a worker for this task, after the commit that queued it; False if nobody was told.

        Never raises for a broker that is away. A task that is already rung for is not rung for twice.
        """
        if time.monotonic() < self._silent_until:
            return False
        connection = self._connect()
        if connection is None:
            return False
        try:
            _enqueue(connection, str(task_id), job_queue)
        except DuplicateJobError:
            pass
        except (redis.RedisError, OSError) as error:
            self._note_down(error)
            return False
        self._note_up()
        return True

    def close(self) -> None:
        """Let the connection go."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._url = None, None

    def _connect(self) -> redis.Redis | None:
        url = self._broker.url
        with self._lock:
            if url != self._url or self._connection is None:
                if self._connection is not None:
                    self._connection.close()
                self._url = url
                self._connection = None if url is None else connect(url, seconds=_SECONDS)
            return self._connection

    def _note_down(self, error: Exception) -> None:
        self._silent_until = time.monotonic() + _PAUSE_SECONDS
        if not self._down:
            self._down = True
            log.warning("bell_silent", reason=type(error).__name__)

    def _note_up(self) -> None:
        if self._down:
            self._down = False
            log.info("bell_rings_again")


def _enqueue(connection: redis.Redis, task_id: str, job_queue: str) -> None:
    Queue(queue_name(job_queue), connection=connection, serializer="json").enqueue_call(
        FUNCTION,
        args=(task_id,),
        job_id=task_id,
        unique=True,
        timeout=-1,
        ttl=_KEEP_SECONDS,
        result_ttl=0,
        failure_ttl=_KEEP_SECONDS,
        description=FUNCTION,
    )
