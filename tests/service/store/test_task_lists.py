"""Lists of tasks for people."""

from uuid import UUID

import pytest

from service.errors import InvalidInput
from service.store import task_lists, tasks
from service.store.database import Session
from tests.service.store.made import make_interaction


def queued(session: Session) -> UUID:
    """A task of a new interaction; the interaction's id."""
    row = make_interaction(session, file_name="call.wav")
    tasks.add(session, "transcribe", row.id, "speech")
    return row.id


def test_a_chain_is_one_line_with_its_last_stage(session: Session) -> None:
    interaction_id = queued(session)
    claim = tasks.claim_next(session, ["speech"], "worker", 60)
    assert claim is not None
    tasks.add(session, "analyze", interaction_id, "text", follows=claim)
    tasks.finish(session, claim)
    lines = task_lists.find(session).items
    assert [(line.task.stage, line.task.state, line.file_name) for line in lines] == [
        ("analyze", "queued", "call.wav")
    ]
    latest = task_lists.latest(session, interaction_id)
    assert latest == lines[0].task


def test_lines_are_the_newest_first_in_pages(session: Session) -> None:
    made = [queued(session) for _ in range(5)]
    first = task_lists.find(session, limit=3)
    rest = task_lists.find(session, limit=3, cursor=first.next_cursor)
    listed = [line.task.interaction_id for line in (*first.items, *rest.items)]
    assert listed == made[::-1]
    assert rest.next_cursor is None


def test_lines_are_narrowed_to_states(session: Session) -> None:
    failed, waiting = queued(session), queued(session)
    claim = tasks.claim_next(session, ["speech"], "worker", 60)
    assert claim is not None
    tasks.fail(session, claim, "unreadable_audio", "It cannot be read.", permanent=True)
    for state, interaction_id in (("failed", failed), ("queued", waiting)):
        lines = task_lists.find(session, states=[state]).items  # type: ignore[list-item]  # two of the states
        assert [line.task.interaction_id for line in lines] == [interaction_id]
    assert task_lists.find(session, states=["running"]).items == []
    assert task_lists.totals(session) == {"queued": 1, "running": 0, "failed": 1}


def test_what_never_had_work_has_none(session: Session) -> None:
    assert task_lists.latest(session, make_interaction(session).id) is None
    with pytest.raises(InvalidInput):
        task_lists.find(session, cursor="nonsense")
