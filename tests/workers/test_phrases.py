"""Saved phrases: found in new interactions, applied to the archive, sought in recordings."""

from uuid import UUID

import pytest

from service.store import (
    archive_walk,
    interactions,
    phrase_hits,
    phrase_lists,
    phrase_runs,
    tasks,
    transcripts,
)
from service.store.phrase_lists import SavedPhrase
from service.store.tables import PhraseRunRow
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain

CANCEL = SavedPhrase(name="cancels", query="cancel*", party="customer")
REFUND = SavedPhrase(name="refund", query="refund OR money back")
HEARD = SavedPhrase(name="bye", query="goodbye", sound=True)


def save(context: Context, *phrases: SavedPhrase, name: str = "complaints") -> None:
    """Write a list."""
    with context.database.transaction() as session:
        phrase_lists.put(session, name, phrases)


def found(context: Context, task_id: UUID) -> list[tuple[str, str, str | None, bool]]:
    """Phrase, words, party and whether it was heard, of each hit in an interaction."""
    with context.database.reading() as session:
        interaction_id = tasks.view(session, task_id).interaction_id
        hits = phrase_hits.of(session, interaction_id)
        return [(hit.row.phrase, hit.text, hit.row.party, hit.row.in_sound) for hit in hits]


def apply_list(context: Context, name: str = "complaints") -> PhraseRunRow:
    """Apply a list to the archive and wait for it."""
    with context.database.transaction() as session:
        run, _ = phrase_runs.begin_apply(session, phrase_lists.get(session, name))
    drain(context)
    with context.database.reading() as session:
        return phrase_runs.get(session, run.id)


def test_a_new_interaction_is_searched_for_the_saved_phrases(context: Context) -> None:
    save(context, CANCEL, REFUND)
    task_id = accept(context, chat("I am cancelling and want a refund"))
    drain(context)

    assert found(context, task_id) == [
        ("cancels", "cancelling", "customer", False),
        ("refund", "refund", "customer", False),
    ]


def test_a_phrase_is_heard_in_the_sound_of_a_recording(context: Context) -> None:
    save(context, HEARD)
    task_id = accept(context, "agent: Hello\ncustomer: goodbye", channel="voice")
    drain(context)

    assert found(context, task_id) == [("bye", "", "customer", True)]


def test_a_changed_list_is_applied_to_the_archive_and_counts_before_and_after(context: Context) -> None:
    save(context, CANCEL)
    task_ids = [accept(context, chat(f"I cancel and want a refund, {number}")) for number in range(3)]
    other = accept(context, chat("A parcel"))
    drain(context)
    save(context, REFUND, SavedPhrase(name="want", query="want"))
    run = apply_list(context)

    assert (run.total, run.done, run.hits_before, run.hits_after) == (4, 4, 3, 6)
    assert run.finished_at is not None
    assert [hit[0] for hit in found(context, task_ids[0])] == ["want", "refund"]
    assert found(context, other) == []


def test_applying_goes_on_where_a_killed_worker_stopped(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.phrases.BATCH", 2)
    for number in range(5):
        accept(context, chat(f"I cancel, {number}"))
    drain(context)
    save(context, CANCEL)
    with context.database.transaction() as session:
        run, _ = phrase_runs.begin_apply(session, phrase_lists.get(session, "complaints"))
        for row in phrase_runs.following(session, run, limit=3):
            archive_walk.reach(run, row)
    drain(context)

    with context.database.reading() as session:
        run = phrase_runs.get(session, run.id)
        assert (run.done, run.hits_after) == (5, 2)


def test_one_list_is_applied_without_touching_another(context: Context) -> None:
    save(context, CANCEL, HEARD)
    save(context, REFUND, name="money")
    task_id = accept(context, "customer: I cancel, refund me, goodbye", channel="voice")
    drain(context)
    apply_list(context, "money")

    assert [hit[0] for hit in found(context, task_id)] == ["bye", "cancels", "refund"]


def test_a_list_that_is_deleted_takes_its_hits_and_its_job_along(context: Context) -> None:
    save(context, CANCEL)
    task_id = accept(context, chat("I cancel"))
    drain(context)
    with context.database.transaction() as session:
        phrase_runs.begin_apply(session, phrase_lists.get(session, "complaints"))
        phrase_lists.delete(session, "complaints")
    drain(context)

    assert found(context, task_id) == []


def test_recordings_are_searched_by_their_sound_and_what_cannot_be_read_is_counted(
    context: Context,
) -> None:
    accept(context, "agent: Hello\ncustomer: goodbye", channel="voice")
    gone = accept(context, "agent: goodbye", channel="voice")
    accept(context, chat("goodbye"))
    drain(context)
    with context.database.reading() as session:
        row = interactions.get(session, tasks.view(session, gone).interaction_id)
        context.blobs.path(row.blob_key).write_text("\n")
    with context.database.transaction() as session:
        run, _ = phrase_runs.begin_sound(session, ["goodbye"])
    drain(context)

    with context.database.reading() as session:
        run = phrase_runs.get(session, run.id)
        hits = phrase_runs.hits(session, run.id, after=None, limit=9)
    assert (run.total, run.done, run.skipped, run.hits_after) == (2, 2, 1, 1)
    assert [(hit.phrase, hit.party, hit.start_ms) for hit in hits] == [("goodbye", "customer", 1000)]


def test_what_was_said_while_the_recording_was_paused_is_not_sought(context: Context) -> None:
    pauses = [[1000, 2000]]
    accept(context, "agent: goodbye\ncustomer: goodbye", channel="voice", metadata={"pauses": pauses})
    drain(context)
    with context.database.transaction() as session:
        run, _ = phrase_runs.begin_sound(session, ["goodbye"])
    drain(context)

    with context.database.reading() as session:
        assert [hit.party for hit in phrase_runs.hits(session, run.id, after=None, limit=9)] == ["agent"]


def test_a_phrase_that_nobody_can_seek_fails_instead_of_finding_nothing(context: Context) -> None:
    accept(context, "agent: Hello", channel="voice")
    drain(context)
    with context.database.transaction() as session:
        _, task = phrase_runs.begin_sound(session, ["unspeakable"])
    drain(context)

    with context.database.reading() as session:
        view = tasks.view(session, task.id)
    assert (view.state, view.error_code) == ("failed", "spoken_phrase_not_sought")


def test_the_party_of_a_voice_that_is_not_told_by_its_channel_is_that_of_the_turn(context: Context) -> None:
    task_id = accept(context, "unknown: goodbye", channel="voice")
    drain(context)
    with context.database.transaction() as session:
        interaction_id = tasks.view(session, task_id).interaction_id
        transcripts.turns(session, interaction_id)[0].party = "customer"
        run, _ = phrase_runs.begin_sound(session, ["goodbye"], party="customer")
    drain(context)

    with context.database.reading() as session:
        assert [hit.party for hit in phrase_runs.hits(session, run.id, after=None, limit=9)] == ["customer"]
