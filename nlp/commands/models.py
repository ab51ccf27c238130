"""The command ``models``: what is trained, whether its files are the published ones, how good it is."""

import argparse
import json

from rich.console import Console
from rich.table import Table

from nlp.artifacts import Artifact, Manifest, read_manifest
from nlp.commands.telling import printed
from nlp.errors import MissingArtifact


def run(options: argparse.Namespace) -> int:
    """List the models; ``verify`` also reads their files and fails when one is missing or changed."""
    manifest = read_manifest(options.models)
    verify = options.action == "verify"
    rows = [
        (artifact, _wrong(manifest, artifact) if verify else "") for artifact in manifest.artifacts.values()
    ]
    if options.json:
        printed(json.dumps([_entry(artifact, wrong) for artifact, wrong in rows], indent=2))
    else:
        _show(rows, verify=verify)
    return 1 if any(wrong for _, wrong in rows) else 0


def _wrong(manifest: Manifest, artifact: Artifact) -> str:
    try:
        for file in artifact.files:
            manifest.path(artifact.name, file)
    except MissingArtifact as error:
        return f"{error.code}: {error.detail}"
    return ""


def _entry(artifact: Artifact, wrong: str) -> dict[str, object]:
    return {
        "name": artifact.name,
        "version": artifact.version,
        "licence": artifact.licence,
        "data": artifact.data,
        "metrics": dict(artifact.metrics),
        "floor": dict(artifact.floor),
        "wrong": wrong,
    }


def _show(rows: list[tuple[Artifact, str]], *, verify: bool) -> None:
    table = Table("model", "version", "licence", "files", "measured (floor)")
    for artifact, wrong in rows:
        measured = "\n".join(
            f"{name} {artifact.metrics[name]:.3f} ({floor})"
            for name, floor in artifact.floor.items()
            if name in artifact.metrics
        )
        files = wrong or ("as published" if verify else str(len(artifact.files)))
        table.add_row(artifact.name, artifact.version, artifact.licence, files, measured)
    Console().print(table)
