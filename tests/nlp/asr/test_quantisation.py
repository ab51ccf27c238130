"""8 bits only where they were measured, on these weights, and cost next to nothing."""

from pathlib import Path

import pytest

from nlp.asr.quantisation import (
    FILE,
    WordErrors,
    compute_type_for,
    judged,
    model_digest,
    read_verdict,
    word_errors,
    write_verdict,
)
from nlp.commands.quantisation import known_calls, weights_for, words_in
from nlp.errors import UnknownEngine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.bin").write_bytes(b"weights")
    return tmp_path


@pytest.mark.parametrize(
    ("said", "heard", "errors", "run"),
    [
        ("a b c d", "a b c d", 0, 0),
        ("a b c d e f", "a f", 4, 4),
        ("a b c d e f", "b d f", 3, 1),
        ("a b", "a x b y", 2, 0),
        ("", "a", 1, 0),
        ("a b c", "", 3, 3),
    ],
)
def test_errors_and_the_longest_row_of_deletions(said: str, heard: str, errors: int, run: int) -> None:
    found = word_errors(said.split(), heard.split())
    assert (found.errors, found.deleted_run) == (errors, run)


@pytest.mark.parametrize(
    ("full", "quantised", "passes"),
    [
        (WordErrors(1000, 80, 2), WordErrors(1000, 83, 3), True),
        (WordErrors(1000, 80, 2), WordErrors(1000, 84, 3), False),
        (WordErrors(1000, 80, 2), WordErrors(1000, 70, 6), False),
        (WordErrors(1000, 80, 9), WordErrors(1000, 80, 9), True),
        (WordErrors(1000, 800, 9), WordErrors(1000, 800, 9), False),
        (WordErrors(20, 0, 0), WordErrors(20, 0, 0), False),
    ],
)
def test_the_gate(full: WordErrors, quantised: WordErrors, passes: bool) -> None:  # noqa: FBT001
    verdict = judged(full, quantised, model_sha256="x")
    assert verdict.passes is passes
    assert bool(verdict.reason) is not passes


def test_without_a_verdict_full_precision_is_kept(folder: Path) -> None:
    assert compute_type_for(folder) == "float32"
    (folder / FILE).write_text("[]")
    assert compute_type_for(folder) == "float32"


def test_a_verdict_is_about_these_weights_alone(folder: Path) -> None:
    good = WordErrors(1000, 80, 2)
    write_verdict(folder, judged(good, good, model_sha256=model_digest(folder)))
    assert compute_type_for(folder) == "int8"
    (folder / "model.bin").write_bytes(b"other weights")
    assert compute_type_for(folder) == "float32"


def test_a_failed_verdict_is_kept_with_its_figures(folder: Path) -> None:
    verdict = judged(WordErrors(1000, 80, 2), WordErrors(1000, 180, 20), model_sha256=model_digest(folder))
    write_verdict(folder, verdict)
    assert read_verdict(folder) == verdict
    assert compute_type_for(folder) == "float32"


def test_the_demo_s_calls_are_known() -> None:
    demo = Path(__file__).parents[3] / "service" / "demo"
    calls = list(known_calls(demo))
    assert len(calls) >= 8
    assert all(recording.stem == script.stem for recording, script in calls)


def test_weights_that_are_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HOME", raising=False)
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    with pytest.raises(UnknownEngine) as refused:
        weights_for("small", tmp_path)
    assert refused.value.code == "missing_weights"


def test_words_are_compared_without_signs() -> None:
    assert words_in("Don’t, please: 5 £!") == ["don't", "please", "5"]
