"""What the decoding child may still do once it has given its rights away: read what it was handed."""

import json
import subprocess
import sys

import pytest

from nlp.audio.decoding import ROOT

pytestmark = pytest.mark.slow

CONFINED = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from nlp.audio.decoder import confine
confine({"parent": os.getppid(), "cpu_seconds": 5, "memory_bytes": 2 * 1024**3})
tried = {
    "read a file": lambda: open("/etc/hostname"),
    "write a file": lambda: open("made", "w"),
    "open a socket": lambda: socket.socket(),
    "take the memory": lambda: bytearray(4 * 1024**3),
}
refused = []
for name, act in tried.items():
    try:
        act()
    except (OSError, MemoryError):
        refused.append(name)
print(json.dumps(refused))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know fewer limits")
def test_a_confined_child_reaches_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-I", "-c", CONFINED, str(ROOT)], stdout=subprocess.PIPE, check=True, timeout=60
    )
    refused = json.loads(run.stdout)
    assert refused == ["read a file", "write a file", "open a socket", "take the memory"]


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
def test_a_child_whose_parent_is_gone_does_not_begin() -> None:
    gone = CONFINED.replace("os.getppid()", "1 if os.getppid() != 1 else 2")
    run = subprocess.run([sys.executable, "-I", "-c", gone, str(ROOT)], stdout=subprocess.PIPE, check=False)
    assert (run.returncode, run.stdout) == (1, b"")
