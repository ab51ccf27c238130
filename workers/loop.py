"""The life of a worker process: work while there is work, wait for the bell, look at the table anyway."""

import signal
import time
from types import FrameType

import structlog

from workers.bell import Bell
from workers.context import Context
from workers.runner import run, run_next
from workers.sweep import Sweeper, sweep

_SLICE_SECONDS = 0.2  # how soon a sleeping worker notices that it is to stop

log = structlog.get_logger()


def serve(context: Context, bell: Bell) -> None:
    """Work until told to stop; the current task is finished first."""
    stop_on_signals(context)
    sweeper = Sweeper(context)
    sweeper.start()
    log.info("worker_ready", owner=context.owner, job_queues=list(context.job_queues))
    try:
        while not context.stop.requested:
            _turn(context, bell)
    finally:
        sweeper.stop()
        bell.close()
        log.info("worker_stopped", owner=context.owner)


def drain(context: Context) -> int:
    """Work on everything that is due now and return how many tasks that were."""
    stop_on_signals(context)
    sweep(context)
    done = 0
    while not context.stop.requested and run_next(context):
        done += 1
    return done


def stop_on_signals(context: Context) -> None:
    """SIGTERM and SIGINT ask for an end after the current task."""

    def ask(number: int, frame: FrameType | None) -> None:
        context.stop.request()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def _turn(context: Context, bell: Bell) -> None:
    try:
        if run_next(context):
            return
        rung = bell.wait(context.settings.poll_seconds, pause=lambda seconds: _sleep(context, seconds))
        if rung is not None and not context.stop.requested:
            run(rung)
    except Exception as error:  # noqa: BLE001 - a database that is away comes back; the worker must be there then
        log.warning("worker_waits", reason=type(error).__name__)
        _sleep(context, context.settings.poll_seconds)


def _sleep(context: Context, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not context.stop.requested and (left := deadline - time.monotonic()) > 0:
        time.sleep(min(left, _SLICE_SECONDS))
