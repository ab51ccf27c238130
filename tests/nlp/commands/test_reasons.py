"""The command ``reasons``: train, evaluate and predict through files, and no text is quoted."""

import json
from pathlib import Path

import pytest

from nlp.__main__ import main
from nlp.commands import reasons
from tests.nlp.hashed_words import HashedWords

ROWS = [f"i want my money back {n},Refund" for n in range(12)] + [
    f"parcel {n} is late,Parcel" for n in range(12)
]


@pytest.fixture(autouse=True)
def _encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reasons, "open_encoder", lambda _: HashedWords())
    monkeypatch.setenv("OVERTONE_DATA_DIR", str(tmp_path / "data"))


def _file(tmp_path: Path, *rows: str, name: str = "examples.csv") -> str:
    path = tmp_path / name
    path.write_text("\n".join(("text,label", *rows)) + "\n", "utf-8")
    return str(path)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["reasons", *arguments, "--taxonomy", "shop"])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_each_training_is_a_version_and_the_newest_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = _file(tmp_path, *ROWS, "broken")
    for version in ("1", "2"):
        code, out = _run(capsys, "train", "--examples", examples, "--json")
        report = json.loads(out)
        assert (code, report["version"]) == (0, version)
        assert (tmp_path / "data" / "reasons" / "shop" / version / "report.json").is_file()
    assert report["figures"]["accuracy"] > 0.9
    assert [row["line"] for row in report["bad_rows"]] == [26]
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"id": 7, "text": "i want my money back 99"}\n{"id": 8}\n', "utf-8")
    code, out = _run(capsys, "predict", "--jsonl", str(lines))
    first, second = map(json.loads, out.splitlines())
    assert (code, first["id"], first["reason"], first["model"]) == (0, 7, "Refund", "2+shop.2")
    assert (second["id"], second["error"]["code"]) == (8, "missing_text")


def test_evaluation_tells_the_figures_for_programs_and_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = _file(tmp_path, *ROWS)
    _, trained = _run(capsys, "train", "--examples", examples)
    assert "Refund" in trained
    code, out = _run(capsys, "evaluate", "--examples", examples, "--json")
    figures = json.loads(out)
    assert code == 0
    assert figures["n"] == 24
    wanted = {"accuracy", "macro_f1", "coverage_at_95_precision", "expected_calibration_error", "confusions"}
    assert wanted <= figures.keys()
    code, out = _run(capsys, "evaluate", "--examples", examples)
    assert "expected calibration error" in out


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["my pin is 1234,A", "x,a "], "duplicate_reason"),
        (["my pin is 1234,B,C"], "no_examples"),
        (["my pin is 1234,none"], "no_reasons"),
    ],
)
def test_what_makes_no_taxonomy_is_refused_without_quoting_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], code: str
) -> None:
    status, told = _run(capsys, "train", "--examples", _file(tmp_path, *rows))
    assert status == 1
    assert code in told
    assert "1234" not in told


def test_nothing_trained_and_names_that_are_paths_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = _run(capsys, "evaluate", "--examples", _file(tmp_path, *ROWS))
    assert (code, "not_trained" in told) == (1, True)
    assert main(["reasons", "predict", "--taxonomy", "../x", "--jsonl", "-"]) == 1
    assert "bad_taxonomy_name" in capsys.readouterr().err
