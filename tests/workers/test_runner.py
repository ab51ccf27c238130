"""One task from claim to outcome: results, failures, retries, lost leases."""

import threading
import time
from uuid import UUID

import pytest
import structlog
from structlog.testing import capture_logs

from service.store import analyses, interactions, tasks, transcripts
from service.store.tables import Status, TaskRow, TaskState
from service.store.tasks import TaskView
from tests.fakes import SECRET
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain
from workers.runner import run, run_next
from workers.sweep import sweep


def view(context: Context, task_id: UUID) -> TaskView:
    with context.database.reading() as session:
        return tasks.view(session, task_id)


def run_until_settled(context: Context, task_id: UUID) -> TaskView:
    for _ in range(200):
        if not run_next(context) and view(context, task_id).state in ("done", "failed"):
            break
        time.sleep(0.01)
    return view(context, task_id)


def test_a_chat_is_transcribed_and_analysed(context: Context) -> None:
    task_id = accept(context, chat("My bill is wrong"))
    run(str(task_id))
    assert (view(context, task_id).state, view(context, task_id).stage) == ("queued", "analyze")
    assert drain(context) == 1
    seen = view(context, task_id)
    assert (seen.state, seen.progress) == ("done", 1.0)
    with context.database.reading() as session:
        row = interactions.get(session, seen.interaction_id)
        assert (row.status, row.language) == (Status.ANALYZED, "en")
        assert [turn.text for turn in transcripts.turns(session, row.id)] == ["My bill is wrong"]
        primary, second = analyses.reasons(session, row.id)
        assert (primary.name, primary.is_primary) == ("billing and payments", True)
        assert (second.name, second.parent) == ("wrong charge", "billing and payments")
        assert (primary.taxonomy, primary.taxonomy_version, primary.model_version) == ("fake", "1", "9")
        analysis = analyses.get(session, row.id)
        assert analysis is not None
        assert analysis.characteristics == {"turns": 1}


def test_a_recording_gets_its_times_and_what_may_be_played(context: Context) -> None:
    task_id = accept(context, "agent: Hello\ncustomer: WHERE IS MY PARCEL", channel="voice")
    assert drain(context) == 2
    with context.database.reading() as session:
        row = interactions.get(session, view(context, task_id).interaction_id)
        assert row.duration_ms == 2000
        assert row.playback_key is not None
        assert context.blobs.path(row.playback_key).read_bytes().startswith(b"PLAY")
        first, second = transcripts.turns(session, row.id)
        assert (first.party, first.start_ms, second.party, second.end_ms) == ("agent", 0, "customer", 2000)
        assert [r.name for r in analyses.reasons(session, row.id)] == ["orders and delivery"]


def test_a_mail_keeps_its_subject(context: Context) -> None:
    task_id = accept(context, "About my bill\n\nIt is wrong.", channel="email")
    drain(context)
    with context.database.reading() as session:
        row = interactions.get(session, view(context, task_id).interaction_id)
        assert (row.subject, row.status) == ("About my bill", Status.ANALYZED)


def test_a_permanent_failure_has_code_sentence_and_remedy(context: Context) -> None:
    task_id = accept(context, chat("fail permanently"))
    drain(context)
    seen = view(context, task_id)
    assert (seen.state, seen.attempts, seen.error_code) == ("failed", 1, "unreadable_messages")
    assert seen.error_detail == "The document cannot be read. Send another."
    with context.database.reading() as session:
        row = interactions.get(session, seen.interaction_id)
        assert (row.status, row.failure_code) == (Status.FAILED, "unreadable_messages")


@pytest.mark.parametrize("text", ["fail twice", "analysis: fail twice"])
def test_an_unexpected_failure_is_tried_again(context: Context, text: str) -> None:
    task_id = accept(context, chat(text))
    seen = run_until_settled(context, task_id)
    assert seen.state == "done"
    with context.database.reading() as session:
        assert tasks.attempt_outcomes(session) == {"failed": 2, "done": 2}


def test_an_unexpected_failure_tells_nothing_of_the_customer(context: Context) -> None:
    task_id = accept(context, chat("run out of memory"), max_attempts=2)
    with capture_logs() as logs:
        seen = run_until_settled(context, task_id)
    assert (seen.state, seen.attempts, seen.error_code) == ("failed", 2, "out_of_memory")
    assert SECRET not in repr(logs)
    assert SECRET not in repr(seen)
    assert any("fakes.py" in entry.get("at", "") for entry in logs), "the log says where it happened"


def test_a_lost_original_is_a_permanent_failure(context: Context) -> None:
    task_id = accept(context, chat("hello"))
    with context.database.reading() as session:
        key = interactions.get(session, view(context, task_id).interaction_id).blob_key
    context.blobs.delete(key)
    drain(context)
    assert view(context, task_id).error_code == "blob_not_found"


def test_a_failed_task_can_be_redriven(context: Context) -> None:
    task_id = accept(context, chat("run out of memory"), max_attempts=1)
    assert run_until_settled(context, task_id).state == "failed"
    context.transcription.obedience.obey = lambda text: None  # type: ignore[attr-defined] # more memory was put in
    with context.database.transaction() as session:
        tasks.redrive(session, task_id)
    drain(context)
    assert view(context, task_id).state == "done"


def test_the_lease_is_kept_while_the_work_lasts(context: Context) -> None:
    task_id = accept(context, chat("sleep 2.5"))
    thread = threading.Thread(target=run, args=(str(task_id),))
    thread.start()
    recovered = 0
    while thread.is_alive():
        recovered += sweep(context).requeued
        time.sleep(0.1)
    assert recovered == 0
    assert view(context, task_id).stage == "analyze"


def test_a_late_worker_is_fenced_and_nothing_of_it_stays(context: Context) -> None:
    """Its task was taken away while it worked: the second attempt's results stand, alone."""
    task_id = accept(context, chat("sleep 0.4"))
    with capture_logs() as logs:
        thread = threading.Thread(target=run, args=(str(task_id),))
        thread.start()
        time.sleep(0.15)
        with context.database.transaction() as session:
            row = session.get(TaskRow, task_id)
            assert row is not None
            row.lease_until = 0
        assert sweep(context).requeued == 1
        run(str(task_id))
        thread.join()
    with context.database.reading() as session:
        assert tasks.attempt_outcomes(session) == {"fenced": 1, "done": 1}
        root = tasks.get(session, task_id)
        assert (root.state, root.attempts, root.crashes) == (TaskState.DONE, 2, 1)
    assert [entry["event"] for entry in logs].count("task_fenced") == 1
    assert drain(context) == 1, "one analysis, not two"


def test_a_bell_for_a_task_that_is_gone_or_taken_does_nothing(context: Context) -> None:
    task_id = accept(context, chat("hello"))
    run(str(task_id))
    run(str(task_id))
    run("01900000-0000-7000-8000-000000000000")
    with context.database.reading() as session:
        assert tasks.get(session, task_id).attempts == 1


def test_a_cancelled_recording_stops_at_its_next_progress(context: Context) -> None:
    task_id = accept(context, "\n".join(["agent: sleep 0.3"] * 20), channel="voice")
    thread = threading.Thread(target=run, args=(str(task_id),))
    thread.start()
    time.sleep(0.3)
    with context.database.transaction() as session:
        assert tasks.cancel(session, task_id) == 1
    thread.join(timeout=3.0)
    assert not thread.is_alive(), "it went on with work in vain"
    assert view(context, task_id).state == "cancelled"


def test_progress_reaches_the_view(context: Context) -> None:
    task_id = accept(context, "\n".join(["agent: sleep 0.5"] * 8), channel="voice")
    thread = threading.Thread(target=run, args=(str(task_id),))
    thread.start()
    seen = set()
    while thread.is_alive():
        seen.add(view(context, task_id).progress)
        time.sleep(0.1)
    assert [p for p in seen if p is not None and 0 < p < 1], f"only {seen}"


def test_logs_carry_ids(context: Context) -> None:
    task_id = accept(context, chat("My bill is wrong"))
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        run(str(task_id))
    started = next(entry for entry in logs if entry["event"] == "task_started")
    assert started["task"] == str(task_id)
    assert "bill" not in repr(logs)
