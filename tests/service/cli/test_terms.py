"""`overtone terms`: lists of terms in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["terms", *arguments])


def test_a_list_is_set_shown_and_removed(folder: Path) -> None:
    made = run(
        "set",
        "rivals",
        "--kind",
        "competitor",
        "--term",
        "Telekom=T-Mobile, Magyar Telekom",
        "--exact",
        "One",
    )
    assert made.stdout.startswith("made rivals, version 1")
    shown = json.loads(run("show", "rivals").stdout)
    assert shown["terms"] == [
        {"name": "Telekom", "aliases": ["T-Mobile", "Magyar Telekom"], "exact_case": False},
        {"name": "One", "aliases": [], "exact_case": True},
    ]
    file = folder / "rivals.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert run("set", "again", "--file", str(file)).exit_code == 0
    assert [json.loads(line)["name"] for line in run("list", "--json").stdout.splitlines()] == [
        "again",
        "rivals",
    ]
    assert "Telekom" in run("list").stdout
    assert run("remove", "again").exit_code == 0
    assert run("apply").stdout.startswith("0 interactions; job ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nothing"], "term_list_not_found"),
        (["set", "x", "--term", "…"], "bad_term"),
        (["set", "x", "--file", "nowhere.json"], "no_such_file"),
    ],
)
def test_what_is_wrong_is_told_with_a_code(arguments: list[str], code: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, ServiceError)
    assert error.code == code
