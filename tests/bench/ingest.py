"""Ingest: requests accepted a second and p95 of 50 senders at once; memory of the API under a 500 MB upload.

The service runs as users run it (uvicorn, SQLite fully synchronised, blobs flushed to disk) on loopback, in a
temporary directory, without workers. Prints one JSON object.
"""

import asyncio
import json
import os
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from service.store import keys
from service.store.database import open_database

SENDERS = 50
SECONDS = 10.0
WARM_UP_SECONDS = 2.0
LARGE_BYTES = 500 * 1024**2
READY_SECONDS = 60.0
_SERVE = (
    "import sys, uvicorn\n"
    "from service.app import create_app\n"
    "from service.settings import Settings\n"
    "uvicorn.run(create_app(Settings()), port=int(sys.argv[1]), log_config=None, access_log=False)\n"
)


@dataclass(frozen=True)
class Service:
    """A running service: its port, a key that may ingest, and its process id."""

    port: int
    key: str
    pid: int


@contextmanager
def served(folder: Path, *, broker: str) -> Iterator[Service]:
    """The service on a fresh data directory."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OVERTONE_")},
        "OVERTONE_DATA_DIR": str(folder),
        "OVERTONE_BROKER": broker,
        "OVERTONE_MAX_RECORDING_BYTES": str(2 * LARGE_BYTES),
        "OVERTONE_LOG_LEVEL": "WARNING",
    }
    port = _free_port()
    command = [sys.executable, "-c", _SERVE, str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        database = open_database(f"sqlite:///{folder / 'overtone.db'}")
        with database.transaction() as session:
            _, key = keys.create(session, name="bench", scopes=["ingest"])
        database.close()
        yield Service(port, key, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the service did not start")


def wav_head(data_bytes: int) -> bytes:
    """The head of a 16 kHz stereo recording."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, 16000, 64000, 4, 16)
    size = struct.pack("<I", min(data_bytes, 2**32 - 100) + 36)
    return b"RIFF" + size + b"WAVE" + form + b"data" + struct.pack("<I", min(data_bytes, 2**32 - 100))


class _Load:
    """Senders that send one small recording after the other, each its own content and caller."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._number = 0
        self.milliseconds: list[float] = []
        self.refused = 0

    async def send(self, until: float) -> None:
        """One connection, kept open, until a time."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._service.port)
        while time.perf_counter() < until:
            started = time.perf_counter()
            writer.write(self._request())
            status = await _answer(reader)
            self.milliseconds.append((time.perf_counter() - started) * 1000)
            self.refused += status != 202
        writer.close()
        await writer.wait_closed()

    def _request(self) -> bytes:
        self._number += 1
        number = self._number
        body = wav_head(4000) + struct.pack("<I", number) * 1000
        said = {
            "source": "bench",
            "external_id": f"call-{number}",
            "agent": "ann",
            "customer": {"phone": f"+1202555{number % 10000:04d}"},
        }
        head = (
            f"PUT /v1/recordings HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self._service.key}\r\n"
            f"Content-Type: audio/wav\r\nContent-Length: {len(body)}\r\n"
            f"Overtone-Metadata: {json.dumps(said)}\r\n\r\n"
        )
        return head.encode() + body


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    await reader.readexactly(length)
    return int(head[9:12])


async def _many(service: Service) -> dict[str, object]:
    warm = _Load(service)
    end = time.perf_counter() + WARM_UP_SECONDS
    await asyncio.gather(*(warm.send(end) for _ in range(SENDERS)))
    load = _Load(service)
    load._number = 1_000_000
    cpu, started = _cpu_seconds(service.pid), time.perf_counter()
    await asyncio.gather(*(load.send(started + SECONDS) for _ in range(SENDERS)))
    seconds = time.perf_counter() - started
    times = sorted(load.milliseconds)
    return {
        "ingest accepted per second": round((len(times) - load.refused) / seconds, 1),
        "ingest p50 ms": round(statistics.median(times), 1),
        "ingest p95 ms": round(times[int(len(times) * 0.95)], 1),
        "ingest refused": load.refused,
        "API CPU ms per upload": round(1000 * (_cpu_seconds(service.pid) - cpu) / len(times), 2),
    }


def _large(service: Service) -> dict[str, object]:
    """One upload of 500 MB; the peak of the process's resident memory over what it had before."""
    idle = _memory(service.pid, "VmRSS")
    Path(f"/proc/{service.pid}/clear_refs").write_text("5")  # forget the peak so far
    started = time.perf_counter()
    head = wav_head(LARGE_BYTES)
    piece = os.urandom(1024 * 1024)
    request = (
        f"PUT /v1/recordings HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {service.key}\r\n"
        f"Content-Type: audio/wav\r\nContent-Length: {len(head) + LARGE_BYTES}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        connection.sendall(request.encode() + head)
        for _ in range(LARGE_BYTES // len(piece)):
            connection.sendall(piece)
        status = int(connection.recv(65536)[9:12])
    seconds = time.perf_counter() - started
    peak = _memory(service.pid, "VmHWM")
    return {
        "500 MB upload status": status,
        "500 MB upload seconds": round(seconds, 2),
        "API idle MB": round(idle / 1024, 1),
        "API peak over idle MB": round((peak - idle) / 1024, 1),
    }


def _cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int, field: str) -> int:
    """One line of the process's status, in kB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise ValueError(field)


def main() -> None:
    """Measure and print."""
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        with served(Path(name) / "small", broker="embedded") as service:
            figures |= asyncio.run(_many(service))
        with served(Path(name) / "large", broker="none") as service:
            figures |= _large(service)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
