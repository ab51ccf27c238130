"""`overtone search` in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError
from service.store import interactions, transcripts
from service.store.database import open_database
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import later, make_interaction


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two transcribed calls in a data folder of their own."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'overtone.db'}")
    database.migrate()
    with database.transaction() as session:
        for number, text in enumerate(("I want a refund [now].", "My parcel is late.")):
            row = make_interaction(session, started_at=later(number))
            turns = [NewTurn(party="customer", text=text, start_ms=1500, end_ms=3000)]
            transcripts.replace(session, row.id, NewTranscript(engine="x", engine_version="1"), turns=turns)
            interactions.mark_transcribed(session, row.id)
    database.close()


def run(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["search", *arguments])


def test_hits_are_printed_to_be_read_and_as_lines() -> None:
    where, words = run("refund").stdout.splitlines()
    assert where.endswith("  1.5 s  customer  0.50")
    assert words.strip() == "I want a refund [now]."
    found = [json.loads(line) for line in run("refund OR parcel", "--newest", "--json").stdout.splitlines()]
    assert [one["text"] for one in found] == ["My parcel is late.", "I want a refund [now]."]
    assert run("refund", "--party", "agent").stdout == ""


@pytest.mark.parametrize("arguments", [["*"], ["a b", "--party", "nobody"], ["a", "--from", "today"]])
def test_what_cannot_be_read_is_refused(arguments: list[str]) -> None:
    assert isinstance(run(*arguments).exception, ServiceError)
