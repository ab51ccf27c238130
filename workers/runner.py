"""One task from claim to outcome; ``run`` is the one function that the queue may call."""

import errno
from collections.abc import Callable, Mapping
from uuid import UUID

import structlog

from nlp.errors import NlpError
from service.errors import NotFound
from service.store import tasks
from service.store.tasks import Claim, DueTask, Fenced
from workers.analyze import analyze
from workers.context import Context, Report, Stopped, current
from workers.discover import discover
from workers.facts import seek_again
from workers.heartbeat import Heartbeat
from workers.imports import import_rows
from workers.meaning import answer, embed_archive
from workers.phrases import apply_list, seek_in_sound
from workers.reason_runs import find_again
from workers.reason_training import keep_examples, train
from workers.rules import apply_rule, try_rule
from workers.search import index_archive
from workers.summaries import sum_up_archive
from workers.transcribe import transcribe
from workers.verify_redaction import verify_redaction
from workers.voicemail import transcribe_voicemail

Handler = Callable[[Context, Claim, Report], tuple[DueTask, ...]]

HANDLERS: Mapping[str, Handler] = {
    "transcribe": transcribe,
    "analyze": analyze,
    "voicemail": transcribe_voicemail,
    "phrases": apply_list,
    "import": import_rows,
    "spoken_phrases": seek_in_sound,
    "facts": seek_again,
    "themes": discover,
    "search_index": index_archive,
    "rules": apply_rule,
    "rule_trials": try_rule,
    "summaries": sum_up_archive,
    "search": answer,
    "embeddings": embed_archive,
    "train_reasons": train,
    "keep_examples": keep_examples,
    "find_reasons": find_again,
    "verify_redaction": verify_redaction,
}

log = structlog.get_logger()


def run(task_id: str) -> None:
    """Work on this task if it is due and nobody else has it; never raises for what becomes of it."""
    context = current()
    with context.database.transaction() as session:
        claim = tasks.claim(session, UUID(task_id), context.owner, context.settings.lease_seconds)
    if claim is not None:
        work(context, claim)


def run_next(context: Context) -> bool:
    """Work on the first due task of this process's job queues; False if there is none."""
    with context.database.transaction() as session:
        claim = tasks.claim_next(session, context.job_queues, context.owner, context.settings.lease_seconds)
    if claim is None:
        return False
    work(context, claim)
    return True


def work(context: Context, claim: Claim) -> None:
    """Do a claimed task, write down what became of it, and ring for what follows."""
    with structlog.contextvars.bound_contextvars(
        task=str(claim.task_id), kind=claim.kind, interaction=str(claim.subject_id), attempt=claim.attempts
    ):
        try:
            following = _attempt(context, claim)
        except Exception as error:  # noqa: BLE001 - the row is left running: its lease ends and it is tried again
            log.error("outcome_not_written", reason=type(error).__name__)
            return
        for task in following:
            context.jobs.ring(task.task_id, task.job_queue)


def _attempt(context: Context, claim: Claim) -> tuple[DueTask, ...]:
    log.info("task_started")
    with Heartbeat(context, claim) as heartbeat:
        try:
            following = HANDLERS[claim.kind](context, claim, heartbeat.report)
        except (Fenced, Stopped):
            _fenced(context, claim)
        except NlpError as error:
            _failed(context, claim, error.code, _sentence(error.detail, error.remedy), permanent=True)
        except NotFound as error:
            _failed(context, claim, error.code, error.detail, permanent=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is written down and tried again
            code, detail = explain(error)
            log.warning("attempt_failed", code=code, reason=type(error).__name__, at=_place(error))
            _failed(context, claim, code, detail, permanent=False)
        else:
            log.info("task_done")
            return following
    return ()


def explain(error: Exception) -> tuple[str, str]:
    """A stable code and a sentence for an unexpected failure; its own message may quote a customer."""
    if isinstance(error, MemoryError):
        return "out_of_memory", "The worker had not enough memory for this."
    if isinstance(error, FileNotFoundError):
        return "missing_file", "A file that this needs is not there."
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk_full", "The worker's disk is full."
    if isinstance(error, OSError):
        return "storage_error", "A file could not be read or written."
    return (
        "internal_error",
        f"The worker met an unexpected error ({type(error).__name__}); its log says where.",
    )


def _failed(context: Context, claim: Claim, code: str, detail: str, *, permanent: bool) -> None:
    try:
        with context.database.transaction() as session:
            state = tasks.fail(
                session,
                claim,
                code,
                detail,
                permanent=permanent,
                backoff_seconds=context.settings.retry_seconds,
            )
    except Fenced:
        _fenced(context, claim)
    else:
        log.info("task_failed", code=code, state=str(state))


def _fenced(context: Context, claim: Claim) -> None:
    log.warning("task_fenced", fence=claim.fence)
    with context.database.transaction() as session:
        tasks.mark_fenced(session, claim)


def _sentence(detail: str, remedy: str) -> str:
    return f"{detail} {remedy}".strip()


def _place(error: Exception) -> str | None:
    """File and line where it was raised: enough to find it, and no text of a customer in it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return None if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
