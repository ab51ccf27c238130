"""Call reasons that users trained: trained into a folder, opened from it, whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.errors import MissingArtifact
from service.store.reason_orders import TrainingOrder

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.call_reasons import TextEncoder

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class TrainedFolder:
    """A trained model in a folder that is not in its place yet, and its report."""

    folder: Path
    report: Mapping[str, Any]


Train = Callable[["TextEncoder | None", TrainingOrder, Path], Mapping[str, Any]]


def train_into(encoder: "TextEncoder | None", order: TrainingOrder, folder: Path) -> Mapping[str, Any]:
    """Train with the real models and write the model's files; its report. Raises NlpError."""
    from nlp.call_reasons import Reason, Taxonomy  # noqa: PLC0415 - loads the models' libraries
    from nlp.call_reasons.own import write  # noqa: PLC0415
    from nlp.training.own_reasons import Example, train_reasons  # noqa: PLC0415

    if encoder is None:
        raise MissingArtifact(
            "missing_artifact", "There is no encoder to read texts with.", "Verify the models."
        )
    reasons = tuple(Reason(one.name, one.parent, one.description) for one in order.reasons)
    labelled = [Example(text, label) for text, label in (*order.examples, *order.corrections)]
    trained = train_reasons(
        Taxonomy(order.taxonomy, order.version, reasons), labelled, encoder, version=str(order.number)
    )
    write(trained.model, folder)
    return trained.report.document()


def draft(root: Path, train: Callable[[Path], Mapping[str, Any]]) -> TrainedFolder:
    """Train into a folder below ``root``, on the disk of its later place; nothing is left when that fails."""
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".training-", dir=root))
    try:
        return TrainedFolder(folder, train(folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def put_in_place(trained: TrainedFolder, place: Path) -> str:
    """Move a trained model to its place and tell the digest of its files; one that lies there gives way."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():  # of an attempt that ended before its commit
        shutil.rmtree(place)
    trained.folder.rename(place)
    return digest_of(place)


def digest_of(folder: Path) -> str:
    """The digest of a model: of the list of its files' digests."""
    return sha256((folder / MANIFEST).read_bytes()).hexdigest()


def checked(folder: Path, digest: str) -> Path:
    """The folder, if it holds the model that was put to use; raises MissingArtifact."""
    if not (folder / MANIFEST).is_file():
        raise MissingArtifact(
            "missing_artifact",
            "The trained reasons are not in this worker's data directory.",
            "Train them again.",
        )
    if digest_of(folder) != digest:
        raise MissingArtifact(
            "corrupt_artifact", "The trained reasons are not those put to use.", "Train again."
        )
    return folder
