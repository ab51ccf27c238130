"""Imports of files: begun, carried on batch by batch from the line reached, ended, reported."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, select

from service.errors import NotFound
from service.store import plain, tasks
from service.store.blobs import Blob
from service.store.database import Session, new_id, now
from service.store.tables import BadRowsRow, ImportRow, TaskRow
from service.store.tasks import Claim

KIND = "import"
PRIORITY = 5  # after what arrives by itself, before the interactions of the import are worked on
MOST_REPORTED = 10_000  # stretches of bad lines; more are only counted


@dataclass(frozen=True, slots=True)
class BadLines:
    """Lines that were not taken."""

    first_line: int
    last_line: int
    code: str
    detail: str


def begin(
    session: Session, blob: Blob, mapping: Mapping[str, Any], *, file_name: str | None, max_attempts: int = 3
) -> tuple[ImportRow, TaskRow]:
    """Begin an import; whoever calls rings the bell after the commit."""
    row = ImportRow(
        id=new_id(),
        file_name=plain.optional(file_name),
        blob_key=blob.key,
        blob_bytes=blob.size,
        mapping=plain.json(mapping),
        created_at=now(),
        **dict.fromkeys(("reached", "imported", "existing", "bad"), 0),
    )
    session.add(row)
    session.flush()
    return row, tasks.add(session, KIND, row.id, "text", priority=PRIORITY, max_attempts=max_attempts)


def get(session: Session, import_id: UUID) -> ImportRow:
    """The import; raises NotFound."""
    row = session.get(ImportRow, import_id)
    if row is None:
        raise NotFound("import_not_found", "There is no such import.")
    return row


def latest(session: Session, *, limit: int) -> list[ImportRow]:
    """The newest imports, the newest first."""
    return list(session.scalars(select(ImportRow).order_by(ImportRow.id.desc()).limit(limit)))


def task_of(session: Session, import_id: UUID) -> TaskRow:
    """The newest task of an import; raises NotFound."""
    query = select(TaskRow).where(TaskRow.subject_id == import_id).order_by(TaskRow.id.desc()).limit(1)
    row = session.scalars(query).first()
    if row is None:
        raise NotFound("import_not_found", "There is no such import.")
    return row


def note(
    session: Session, row: ImportRow, *, reached: int, imported: int, existing: int, bad: Sequence[BadLines]
) -> None:
    """A batch is done: the line reached, what was counted, what was not taken."""
    kept = list(bad[: max(0, MOST_REPORTED - row.bad)])
    if kept:
        values = [
            {"import_id": row.id, "number": row.bad + place, **asdict(lines)}
            for place, lines in enumerate(kept, start=1)
        ]
        session.execute(insert(BadRowsRow), values)
    row.reached, row.bad = reached, row.bad + len(bad)
    row.imported, row.existing = row.imported + imported, row.existing + existing
    session.flush()


def carry_on(session: Session, claim: Claim) -> TaskRow:
    """The next task of the same import, behind what has come meanwhile."""
    generation = select(func.max(TaskRow.generation)).where(
        TaskRow.kind == KIND, TaskRow.subject_id == claim.subject_id
    )
    following = (session.scalar(generation) or 0) + 1
    return tasks.add(
        session,
        KIND,
        claim.subject_id,
        "text",
        priority=PRIORITY,
        generation=following,
        max_attempts=claim.max_attempts,
    )


def end(row: ImportRow, *, failure: tuple[str, str] | None = None) -> None:
    """There is no further line, or the file as a whole cannot be read."""
    row.finished_at = now()
    if failure is not None:
        row.failure_code, row.failure_detail = failure[0][:64], plain.text(failure[1])


def is_needed(session: Session, blob_key: str) -> bool:
    """Whether another import still reads this blob."""
    waiting = exists().where(ImportRow.blob_key == blob_key, ImportRow.finished_at.is_(None))
    return bool(session.scalar(select(waiting)))


def bad_rows(session: Session, import_id: UUID, *, after: int = 0, limit: int = 200) -> list[BadRowsRow]:
    """Lines that were not taken, in the order of the file."""
    query = select(BadRowsRow).where(BadRowsRow.import_id == import_id, BadRowsRow.number > after)
    return list(session.scalars(query.order_by(BadRowsRow.number).limit(limit)))
