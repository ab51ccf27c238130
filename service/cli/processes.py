"""The processes of the demo: the API and the workers, children that die with their parent."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

START_SECONDS = 60.0
STOP_SECONDS = 10.0
FALLS = 5  # a child that falls more often has a reason that a new start does not mend


class Children:
    """Starts children, each with a log file, starts the fallen again, and stops all at the end."""

    def __init__(self, log_dir: Path, environment: Mapping[str, str]) -> None:
        self._log_dir = log_dir
        self._environment = {**os.environ, **environment, "OVERTONE_DIE_WITH_PARENT": "1"}
        self._commands: dict[str, Sequence[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._falls: Counter[str] = Counter()
        log_dir.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Start ``python ARGUMENTS``; what it prints goes to ``NAME.log``."""
        self._commands[name] = arguments
        with self.log(name).open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
                [sys.executable, *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def dead(self) -> list[str]:
        """Names of children that have ended."""
        return [name for name, process in self._running.items() if process.poll() is not None]

    def revive(self) -> list[str]:
        """Start fallen children again and name them; one that falls too often stays down (``hopeless``)."""
        fallen = [name for name in self.dead() if self._falls[name] < FALLS]
        for name in fallen:
            self._falls[name] += 1
            self.start(name, self._commands[name])
        return fallen

    def hopeless(self) -> list[str]:
        """Names of children that fell too often to be started again."""
        return [name for name in self.dead() if self._falls[name] >= FALLS]

    def log(self, name: str) -> Path:
        """Where a child's output lies."""
        return self._log_dir / f"{name}.log"

    def stop(self) -> None:
        """Ask all to end, then insist."""
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


def free_port(host: str, wanted: int) -> int:
    """The wanted port if it is free, else any."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no free port on {host}")


def wait_ready(url: str, children: Children, name: str) -> None:
    """Wait until the service at ``url`` says it is ready; TimeoutError names the log to read."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/readyz", timeout=2.0).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if name in children.dead():
            break
        time.sleep(0.1)
    raise TimeoutError(f"the service did not start; its log is {children.log(name)}")
