"""``python -m workers [speech|text] [--also QUEUE] [--once]``: a worker process, wired in this one place."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence

import structlog

from nlp.characteristics import Thresholds
from nlp.errors import NlpError
from nlp.redaction import kinds_of
from service import logs
from service.broker import open_broker
from service.jobs import Jobs
from service.lifeline import end_with_parent
from service.store import call_reasons, reason_models
from service.store.blobs import DirectoryBlobs
from service.store.database import open_database
from workers.bell import Bell
from workers.context import Analysing, Context, Transcription, install
from workers.loop import drain, serve
from workers.settings import WorkerSettings

JOB_QUEUES = ("speech", "text")

log = structlog.get_logger()

OpenTranscription = Callable[[WorkerSettings], Transcription]
OpenAnalysis = Callable[[WorkerSettings], Analysing]


def open_transcription(settings: WorkerSettings) -> Transcription:
    """The real first pipeline."""
    from nlp.transcription import SpeechOptions, open_transcription  # noqa: PLC0415 - loads speech libraries

    return open_transcription(
        SpeechOptions(
            engine=settings.engine,
            weights_dir=settings.weights_dir,
            allow_download=settings.allow_download,
            max_audio_seconds=settings.max_audio_seconds,
            phone_region=settings.phone_region,
            masked_kinds=kinds_of(settings.redact),
            ner=settings.ner,
            models_dir=settings.models_dir,
        )
    )


def open_analysis(settings: WorkerSettings) -> Analysing:
    """The real second pipeline."""
    from nlp.analysis import open_analysis  # noqa: PLC0415 - loads torch, which a speech worker may never need
    from nlp.sentiment import SentimentChoice  # noqa: PLC0415 - likewise

    thresholds = Thresholds(settings.non_talk_ms, settings.interruption_ms)
    languages = [code.strip() for code in settings.sentiment_languages.split(",") if code.strip()]
    chosen = SentimentChoice(settings.sentiment_model, languages, settings.allow_download)
    return open_analysis(
        settings.models_dir,
        thresholds,
        sentiment=chosen if settings.sentiment_model else None,
        precision=settings.precision,
    )


def main(
    arguments: Sequence[str] | None = None,
    *,
    transcription: OpenTranscription = open_transcription,
    analysis: OpenAnalysis = open_analysis,
) -> int:
    """Run a worker process until it is told to stop; the pipelines are given by tests alone."""
    options = _options(arguments)
    settings = WorkerSettings()
    _prepare(settings)
    database = open_database(settings.database)
    database.migrate()
    broker = open_broker(settings)
    broker.start()
    context = Context(
        settings,
        database,
        DirectoryBlobs(settings.blobs_dir),
        Jobs(broker),
        lambda: transcription(settings),
        lambda: analysis(settings),
        job_queues=tuple(dict.fromkeys((options.job_queue, *options.also))),
    )
    install(context)
    try:
        if "text" in context.job_queues:
            _write_taxonomy(context)
        if options.once:
            log.info("worker_drained", tasks=drain(context))
        else:
            serve(context, Bell(broker, context.job_queues))
    finally:
        context.jobs.close()
        broker.stop()
        database.close()
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m workers", description="Work on tasks until told to stop."
    )
    parser.add_argument("job_queue", nargs="?", choices=JOB_QUEUES, default="text")
    parser.add_argument(
        "--also", action="append", default=[], choices=JOB_QUEUES, help="a further queue to serve"
    )
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    return parser.parse_args(arguments)


def _prepare(settings: WorkerSettings) -> None:
    """What must stand before any model library is loaded."""
    if settings.die_with_parent:
        end_with_parent()
    settings.tmp_dir.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(settings.tmp_dir)  # /tmp may be small
    if settings.threads:
        os.environ["OMP_NUM_THREADS"] = str(settings.threads)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logs.configure(settings.log_level)


def _write_taxonomy(context: Context) -> None:
    """Tell the store which call reasons the models know; a worker without models still serves what it can."""
    try:
        taxonomy = context.analysis.taxonomy
    except NlpError as error:
        log.error("analysis_unavailable", code=error.code)
        return
    with context.database.transaction() as session:
        if reason_models.in_use(session) is None:
            call_reasons.replace_taxonomy(session, taxonomy.name, taxonomy.version, taxonomy.reasons)
        else:
            call_reasons.keep_taxonomy(session, taxonomy.name, taxonomy.version, taxonomy.reasons)


if __name__ == "__main__":
    sys.exit(main())
