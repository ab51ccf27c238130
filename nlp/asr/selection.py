"""Opens a recogniser by name; ``auto`` takes the best that is here and says when it falls back."""

import pickle
from pathlib import Path

from nlp.asr.faster_whisper import FasterWhisperRecogniser
from nlp.asr.protocol import Recogniser
from nlp.asr.quantisation import compute_type_for
from nlp.asr.sphinx import SphinxRecogniser
from nlp.asr.weights import DOWNLOADED_SIZE, KNOWN_SIZES, Weights, fetch, find_weights, size_of
from nlp.asr.whisper import WhisperRecogniser
from nlp.errors import UnknownEngine
from nlp.transcript import Notice

BROKEN_WEIGHTS = (OSError, RuntimeError, ValueError, KeyError, TypeError, EOFError, pickle.UnpicklingError)
REMEDY = (
    "Name one of auto, sphinx, whisper, whisper:SIZE, whisper:FILE, faster-whisper, faster-whisper:SIZE, "
    "faster-whisper:FOLDER."
)
FALLBACK = (
    "No Whisper weights were found and none could be downloaded: recognised by PocketSphinx, which "
    "understands clear English only. With weights in the weights folder any language is understood."
)


def open_recogniser(
    engine: str, *, weights: Path | None, allow_download: bool, models: Path | None = None
) -> tuple[Recogniser, tuple[Notice, ...]]:
    """A loaded recogniser, and what the readers of its transcripts must know.

    ``models`` is the folder of the trained artefacts, from which sphinx takes its help with telephone speech.

    Raises UnknownEngine: unknown_engine, missing_weights.
    """
    name, _, wanted = engine.partition(":")
    if engine == "auto":
        return open_auto(weights, models, allow_download=allow_download)
    if engine == "sphinx":
        return SphinxRecogniser(models=models), ()
    if name in ("whisper", "faster-whisper"):
        return open_named(name, wanted, weights, allow_download=allow_download), ()
    raise UnknownEngine("unknown_engine", f"There is no recogniser named {engine!r}.", REMEDY)


def open_auto(
    weights: Path | None, models: Path | None, *, allow_download: bool
) -> tuple[Recogniser, tuple[Notice, ...]]:
    """The first weights that load; else downloaded ones; else sphinx with a notice."""
    notices: list[Notice] = []
    for found in find_weights(weights):
        try:
            return open_weights(found), tuple(notices)
        except BROKEN_WEIGHTS as error:
            detail = f"The weights {found.engine}:{found.size} cannot be loaded ({type(error).__name__})."
            notices.append(Notice("unusable_weights", detail))
    fetched = fetch("faster-whisper", DOWNLOADED_SIZE, weights) if allow_download else None
    if fetched is not None:
        return open_weights(fetched), tuple(notices)
    return SphinxRecogniser(models=models), (*notices, Notice("fallback_engine", FALLBACK))


def open_named(name: str, wanted: str, weights: Path | None, *, allow_download: bool) -> Recogniser:
    """The engine asked for, by size, by path, or with the preferred weights that are here."""
    path = Path(wanted)
    if wanted and path.exists():
        return load(Weights(name, size_of(path) if path.is_dir() else path.stem, path))
    if wanted and wanted not in KNOWN_SIZES:
        raise UnknownEngine("missing_weights", f"{wanted!r} is neither a size of Whisper nor a path.", REMEDY)
    for found in find_weights(weights):
        if found.engine == name and wanted in ("", found.size):
            return load(found)
    fetched = fetch(name, wanted or DOWNLOADED_SIZE, weights) if allow_download else None
    if fetched is None:
        detail = f"No weights of {name}:{wanted or DOWNLOADED_SIZE} are here, and none could be downloaded."
        raise UnknownEngine(
            "missing_weights", detail, "Put the weights into the weights folder, or use auto."
        )
    return load(fetched)


def load(found: Weights) -> Recogniser:
    """Open weights that were asked for by name; broken ones are an error of ours."""
    try:
        return open_weights(found)
    except BROKEN_WEIGHTS as error:
        detail = f"The weights {found.engine}:{found.size} cannot be loaded ({type(error).__name__})."
        raise UnknownEngine("missing_weights", detail, "Copy the weights again.") from error


def open_weights(found: Weights) -> Recogniser:
    """Load weights with their engine."""
    if found.engine == "whisper":
        return WhisperRecogniser(found.path)
    kind = compute_type_for(found.path)
    return FasterWhisperRecogniser(found.path, size=found.size, compute_type=kind)
