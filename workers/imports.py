"""Imports: a file of rows becomes interactions, a batch in a transaction; a killed worker costs a batch."""

import itertools
import time
from collections.abc import Iterator

import structlog

from service.errors import InvalidInput, TooLarge
from service.intake.imports import entering
from service.intake.imports.drafts import Draft
from service.intake.imports.mapping import validate_mapping
from service.intake.imports.reading import read_file
from service.intake.imports.rows import BadRows
from service.intake.imports.text_lines import encoding_of
from service.store import imports, tasks
from service.store.database import Session
from service.store.imports import BadLines
from service.store.tables import ImportRow
from service.store.tasks import Claim, DueTask, Fenced
from workers.context import Context, Report

BATCH = 100
SLICE_SECONDS = 20.0  # then whatever has come meanwhile has its turn
_FRESH_SECONDS = 600.0  # a file that was sent again just now stays

log = structlog.get_logger()
Found = Draft | BadRows


def import_rows(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Enter a file's rows from the line that was reached; the rest of a long file is a further task."""
    with context.database.reading() as session:
        row = imports.get(session, claim.subject_id)
    mapping = validate_mapping(row.mapping)
    until = time.monotonic() + SLICE_SECONDS
    try:
        with context.blobs.open(row.blob_key) as file:
            encoding = row.encoding or mapping.encoding or encoding_of(file)
            found = read_file(file, mapping, name=row.file_name, encoding=encoding, after=row.reached)
            following = _enter_all(context, claim, report, found, encoding=encoding, until=until)
    except (InvalidInput, TooLarge) as error:
        _fail(context, claim, f"{error.detail} {error.remedy}".strip(), error.code)
        return ()
    if not following:
        _forget_file(context, row)
    return following


def _enter_all(
    context: Context, claim: Claim, report: Report, found: Iterator[Found], *, encoding: str, until: float
) -> tuple[DueTask, ...]:
    while True:
        batch = [
            entering.keep(one, context.blobs, context.settings) for one in itertools.islice(found, BATCH)
        ]
        with context.database.transaction() as session:
            row = _held(session, claim)
            row.encoding = encoding
            entered = entering.enter_batch(session, batch, context.settings)
            imports.note(
                session,
                row,
                reached=max(row.reached, entered.reached),
                imported=entered.imported,
                existing=entered.existing,
                bad=[BadLines(one.first, one.last, one.code, one.detail) for one in entered.bad],
            )
            if len(batch) < BATCH:
                imports.end(row)
                tasks.finish(session, claim)
                return ()
            if time.monotonic() > until:
                tasks.finish(session, claim)
                following = imports.carry_on(session, claim)
                return (DueTask(following.id, following.job_queue),)
        report(0.5)


def _fail(context: Context, claim: Claim, detail: str, code: str) -> None:
    """The file as a whole cannot be read: trying again would not help, and the sender sees why."""
    log.info("import_failed", code=code)
    with context.database.transaction() as session:
        row = _held(session, claim)
        imports.end(row, failure=(code, detail))
        tasks.finish(session, claim)


def _forget_file(context: Context, row: ImportRow) -> None:
    """Every row has its own content by now; the file need not stay, unredacted as it is."""
    with context.database.reading() as session:
        if imports.is_needed(session, row.blob_key):
            return
    context.blobs.delete_unless_new(row.blob_key, seconds=0.0)


def _held(session: Session, claim: Claim) -> ImportRow:
    """The import, if it is still this worker's. Raises Fenced, NotFound."""
    if not tasks.heartbeat(session, claim):
        raise Fenced(str(claim.task_id))
    return imports.get(session, claim.subject_id)
