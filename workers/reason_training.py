"""Training as a job: examples and corrections become a model and its report; examples are redacted, kept."""

from nlp.redaction import Redactor
from service.errors import NotFound
from service.store import reason_examples, reason_models, reason_orders, tasks
from service.store.reason_examples import NewExample
from service.store.tasks import Claim, DueTask
from workers import own_reasons
from workers.context import Context, Report


def train(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read, train, write; the model takes its place in the transaction that records it."""
    with context.database.reading() as session:
        order = reason_orders.order(session, claim.subject_id)
    root = context.settings.reasons_dir
    encoder = context.analysis.reads_with
    trained = own_reasons.draft(
        context.settings.tmp_dir, lambda folder: context.train(encoder, order, folder)
    )
    report(1.0)
    with context.database.transaction() as session:
        tasks.finish(session, claim)  # raises where another worker has it: then the model in place is theirs
        reason_models.record(
            session,
            claim.subject_id,
            digest=own_reasons.put_in_place(trained, root / order.folder),
            report=trained.report,
            examples=len(order.examples),
            corrections=len(order.corrections),
        )
    return ()


def keep_examples(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Redact examples that were sent and keep them; what was sent is deleted."""
    with context.database.reading() as session:
        row = reason_examples.an_import(session, claim.subject_id)
    if row.blob_key is None:
        raise NotFound("blob_not_found", "The examples are gone.")
    with context.blobs.open(row.blob_key) as file:
        given = reason_examples.read_import(file.read())
    redactor = Redactor(region=context.settings.phone_region)
    redacted = [NewExample(redactor.redact(one.text).text, one.reason) for one in given]
    with context.database.transaction() as session:
        tasks.finish(session, claim)
        reason_examples.keep(session, reason_examples.an_import(session, row.id), redacted)
    _delete_blobs(context)
    return ()


def _delete_blobs(context: Context) -> None:
    """Also of imports whose worker ended before it could."""
    with context.database.transaction() as session:
        for row in reason_examples.done_with_blobs(session):
            if row.blob_key is not None:
                context.blobs.delete(row.blob_key)
                row.blob_key = None
