"""Children of the demo: started, started again, stopped."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli.processes import FALLS, Children, free_port


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    children = Children(tmp_path / "log", {})
    yield children
    children.stop()


def _wait_dead(children: Children, name: str) -> None:
    deadline = time.monotonic() + 10
    while name not in children.dead():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_fallen_child_is_started_again_until_it_is_hopeless(children: Children) -> None:
    children.start("faller", ["-c", "print('fell')"])
    children.start("stayer", ["-c", "import time; time.sleep(60)"])
    for _ in range(FALLS):
        _wait_dead(children, "faller")
        assert children.hopeless() == []
        assert children.revive() == ["faller"]
    _wait_dead(children, "faller")
    assert (children.revive(), children.hopeless()) == ([], ["faller"])
    assert children.log("faller").read_text().count("fell") == FALLS + 1


def test_a_taken_port_is_avoided() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) != port
