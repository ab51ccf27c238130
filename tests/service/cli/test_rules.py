"""`overtone rules` in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError
from service.store.database import open_database
from tests.service.rule_archive import add_call


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three calls in a data folder of their own."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'overtone.db'}")
    database.migrate()
    with database.transaction() as session:
        for number, (text, code) in enumerate(
            (("cancel it [now]", "cancel"), ("thanks", "cancel"), ("hi", "x"))
        ):
            add_call(session, text, number=number, disposition=code)
    database.close()
    return tmp_path


def run(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["rules", *arguments])


def test_a_rule_is_set_listed_shown_switched_off_and_deleted(tmp_path: Path) -> None:
    assert run("set", "cancels", 'customer says "cancel"').stdout.startswith("made cancels, version 1")
    (tmp_path / "rule.txt").write_text('customer says "cancel*"\n', encoding="utf-8")
    assert "version 2" in run("set", "cancels", "--file", str(tmp_path / "rule.txt")).stdout
    assert "version 2" in run("set", "cancels", "--disable").stdout
    (line,) = run("list", "--json").stdout.splitlines()
    assert (json.loads(line)["rule"], json.loads(line)["enabled"]) == ('customer says "cancel*"', False)
    shown = json.loads(run("show", "cancels").stdout)
    assert [one["version"] for one in shown["versions"]] == [2, 1]
    (tmp_path / "tree.json").write_text(json.dumps(shown["tree"]), encoding="utf-8")
    assert "version 2" in run("set", "cancels", "--file", str(tmp_path / "tree.json")).stdout
    assert "cancels" in run("list").stdout
    assert run("delete", "cancels").stdout == "deleted cancels\n"


def test_a_rule_is_tried_before_it_is_saved() -> None:
    told = run("try", 'customer says "cancel"', "--against", "disposition is cancel").stdout.splitlines()
    assert told[1] == "1 matched, 2 not matched, 0 not evaluated"
    assert told[2].startswith("3 labelled: precision 1.000 (0.207-1.000 of 1), recall 0.500 (")
    assert told[4].strip() == "1.0 s  cancel"
    found = json.loads(run("try", 'customer says "cancel"', "--json").stdout)
    assert (found["counts"]["matched_after"], found["items"][0]["places"][0]["text"]) == (1, "cancel")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("try", 'customer says "'), "bad_rule"),
        (("try", "duration > 1m and duration < 1s"), "contradictory_rule"),
        (("try", "duration > 1m", "--against", "duration > 1m"), "bad_label"),
        (("try", "duration > 1m", "--show", "all"), "bad_option"),
        (("set", "new"), "bad_rule"),
        (("show", "nobody"), "rule_not_found"),
    ],
)
def test_what_is_wrong_is_told(arguments: tuple[str, ...], code: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, ServiceError)
    assert error.code == code
