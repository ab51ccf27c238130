"""The nemesis: keeps worker processes running and does terrible things to them and to the broker."""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import redis

from service.broker import Broker, connect
from service.store.database import Database
from service.store.tables import TaskRow, TaskState
from tests.workers.processes import end, start_worker
from workers.settings import WorkerSettings


class Crew:
    """So many worker processes; one that ends is replaced."""

    def __init__(self, settings: WorkerSettings, log_dir: Path, size: int) -> None:
        self._settings = settings
        self._log_dir = log_dir
        self._size = size
        self._members: list[subprocess.Popen[bytes]] = []
        self.started = 0

    def muster(self) -> None:
        """Bring the crew to its size."""
        self._members = [member for member in self._members if member.poll() is None]
        while len(self._members) < self._size:
            self.started += 1
            log = self._log_dir / f"worker-{self.started}.log"
            self._members.append(start_worker(self._settings, "text", "--also", "speech", log=log))

    def pids(self) -> list[int]:
        """Of those who live."""
        return [member.pid for member in self._members if member.poll() is None]

    def dismiss(self) -> list[int]:
        """Ask all to stop; how each ended."""
        for member in self._members:
            if member.poll() is None:
                member.terminate()
        try:
            return [member.wait(timeout=30) for member in self._members]
        finally:
            for member in self._members:
                end(member)


class Nemesis:
    """One fault every second or so, at random but the same for the same seed, until told to stop."""

    def __init__(
        self, crew: Crew, broker: Broker, database: Database, *, lease_seconds: float, seed: int
    ) -> None:
        self._crew = crew
        self._broker = broker
        self._database = database
        self._lease = lease_seconds
        self._random = random.Random(seed)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="nemesis")
        self._paused: list[threading.Thread] = []
        self.faults: Counter[str] = Counter()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and let everything that was stopped go on."""
        self._over.set()
        self._thread.join()
        for paused in self._paused:
            paused.join()
        self._crew.muster()

    def _run(self) -> None:
        faults = [self._kill_worker, self._pause_worker, self._flush, self._kill_broker, self._hang_broker]
        round_of = list(faults)
        while not self._over.wait(self._random.uniform(0.6, 1.6)):
            self._crew.muster()
            if not round_of:
                round_of = list(faults)
            fault = round_of.pop(self._random.randrange(len(round_of)))
            if fault():
                self.faults[fault.__name__.strip("_")] += 1

    def _kill_worker(self) -> bool:
        pids = self._busy() or self._crew.pids()
        if pids:
            os.kill(self._random.choice(pids), signal.SIGKILL)
        return bool(pids)

    def _pause_worker(self) -> bool:
        """Stop one that works for longer than its lease, then let it go on as if nothing had happened."""
        pids = self._busy()
        if not pids:
            return False
        self._pause(self._random.choice(pids), self._lease + 1.5)
        return True

    def _flush(self) -> bool:
        url = self._broker.url
        if url is None:
            return False
        connection = connect(url, seconds=1.0)
        try:
            return bool(connection.flushall())
        except redis.RedisError:
            return False
        finally:
            connection.close()

    def _kill_broker(self) -> bool:
        pid = self._broker.pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        return pid is not None

    def _hang_broker(self) -> bool:
        pid = self._broker.pid
        if pid is not None:
            self._pause(pid, 2.0)
        return pid is not None

    def _busy(self) -> list[int]:
        """Members of the crew who hold a task now."""
        with self._database.reading() as session:
            owners = session.query(TaskRow.owner).filter(TaskRow.state == TaskState.RUNNING).all()
        holders = {int(owner.split(":")[1]) for (owner,) in owners if owner}
        return [pid for pid in self._crew.pids() if pid in holders]

    def _pause(self, pid: int, seconds: float) -> None:
        os.kill(pid, signal.SIGSTOP)
        thread = threading.Thread(target=_continue, args=(pid, seconds))
        thread.start()
        self._paused.append(thread)


def _continue(pid: int, seconds: float) -> None:
    time.sleep(seconds)
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        return
