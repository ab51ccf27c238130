"""`overtone phrases`: searches and saved lists in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError
from service.store import transcripts
from service.store.database import open_database
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import later, make_interaction


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two transcribed calls in a data folder of their own."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'overtone.db'}")
    database.migrate()
    with database.transaction() as session:
        for number, text in enumerate(("I want a refund [now].", "My parcel is late.")):
            row = make_interaction(session, started_at=later(number))
            row.transcribed_at = later(60)
            turns = [NewTurn(party="customer", text=text, start_ms=1500, end_ms=3000)]
            transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
    database.close()
    return tmp_path


def run(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["phrases", *arguments])


def test_hits_are_printed_to_be_read_and_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")  # nothing is cut where the terminal is narrow
    where, words = run("search", "refund").stdout.splitlines()
    assert where.endswith("  1.5 s  customer  1.00")
    assert words.strip() == "I want a refund [now]."
    lines = run("search", "refund OR parcel", "--json").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["text"], one["start_ms"]) for one in found] == [("parcel", 1500), ("refund", 1500)]


def test_a_search_is_narrowed() -> None:
    assert run("search", "refund", "--party", "agent", "--json").stdout == ""
    assert run("search", "refund", "--from", "2027-01-01", "--json").stdout == ""
    assert run("search", "refund", "--first", "1s", "--json").stdout == ""
    assert len(run("search", "refund OR parcel", "--limit", "1", "--json").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "(refund"], "bad_phrase"),
        (["search", "refund", "--from", "soon"], "bad_date"),
        (["search", "refund", "--party", "nobody"], "unknown_party"),
        (["search", "order 66", "--sound"], "bad_phrase"),
        (["lists", "set", "x", "--phrase", "a=(b"], "bad_phrase"),
        (["lists", "set", "x", "--phrase", "no query"], "bad_phrase"),
        (["lists", "show", "x"], "phrase_list_not_found"),
        (["lists", "set", "x", "--file", "nowhere.json"], "no_such_file"),
    ],
)
def test_mistakes_have_a_code(arguments: list[str], code: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, ServiceError)
    assert error.code == code


def test_a_list_is_set_shown_changed_and_removed(tmp_path: Path) -> None:
    assert (
        "version 1" in run("lists", "set", "money", "--phrase", "refund=refund*", "--sound", "bye=bye").stdout
    )
    shown = json.loads(run("lists", "show", "money").stdout)
    assert [(one["name"], one["sound"]) for one in shown["phrases"]] == [("refund", False), ("bye", True)]
    (tmp_path / "list.json").write_text(json.dumps(shown))
    assert (
        "version 2"
        in run("lists", "set", "money", "--file", str(tmp_path / "list.json"), "--phrase", "x=y").stdout
    )
    assert "money" in run("lists", "list").stdout
    assert "2 interactions" in run("lists", "apply", "money").stdout
    assert run("lists", "remove", "money").exit_code == 0
    assert run("lists", "list", "--json").stdout == ""
