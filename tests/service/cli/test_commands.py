"""The verbs that only need the store."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli.recogniser import recogniser_arguments

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


def _overtone(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "REDIS_URL"))}
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env={**environment, "OVERTONE_DATA_DIR": str(data), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    made = _overtone(tmp_path, "keys", "create", "--name", "crm", "--scope", "read", "--scope", "reports")
    assert made.returncode == 0, made.stderr
    key_id = made.stdout.split("_")[1]
    listed = _overtone(tmp_path, "keys", "list").stdout
    assert key_id in listed
    assert made.stdout.strip() not in listed
    assert _overtone(tmp_path, "keys", "revoke", key_id).returncode == 0


def test_a_source_is_set_bit_by_bit_listed_and_removed(tmp_path: Path) -> None:
    first = ("--inbound", "0=agent 1=customer", "--word", "Overtone", "--word", "Kovács", "--language", "hu")
    assert _overtone(tmp_path, "sources", "set", "pbx", *first).returncode == 0
    more = ("--outbound", "0:customer, 1:agent", "--translate", "--originals", "delete", "--language", "")
    assert _overtone(tmp_path, "sources", "set", "pbx", *more).returncode == 0
    assert json.loads(_overtone(tmp_path, "sources", "list", "--json").stdout) == {
        "name": "pbx",
        "channel_maps": {
            "inbound": {"0": "agent", "1": "customer"},
            "outbound": {"0": "customer", "1": "agent"},
        },
        "vocabulary": ["Overtone", "Kovács"],
        "language": None,
        "translate": True,
        "keep_original": False,
    }
    assert "0=agent 1=customer" in _overtone(tmp_path, "sources", "list").stdout
    assert _overtone(tmp_path, "sources", "remove", "pbx").returncode == 0
    assert _overtone(tmp_path, "sources", "list", "--json").stdout == ""


def test_reports_come_as_table_csv_and_json(tmp_path: Path) -> None:
    _overtone(tmp_path, "keys", "create", "--name", "first", "--scope", "read")
    assert "Why customers made contact" in _overtone(tmp_path, "report", "reasons").stdout
    assert _overtone(tmp_path, "report", "reasons", "--format", "csv").stdout.startswith(
        "reason,parent,count"
    )
    assert json.loads(_overtone(tmp_path, "report", "reasons", "--format", "json").stdout)["analysed"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("report", "reasons", "--first", "2026-13-01"), "bad_date"),
        (("report", "reasons"), "no_data_yet"),
        (("keys", "create", "--name", "x", "--scope", "everything"), "unknown_scope"),
        (("ingest", "README.md"), "no_key"),
        (("sources", "set", "pbx", "--inbound", "left=agent"), "invalid_channel_map"),
        (("sources", "set", "pbx", "--originals", "burn"), "invalid_field"),
        (("sources", "remove", "pbx"), "source_not_found"),
        (("roles", "swap", "01900000-0000-7000-8000-000000000000"), "interaction_not_found"),
        (("roles", "set", "01900000-0000-7000-8000-000000000000"), "ambiguous_roles"),
    ],
)
def test_what_is_wrong_is_a_code_and_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    run = _overtone(tmp_path, *arguments)
    assert run.returncode == 2
    assert run.stderr.startswith(f"{code}: ")
    assert "Traceback" not in run.stderr


def test_names_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    odd = tmp_path / "[bold]call.docx"
    odd.write_text("x")
    run = _overtone(tmp_path, "ingest", str(odd), "--preview")
    assert odd.name in run.stdout
    assert "Traceback" not in run.stderr


def test_what_is_set_of_the_recogniser_holds_without_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENGINE", "WEIGHTS_DIR", "ALLOW_DOWNLOAD"):
        monkeypatch.delenv(f"OVERTONE_{name}", raising=False)
    assert recogniser_arguments() == ["--engine", "auto"]
    monkeypatch.setenv("OVERTONE_ENGINE", "whisper:small")
    monkeypatch.setenv("OVERTONE_WEIGHTS_DIR", "weights")
    monkeypatch.setenv("OVERTONE_ALLOW_DOWNLOAD", "false")
    assert recogniser_arguments() == ["--engine", "whisper:small", "--weights", "weights", "--no-download"]
