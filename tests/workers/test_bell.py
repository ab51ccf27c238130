"""Listening for the bell in the three broker modes, and refusing what is not ours."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from rq import Queue
from rq.job import Callback
from structlog.testing import capture_logs

from service.broker import Broker, connect, open_broker
from service.jobs import Jobs, queue_name
from service.settings import Settings
from service.store.database import new_id
from tests.requirements import lacking
from tests.workers.processes import eventually
from workers.bell import Bell

PRIVATE_DATABASES = range(15, 8, -1)  # of a server that others may use too


def given_redis() -> Iterator[str]:
    """An empty numbered database of the Redis server, emptied key by key at the end."""
    base = os.environ.get("OVERTONE_TEST_REDIS", "redis://127.0.0.1:6379")
    for number in PRIVATE_DATABASES:
        connection = connect(f"{base}/{number}", seconds=1.0)
        try:
            if connection.dbsize() == 0 and connection.set("overtone-test", "1", nx=True, ex=600):
                yield f"{base}/{number}"
                for key in connection.scan_iter():
                    connection.delete(key)
                return
        except redis.RedisError:
            break
        finally:
            connection.close()
    lacking("redis", "no Redis server with an unused database answers; OVERTONE_TEST_REDIS may name one")


@pytest.fixture(params=["redis", "embedded"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    if request.param == "embedded":
        broker = open_broker(Settings.model_validate({"data_dir": tmp_path, "broker": "embedded"}))
        broker.start()
        yield broker
        broker.stop()
        return
    for url in given_redis():
        yield open_broker(Settings.model_validate({"data_dir": tmp_path, "redis_url": url}))


@pytest.fixture
def bell(broker: Broker) -> Iterator[Bell]:
    bell = Bell(broker, ["text"])
    yield bell
    bell.close()


@pytest.fixture
def jobs(broker: Broker) -> Iterator[Jobs]:
    jobs = Jobs(broker)
    yield jobs
    jobs.close()


def server(broker: Broker) -> redis.Redis:
    assert broker.url is not None
    return connect(broker.url, seconds=2.0)


def test_a_bell_carries_one_task_id(bell: Bell, jobs: Jobs, broker: Broker) -> None:
    first, second = new_id(), new_id()
    assert jobs.ring(first, "text")
    assert jobs.ring(second, "text")
    assert jobs.ring(new_id(), "speech")
    assert [bell.wait(1.0), bell.wait(1.0)] == [str(first), str(second)]
    began = time.monotonic()
    assert bell.wait(0.3) is None, "the other queue's bell is not ours"
    assert 0.25 < time.monotonic() - began < 2.0
    assert jobs.ring(first, "text"), "answered, it can be rung for again"
    assert bell.wait(1.0) == str(first)
    with server(broker) as connection:
        left = {key.decode() for key in connection.scan_iter("rq:job:*")}
        assert len(left) == 1, f"only the speech bell is left, not {left}"
        assert connection.llen(f"rq:queue:{queue_name('text')}:intermediate") == 0


def test_the_worker_is_seen_and_signs_off(bell: Bell, broker: Broker) -> None:
    bell.wait(0.1)
    with server(broker) as connection:
        assert connection.scard("rq:workers") == 1
        bell.close()
        assert connection.scard("rq:workers") == 0


@pytest.mark.parametrize(
    ("function", "args", "kwargs"),
    [
        ("os.system", ("touch pwned",), {}),
        ("workers.runner.run", (), {}),
        ("workers.runner.run", ("a", "b"), {}),
        ("workers.runner.run", (["a"],), {}),
        ("workers.runner.run", ("a",), {"b": "c"}),
    ],
)
def test_nothing_else_is_called(
    bell: Bell, broker: Broker, function: str, args: tuple[object, ...], kwargs: dict[str, str]
) -> None:
    with server(broker) as connection:
        Queue(queue_name("text"), connection=connection, serializer="json").enqueue_call(
            function, args=args, kwargs=kwargs, on_success=Callback("os.getcwd"), result_ttl=0
        )
        with capture_logs() as logs:
            assert bell.wait(0.2) is None
    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["bell_refused"]
    assert not Path("pwned").exists()


def test_a_pickled_job_is_refused(bell: Bell, broker: Broker) -> None:
    with server(broker) as connection:
        Queue(queue_name("text"), connection=connection).enqueue_call("os.system", args=("touch pwned",))
        assert bell.wait(0.2) is None
    assert not Path("pwned").exists()


def test_rubbish_in_the_queue_does_no_harm(bell: Bell, jobs: Jobs, broker: Broker) -> None:
    task_id = new_id()
    with server(broker) as connection:
        bell.wait(0.05)
        connection.rpush(f"rq:queue:{queue_name('text')}", b"\xff\xfe", "nobody")
        connection.hset("rq:job:half", mapping={"data": "x", "created_at": "yesterday"})
        connection.rpush(f"rq:queue:{queue_name('text')}", "half")
        assert jobs.ring(task_id, "text")
        assert str(task_id) in [bell.wait(0.2) for _ in range(4)]


def test_a_wiped_broker_is_still_heard(tmp_path: Path) -> None:
    broker = open_broker(Settings.model_validate({"data_dir": tmp_path, "broker": "embedded"}))
    broker.start()
    bell, jobs, task_id = Bell(broker, ["text"]), Jobs(broker), new_id()
    bell.wait(0.05)
    jobs.ring(new_id(), "text")
    with server(broker) as connection:
        connection.flushall()
    assert bell.wait(0.1) is None
    assert jobs.ring(task_id, "text")
    assert bell.wait(1.0) == str(task_id)
    bell.close()
    jobs.close()
    broker.stop()


def test_a_broker_that_goes_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.bell.RETRY_SECONDS", 0.2)
    monkeypatch.setattr("service.jobs._PAUSE_SECONDS", 0.1)
    broker = open_broker(Settings.model_validate({"data_dir": tmp_path, "broker": "embedded"}))
    bell, jobs, task_id = Bell(broker, ["text"]), Jobs(broker), new_id()
    assert bell.wait(0.05) is None
    broker.stop()
    with capture_logs() as logs:
        assert [bell.wait(0.05) for _ in range(3)] == [None] * 3
    assert [entry["event"] for entry in logs].count("bell_lost") <= 1
    broker.start()
    assert eventually(lambda: jobs.ring(task_id, "text"))
    assert str(task_id) in [bell.wait(0.3) for _ in range(10)]
    bell.close()
    jobs.close()
    broker.stop()


def test_a_broker_that_hangs_is_given_up(tmp_path: Path) -> None:
    broker = open_broker(Settings.model_validate({"data_dir": tmp_path, "broker": "embedded"}))
    broker.start()
    bell = Bell(broker, ["text"])
    bell.wait(0.05)
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with capture_logs() as logs:
            assert bell.wait(0.1) is None
        assert time.monotonic() - began < 7.0
        assert [entry["event"] for entry in logs] == ["bell_lost"]
        began = time.monotonic()
        assert bell.wait(0.1) is None
        assert time.monotonic() - began < 1.0, "meanwhile it is not asked again"
    finally:
        os.kill(broker.pid, signal.SIGCONT)
        bell.close()
        broker.stop()


def test_without_a_broker_time_passes(tmp_path: Path) -> None:
    bell = Bell(open_broker(Settings.model_validate({"data_dir": tmp_path, "broker": "none"})), ["text"])
    waited: list[float] = []
    assert bell.wait(7.0, pause=waited.append) is None
    assert waited == [7.0]
    bell.close()
