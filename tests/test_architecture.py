"""The house rules that a linter cannot hold."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from workers.settings import WorkerSettings

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    file
    for package in ("service", "nlp", "workers", "tests")
    for file in (ROOT / package).rglob("*.py")
    if "migrations/versions" not in file.as_posix()
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "shared", "base"}
MODEL_LIBRARIES = (
    "torch",
    "transformers",
    "numpy",
    "sklearn",
    "av",
    "faster_whisper",
    "spacy",
    "nlp",
    "workers",
)


def _relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", SOURCES, ids=_relative)
def test_a_file_is_one_idea(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300, "over 300 lines: split it by idea"
    assert file.stem not in FORBIDDEN_NAMES, "a name that says nothing"


@pytest.mark.parametrize(
    "file", [f for f in SOURCES if f.name != "__init__.py" or f.stat().st_size], ids=_relative
)
def test_a_file_has_a_door_plate(file: Path) -> None:
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert doc, "no module docstring"
    assert len(doc.splitlines()[0]) <= 110, "the first line of the docstring is one line"


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in WorkerSettings.model_fields if f"OVERTONE_{name.upper()}" not in readme]
    assert not missing


def test_the_service_loads_no_model_library() -> None:
    code = (
        "import sys, service.app, service.cli.main; "
        f"print([name for name in {MODEL_LIBRARIES!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_files_are_small() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    large = [_relative(file) for file in files if file.stat().st_size > _most_bytes(file)]
    assert not large, "a model may have 8 MiB, anything else 1 MiB"


def _most_bytes(file: Path) -> int:
    return (8 if file.is_relative_to(ROOT / "models") else 1) * 1024**2
