"""Verifying redaction: what is left anywhere is found and counted, and never told."""

import json
from typing import NoReturn
from uuid import UUID

import pytest

from nlp.redaction import Redactor
from nlp.transcription import Transcription
from service.store import interactions, redacted_values, redaction_checks, tasks, transcripts
from service.store.redaction_checks import Remains
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain


@pytest.fixture(autouse=True)
def _redacting(context: Context) -> None:
    """The real first pipeline; texts need no recogniser."""

    def no_engine() -> NoReturn:
        raise AssertionError("texts are not recognised")

    context.open_transcription = lambda: Transcription(no_engine, Redactor())


def checked(context: Context) -> list[Remains]:
    """What a check finds."""
    with context.database.transaction() as session:
        run, _ = redaction_checks.begin(session)
    drain(context)
    with context.database.reading() as session:
        run = redaction_checks.get(session, run.id)
        assert run.finished_at is not None
        told = json.dumps([run.counts, run.parameters])
        assert "4111" not in told
        assert "Hunter2" not in told
        return redaction_checks.remains(run.counts)


def accepted(context: Context, text: str) -> UUID:
    task_id = accept(context, chat(text))
    drain(context)
    with context.database.reading() as session:
        one = tasks.view(session, task_id).interaction_id
        assert one is not None
        return one


def test_nothing_is_left_of_what_was_masked(context: Context) -> None:
    accepted(context, "my card number is 4111 1111 1111 1111 and my password is Hunter2")
    assert checked(context) == []


def test_what_was_masked_is_found_where_it_is_stored_all_the_same(context: Context) -> None:
    one = accepted(context, "my card number is 4111 1111 1111 1111 and my password is Hunter2")
    with context.database.transaction() as session:
        row = interactions.get(session, one)
        row.attributes = {"note": "it was hunter2 and then four " + "one " * 15}
    found = {(left.place, left.kind, left.known) for left in checked(context)}
    assert ("interactions.attributes", "card", True) in found
    assert ("interactions.attributes", "password", True) in found


def test_what_no_detector_saw_is_found_in_a_log_and_in_a_turn(context: Context) -> None:
    one = accepted(context, "hello there")
    (context.settings.data_dir / "service.log").write_text("card 5555555555554444 failed\n")
    with context.database.transaction() as session:
        (turn,) = transcripts.turns(session, one)
        turn.text = "pay with 4111111111111111"
    found = {(left.place, left.kind, left.known) for left in checked(context)}
    assert ("turns.text", "card", False) in found
    assert ("file .log", "card", False) in found


def test_only_hashes_are_kept_and_they_go_with_the_interaction(context: Context) -> None:
    one = accepted(context, "mail jo@mail.example, card 4111111111111111")
    with context.database.reading() as session:
        kept = redacted_values.of(session, [one])[one]
        kinds = transcripts.get(session, one)
    assert sorted(kept.values()) == ["card", "email"]
    assert all(len(hashed) == 64 for hashed in kept)
    assert kinds is not None
    assert "card" in (kinds.masked_kinds or [])
