"""`overtone taxonomy`: drafts, versions, models and accuracy in the terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.errors import ServiceError
from service.store import reason_models, taxonomies
from service.store.database import open_database
from tests.service.cli.reasons_fakes import enter

TOML = """
[[reason]]
name = "billing"
description = "Bills."
[[reason.sub]]
name = "late fee"
description = ""
[[reason]]
name = "delivery"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, and a taxonomy file in it."""
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("DATABASE_URL", "OVERTONE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "own.toml").write_text(TOML, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["taxonomy", *arguments])


def test_a_taxonomy_is_set_changed_published_and_told(folder: Path) -> None:
    assert "3 reasons" in run("set", "own", str(folder / "own.toml")).stdout
    assert "version 1" in run("publish", "own").stdout
    assert run("change", "own", "delivery", "--to", "parcels").exit_code == 0
    assert run("split", "own", "late fee", "--into", "late fee", "--into", "dunning=A letter.").exit_code == 0
    assert "not published: renamed: delivery → parcels" in run("show", "own").stdout
    assert "version 2" in run("publish", "own").stdout
    told = json.loads(run("history", "own", "--json").stdout)
    assert [one["version"] for one in told] == [2, 1]
    assert [one["kind"] for one in told[0]["changes"]] == ["split", "renamed"]
    (folder / "again.toml").write_text(run("export", "own").stdout, "utf-8")
    run("set", "other", str(folder / "again.toml"))
    shown = json.loads(run("show", "other", "--json").stdout)["reasons"]
    assert [one["name"] for one in shown] == ["billing", "late fee", "dunning", "parcels"]
    assert json.loads(run("list", "--json").stdout)[1]["version"] == 2
    assert run("remove", "own").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nowhere"], "taxonomy_not_found"),
        (["set", "own", "nowhere.toml"], "no_such_file"),
        (["copy", "own"], "taxonomy_not_found"),
        (["rerun", "--from", "soon"], "bad_date"),
        (["shipped"], "shipped_in_use"),
    ],
)
def test_mistakes_have_a_code(arguments: list[str], code: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, ServiceError)
    assert error.code == code


def test_examples_are_taken_and_bad_rows_told(folder: Path) -> None:
    run("set", "own", str(folder / "own.toml"))
    (folder / "examples.csv").write_text("text,label\nmy bill,billing\nmy dog,pets\n", "utf-8")
    told = run("examples", "own", str(folder / "examples.csv"))
    assert "1 examples taken, 1 rows left out" in told.stdout
    assert "line 3: unknown_reason" in told.output


def test_what_the_models_command_trained_is_entered_and_put_to_use(folder: Path) -> None:
    enter(folder, "shop", 1, ["refund", "delivery"])
    assert "model 1 of shop is in use" in run("activate", "shop").stdout
    enter(folder, "shop", 2, ["refund", "delivery", "praise"])
    assert "0 interactions" in run("rerun").stdout
    assert "no random sample" in run("accuracy").stdout
    assert json.loads(run("accuracy", "--json").stdout)["looked_at"] == 0
    database = open_database(f"sqlite:///{folder / 'overtone.db'}")
    with database.reading() as session:
        row = taxonomies.get(session, "shop")
        assert [one.number for one in taxonomies.versions(session, row)] == [2, 1]
        assert [one.taxonomy_version for one in reason_models.models(session, row)] == [2, 1]
        used = reason_models.in_use(session)
        assert used is not None
        assert (used.folder, used.number) == ("shop/1", 1)
    database.close()
