"""`overtone discover`: what is new in the terminal."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError
from service.store import interactions, transcripts
from service.store.analyses import NewAnalysis
from service.store.database import open_database
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import MORNING, make_analyzed


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week of bills, and one in which a bundle is spoken of as well."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    database = open_database(f"sqlite:///{tmp_path / 'overtone.db'}")
    database.migrate()
    with database.transaction() as session:
        for number in range(40):
            day = MORNING - timedelta(days=7 * (number % 2))
            row = make_analyzed(session, analysis=NewAnalysis(), started_at=day)
            interactions.mark_transcribed(session, row.id)
            interactions.mark_analyzed(session, row.id)
            text = "the bill is wrong" + ("" if number % 2 else ", the thunder bundle")
            made = NewTranscript(engine="x", engine_version="1")
            transcripts.replace(session, row.id, made, turns=[NewTurn(party="customer", text=text)])
    database.close()


def run(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["discover", *arguments])


def test_new_words_are_printed_to_be_read_and_as_lines() -> None:
    days = ("--first", str(MORNING.date()), "--last", str((MORNING + timedelta(days=6)).date()))
    assert "thunder bundle" in run("words", *days).stdout
    first = json.loads(run("words", *days, "--json").stdout.splitlines()[0])
    assert (first["term"], first["count"], first["previous_count"]) == ("thunder bundle", 20, 0)


def test_what_is_no_day_is_told() -> None:
    error = run("words", "--first", "yesterday").exception
    assert isinstance(error, ServiceError)
    assert error.code == "bad_date"
