"""Our own broker as a child process: started, started anew when it dies, gone when we are."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import structlog

READY_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0

# PR_SET_PDEATHSIG must be set in the child before the server begins. A Python that has only just started and
# then becomes the server does it safely, which code between fork and exec of a threaded process would not.
_DIE_WITH_PARENT = (
    "import ctypes, os, sys\n"
    "if sys.platform == 'linux': ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)\n"
    "if os.getppid() != int(sys.argv[1]): sys.exit(1)\n"
    "os.execv(sys.argv[2], sys.argv[2:])\n"
)

log = structlog.get_logger()


class BrokerChild:
    """One server process on a unix socket that only this user can open; no TCP port, nothing kept on disk."""

    def __init__(self, binary: str, socket: Path, log_file: Path) -> None:
        self._binary = binary
        self._socket = socket
        self._log_file = log_file
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        # The system ends a child with the thread that started it, not with the process, so that
        # one thread starts it and lives as long as it does.
        self._thread = threading.Thread(target=self._guard, name="broker", daemon=True)

    @property
    def pid(self) -> int | None:
        """The server's process id, None while it is not running."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> bool:
        """Start it and wait until its socket is there; False if that does not come about."""
        self._thread.start()
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._thread.is_alive():
            if self._socket.is_socket():
                return True
            time.sleep(0.01)
        return False

    def stop(self) -> None:
        """End it and wait for its end."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.send_signal(signal.SIGTERM)
        self._thread.join(timeout=5.0)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait(timeout=5.0)
        self._socket.unlink(missing_ok=True)

    def _guard(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            self._socket.unlink(missing_ok=True)
            code = self._serve()
            if self._stopping.is_set():
                return
            pause = _FIRST_PAUSE if time.monotonic() - started > 1.0 else min(pause * 2, _LONGEST_PAUSE)
            log.warning("broker_died", code=code, restart_in_seconds=pause)
            self._stopping.wait(pause)

    def _serve(self) -> int:
        with self._log_file.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own binary and arguments
                self._command(), stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        if self._stopping.is_set():
            self._process.kill()
        return self._process.wait()

    def _command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "maxmemory": "64mb",
            "maxmemory-policy": "noeviction",
            "dir": str(self._socket.parent),
            "daemonize": "no",
            "loglevel": "warning",
        }
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [sys.executable, "-ISc", _DIE_WITH_PARENT, str(os.getpid()), self._binary, *arguments]
