"""Worker processes with fake pipelines, for tests that start, stop and kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workers.settings import WorkerSettings

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def worker(
    settings: WorkerSettings, *arguments: str, log: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A running worker process; killed at the end if it is still there."""
    process = start_worker(settings, *arguments, log=log, **environment)
    try:
        yield process
    finally:
        end(process)


def start_worker(
    settings: WorkerSettings, *arguments: str, log: Path, **environment: str
) -> subprocess.Popen[bytes]:
    """Start a worker process that logs to a file."""
    redis_url = settings.redis_url
    known = {
        "OVERTONE_DATA_DIR": str(settings.data_dir),
        "OVERTONE_DATABASE_URL": settings.database,
        "OVERTONE_BROKER": settings.broker,
        "OVERTONE_POLL_SECONDS": str(settings.poll_seconds),
        "OVERTONE_LEASE_SECONDS": str(settings.lease_seconds),
        "OVERTONE_RETRY_SECONDS": str(settings.retry_seconds),
        "OVERTONE_RECONCILE_SECONDS": str(settings.reconcile_seconds),
        "OVERTONE_STOP_SECONDS": str(settings.stop_seconds),
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
    } | ({"OVERTONE_REDIS_URL": redis_url.get_secret_value()} if redis_url else {})
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.chaos.chaos_worker", *arguments],
            cwd=ROOT,
            env={**os.environ, **known, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it if it still runs, also when it is stopped."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def eventually(what: Callable[[], object], *, seconds: float = 10.0) -> bool:
    """Whether it comes true within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.05)
    return False
