"""Which engine is opened, by name and by what lies on the disk; nothing is downloaded here."""

from pathlib import Path

import pytest

from nlp.asr import selection, weights
from nlp.asr.selection import open_recogniser
from nlp.asr.weights import find_weights, reachable, size_of
from nlp.errors import UnknownEngine


@pytest.fixture(autouse=True)
def empty_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any weights."""
    for name in ("HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Sphinx:
    """Stands for PocketSphinx, whose model takes a second to load."""

    name = "sphinx"

    def __init__(self, *, models: Path | None = None) -> None:
        self.models = models


def lay_model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"{}")
    return folder


def test_weights_are_found_in_folder_and_caches_best_first(empty_caches: Path, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "tiny.pt").touch()
    lay_model(folder / "faster-whisper-base.en")
    lay_model(empty_caches / "huggingface/hub/models--Systran--faster-whisper-small/snapshots/abc")
    (empty_caches / "whisper").mkdir()
    (empty_caches / "whisper" / "medium.pt").touch()
    (folder / "half").mkdir()
    (folder / "half" / "model.bin").touch()
    assert [(found.engine, found.size) for found in find_weights(folder)] == [
        ("faster-whisper", "base.en"),
        ("whisper", "tiny"),
        ("faster-whisper", "small"),
        ("whisper", "medium"),
    ]


def test_auto_without_weights_falls_back_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(selection, "SphinxRecogniser", Sphinx)
    engine, notices = open_recogniser("auto", weights=None, allow_download=False, models=tmp_path)
    assert engine.name == "sphinx"
    assert [notice.code for notice in notices] == ["fallback_engine"]
    assert "PocketSphinx" in notices[0].detail


def test_auto_passes_over_broken_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(selection, "SphinxRecogniser", Sphinx)
    lay_model(tmp_path / "faster-whisper-base")
    engine, notices = open_recogniser("auto", weights=tmp_path, allow_download=False)
    assert engine.name == "sphinx"
    assert [notice.code for notice in notices] == ["unusable_weights", "fallback_engine"]


def test_auto_offline_gives_up_downloading_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "SphinxRecogniser", Sphinx)
    monkeypatch.setattr(weights, "reachable", lambda url: False)
    _, notices = open_recogniser("auto", weights=None, allow_download=True)
    assert [notice.code for notice in notices] == ["fallback_engine"]


@pytest.mark.parametrize(
    ("engine", "code"),
    [
        ("parrot", "unknown_engine"),
        ("whisper", "missing_weights"),
        ("whisper:huge", "missing_weights"),
        ("whisper:/nowhere/base.pt", "missing_weights"),
        ("faster-whisper:small", "missing_weights"),
    ],
)
def test_an_engine_asked_for_by_name_is_never_replaced(engine: str, code: str) -> None:
    with pytest.raises(UnknownEngine) as refused:
        open_recogniser(engine, weights=None, allow_download=False)
    assert refused.value.code == code
    assert refused.value.remedy


def test_a_broken_checkpoint_is_named(tmp_path: Path) -> None:
    lay_model(tmp_path / "faster-whisper-base")
    with pytest.raises(UnknownEngine) as refused:
        open_recogniser("faster-whisper:base", weights=tmp_path, allow_download=False)
    assert refused.value.code == "missing_weights"


def test_a_dead_address_is_not_reachable() -> None:
    assert not reachable("http://127.0.0.1:9/")


def test_sizes_are_read_from_folder_names() -> None:
    assert size_of(Path("x/models--Systran--faster-whisper-large-v3/snapshots/abc")) == "large-v3"
    assert (
        size_of(Path("x/models--Systran--faster-distil-whisper-small.en/snapshots/abc"))
        == "distil-whisper-small.en"
    )
    assert size_of(Path("x/faster-whisper-base")) == "base"
