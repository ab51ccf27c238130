"""The demo as a stranger runs it: real broker, API, workers, recogniser and models, on the sample set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]
ROOT = Path(__file__).resolve().parents[2]


def _demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "REDIS_URL"))}
    return subprocess.run(
        [sys.executable, "-m", "service", "demo", "--exit", "--port", "0", *arguments],
        cwd=ROOT,
        env={**environment, "OVERTONE_ENGINE": "sphinx", "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )


def test_the_sample_set_goes_through_and_is_reported(tmp_path: Path) -> None:
    run = _demo("--dir", str(tmp_path / "demo"))
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    for told in ("Why customers made contact", "How customers felt", "One customer:", "Dashboard:", "ovt_"):
        assert told in run.stdout
    assert "21 files: 21 analysed, 0 failed, 0 refused" in run.stdout


def test_a_file_that_cannot_be_read_fails_the_demo_and_nothing_else(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "note.json").write_text(
        '{"channel": "note", "party": "agent", "text": "Customer wants a refund."}'
    )
    (own / "renamed.wav").write_text("this is a text, not a recording")
    run = _demo("--dir", str(tmp_path / "demo"), "--data", str(own))
    assert run.returncode == 1
    assert "refused renamed.wav: unsupported_audio" in run.stdout
    assert "2 files: 1 analysed, 0 failed, 1 refused" in run.stdout


def test_somebodys_data_is_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    run = _demo("--dir", str(tmp_path), "--fresh")
    assert run.returncode == 2
    assert "not_a_demo" in run.stderr
    assert (tmp_path / "thesis.txt").exists()
