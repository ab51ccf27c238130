"""Models trained for taxonomies that users own: begun, recorded, put to use; the shipped one when none is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from service.errors import Conflict, NotFound
from service.store import call_reasons, plain, tasks, taxonomies, taxonomy_history
from service.store.database import Session, new_id, now
from service.store.tables import TaskRow
from service.store.task_views import TaskView
from service.store.taxonomy_tables import ReasonModelRow, TaxonomyActivationRow, TaxonomyRow
from service.taxonomies import Reason
from service.taxonomies.lineage import Version

TRAIN = "train_reasons"  # the task's kind
PRIORITY = 10  # somebody waits for it, but what has just arrived goes first


@dataclass(frozen=True, slots=True)
class Pinned:
    """A trained model, and what its labels are pinned to; ``folder`` is below ``reasons/``."""

    id: UUID
    folder: str
    digest: str
    taxonomy: str
    version: str
    model_version: str


def begin(session: Session, name: str, *, author: str, folder: Path) -> tuple[ReasonModelRow, TaskRow]:
    """Have a model trained for the version published last; whoever calls rings the bell.

    ``folder`` is where models lie: numbers that the command line has given there are not given again.

    Raises NotFound, Conflict(unpublished_changes): examples belong to the reasons as they are now.
    """
    row = taxonomies.get(session, name)
    last = taxonomies.newest(session, row)
    if last is None or taxonomies.has_changes(row, last):
        raise Conflict(
            "unpublished_changes", "The draft has changes that no version has.", "Publish it, then train."
        )
    model = add(session, row, last.number, author=author, above=_highest(folder / row.name))
    return model, tasks.add(session, TRAIN, model.id, "text", priority=PRIORITY)


def add(
    session: Session,
    row: TaxonomyRow,
    version: int,
    *,
    author: str,
    above: int = 0,
    number: int | None = None,
) -> ReasonModelRow:
    """A model that is not trained yet; its number is ``above`` all others'."""
    query = select(func.max(ReasonModelRow.number)).where(ReasonModelRow.taxonomy_id == row.id)
    number = number or max(session.scalar(query) or 0, above) + 1
    model = ReasonModelRow(
        id=new_id(),
        taxonomy_id=row.id,
        taxonomy_version=version,
        number=number,
        folder=f"{row.name}/{number}",
        report={},
        examples=0,
        corrections=0,
        created_at=now(),
        created_by=plain.text(author)[:200],
    )
    session.add(model)
    session.flush()
    return model


def record(
    session: Session,
    model_id: UUID,
    *,
    digest: str,
    report: Mapping[str, Any],
    examples: int,
    corrections: int,
) -> None:
    """Note that a model is trained and what its report says."""
    model = by_id(session, model_id)
    model.digest, model.report, model.trained_at = digest, plain.json(report), now()
    model.examples, model.corrections = examples, corrections
    session.flush()


def by_id(session: Session, model_id: UUID) -> ReasonModelRow:
    """The model; raises NotFound."""
    row = session.get(ReasonModelRow, model_id)
    if row is None:
        raise _missing()
    return row


def get(session: Session, name: str, number: int) -> ReasonModelRow:
    """A taxonomy's model by its number; raises NotFound."""
    row = taxonomies.get(session, name)
    which = (ReasonModelRow.taxonomy_id == row.id, ReasonModelRow.number == number)
    found = session.scalars(select(ReasonModelRow).where(*which)).one_or_none()
    if found is None:
        raise _missing()
    return found


def models(session: Session, row: TaxonomyRow, *, limit: int = 20) -> list[ReasonModelRow]:
    """A taxonomy's models, the newest first."""
    query = select(ReasonModelRow).where(ReasonModelRow.taxonomy_id == row.id)
    return list(session.scalars(query.order_by(ReasonModelRow.number.desc()).limit(limit)))


def task_of(session: Session, model: ReasonModelRow) -> TaskView | None:
    """The task that trains it; None for one that the command line trained."""
    query = select(TaskRow.id).where(TaskRow.subject_id == model.id).order_by(TaskRow.id.desc()).limit(1)
    found = session.scalar(query)
    return tasks.view(session, found) if found else None


def version_of(session: Session, model: ReasonModelRow) -> Version:
    """What its labels are pinned to."""
    row = session.get_one(TaxonomyRow, model.taxonomy_id)
    return taxonomies.version(session, row.name, str(model.taxonomy_version))


def in_use(session: Session) -> ReasonModelRow | None:
    """The model that labels now; None: the one that came with the models."""
    last = _last(session)
    return session.get(ReasonModelRow, last.model_id) if last and last.model_id else None


def pinned(session: Session, model_id: UUID | None = None) -> Pinned | None:
    """A model by its id, else the one in use; None where the shipped one is. Raises NotFound."""
    model = in_use(session) if model_id is None else by_id(session, model_id)
    if model is None:
        return None
    version = version_of(session, model)
    named = f"{model.number}+{version.taxonomy}.{version.version}"
    return Pinned(model.id, model.folder, model.digest or "", version.taxonomy, version.version, named[:32])


def activations(session: Session) -> list[TaxonomyActivationRow]:
    """Since when what labels, the oldest first."""
    return list(session.scalars(select(TaxonomyActivationRow).order_by(TaxonomyActivationRow.id)))


def activate(session: Session, model: ReasonModelRow, *, author: str, day: date) -> None:
    """Label by this model from now on; workers see it at their next task. Raises Conflict(not_trained)."""
    if model.trained_at is None:
        raise Conflict(
            "not_trained", "The model is not trained yet.", "Wait for its training, or train again."
        )
    version = version_of(session, model)
    now_found = [reason for reason in version.reasons if reason.retired_at is None]
    call_reasons.replace_taxonomy(session, version.taxonomy, version.version, now_found, shipped=False)
    _note(session, version, model.id, author, day)


def return_to_shipped(session: Session, *, author: str, day: date) -> None:
    """Label by the model that came with Overtone again. Raises Conflict(shipped_in_use), NotFound."""
    rows = call_reasons.shipped(session)
    if in_use(session) is None:
        raise Conflict("shipped_in_use", "The shipped reasons are in use already.", "There is nothing to do.")
    if not rows:
        raise NotFound("taxonomy_not_found", "No worker has told of the shipped reasons yet.", "Start one.")
    call_reasons.replace_taxonomy(session, rows[0].taxonomy, rows[0].version, rows)
    reasons = tuple(Reason(name=row.name, parent=row.parent, description=row.description) for row in rows)
    _note(session, Version(rows[0].taxonomy, rows[0].version, reasons), None, author, day)


def must_be_idle(session: Session, name: str) -> None:
    """Raise Conflict(taxonomy_in_use) if a model of this taxonomy labels now."""
    model = in_use(session)
    if model is not None and model.taxonomy_id == taxonomies.get(session, name).id:
        raise Conflict(
            "taxonomy_in_use", "Interactions are labelled by this taxonomy.", "Put another one to use first."
        )


def reasons_found(version: Version) -> tuple[Reason, ...]:
    """The reasons of a version that a model may find."""
    return tuple(reason for reason in version.reasons if reason.retired_at is None)


def _highest(folder: Path) -> int:
    found = folder.iterdir() if folder.is_dir() else ()
    return max((int(one.name) for one in found if one.name.isdecimal()), default=0)


def _note(session: Session, version: Version, model_id: UUID | None, author: str, day: date) -> None:
    session.add(
        TaxonomyActivationRow(
            id=new_id(),
            model_id=model_id,
            taxonomy=version.taxonomy,
            version=version.version,
            day=day,
            activated_at=now(),
            activated_by=plain.text(author)[:200],
        )
    )
    taxonomy_history.place_labels(session, version)


def _last(session: Session) -> TaxonomyActivationRow | None:
    query = select(TaxonomyActivationRow).order_by(TaxonomyActivationRow.id.desc()).limit(1)
    return session.scalars(query).one_or_none()


def _missing() -> NotFound:
    return NotFound("model_not_found", "There is no such model.", "See the models of the taxonomy.")
