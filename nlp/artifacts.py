"""Trained artefacts: what models/manifest.toml names, checked by sha256 before it is used."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nlp.errors import MissingArtifact

MANIFEST = "manifest.toml"
REMEDY = (
    "Restore the models folder from the release, or train the artefact: python -m nlp train NAME --data PATH"
)


@dataclass(frozen=True)
class Artifact:
    """One trained model: its files (name to sha256), where it comes from and how good it must be.

    ``metrics`` were measured when it was trained; ``floor`` is what an evaluation must reach.
    """

    name: str
    version: str
    files: Mapping[str, str]
    licence: str = ""
    data: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    floor: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """The artefacts of one models folder; files of artefact ``x`` lie in the folder ``x``."""

    models: Path
    artifacts: Mapping[str, Artifact]

    def artifact(self, name: str) -> Artifact:
        """Return the entry of that name; raises MissingArtifact."""
        if name not in self.artifacts:
            raise MissingArtifact("missing_artifact", f"The manifest names no artefact {name!r}.", REMEDY)
        return self.artifacts[name]

    def path(self, name: str, file: str) -> Path:
        """Return the path of an artefact's file once its sha256 is verified; raises MissingArtifact."""
        artifact = self.artifact(name)
        if file not in artifact.files:
            raise MissingArtifact("missing_artifact", f"Artefact {name!r} lists no file {file!r}.", REMEDY)
        return verified(self.models / name / file, artifact.files[file])


def read_manifest(models: Path) -> Manifest:
    """Read ``models/manifest.toml``; raises MissingArtifact when it is absent or malformed."""
    path = models / MANIFEST
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        artifacts = {name: _artifact(name, table) for name, table in tables.items()}
    except FileNotFoundError as error:
        raise MissingArtifact(
            "missing_artifact", "The models folder has no manifest.toml.", REMEDY
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise MissingArtifact(
            "corrupt_artifact", "The models' manifest.toml cannot be read.", REMEDY
        ) from error
    return Manifest(models, artifacts)


def verified(path: Path, sha256: str) -> Path:
    """Return ``path`` if its bytes have that sha256 (hex); raises MissingArtifact otherwise."""
    if not path.is_file():
        raise MissingArtifact("missing_artifact", f"The model file {path.name} is not there.", REMEDY)
    if digest(path) != sha256:
        detail = f"The model file {path.name} is not the one that was published (its checksum differs)."
        raise MissingArtifact("corrupt_artifact", detail, REMEDY)
    return path


def digest(path: Path) -> str:
    """Sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def register(models: Path, artifact: Artifact) -> None:
    """Write or replace an artefact's entry in the manifest; the other entries stay as they are."""
    path = models / MANIFEST
    known = dict(read_manifest(models).artifacts) if path.is_file() else {}
    known[artifact.name] = artifact
    draft = path.with_suffix(".new")
    draft.write_text("\n".join(_toml(known[name]) for name in sorted(known)), "utf-8")
    draft.replace(path)


def digests(directory: Path, *files: str) -> dict[str, str]:
    """Sha256 of each named file in a folder, as ``Artifact.files`` wants them."""
    return {file: digest(directory / file) for file in files}


def _artifact(name: str, table: Mapping[str, object]) -> Artifact:
    return Artifact(
        name=name,
        version=str(table["version"]),
        files={file: str(value) for file, value in _table(table["files"]).items()},
        licence=str(table.get("licence", "")),
        data=str(table.get("data", "")),
        metrics=_numbers(table.get("metrics", {})),
        floor=_numbers(table.get("floor", {})),
    )


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a table was expected")
    return value


def _numbers(value: object) -> dict[str, float]:
    return {key: float(str(number)) for key, number in _table(value).items()}


def _toml(artifact: Artifact) -> str:
    """Write one entry; JSON strings are valid TOML basic strings."""
    lines = [f"[{json.dumps(artifact.name)}]"]
    for key in ("version", "licence", "data"):
        lines.append(f"{key} = {json.dumps(getattr(artifact, key))}")
    tables: dict[str, Mapping[str, object]] = {
        "files": artifact.files,
        "metrics": artifact.metrics,
        "floor": artifact.floor,
    }
    for title, table in tables.items():
        lines += ["", f"[{json.dumps(artifact.name)}.{title}]"]
        lines += [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in sorted(table.items())]
    return "\n".join(lines) + "\n"
