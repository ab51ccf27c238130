"""Interactions: added once, found by filters, paged newest first."""

import random
import threading
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from service.errors import InvalidInput, NotFound
from service.store import interactions
from service.store.database import Database, Session, new_id
from service.store.interactions import InteractionFilter
from service.store.tables import InteractionRow, Status
from tests.service.store.made import MORNING, later, make_interaction, new_interaction, run_together


def test_an_interaction_comes_back_as_it_was_added(database: Database) -> None:
    new = new_interaction(
        channel_map={"0": "agent", "1": "customer"}, attributes={"priority": 3, "vip": True}, duration_ms=42
    )
    with database.transaction() as session:
        row, created = interactions.add(session, new)
    with database.reading() as session:
        kept = interactions.get(session, row.id)
    assert created
    assert (kept.started_at, kept.day, kept.status) == (MORNING, MORNING.date(), Status.RECEIVED)
    assert kept.channel_map == {"0": "agent", "1": "customer"}
    assert kept.attributes == {"priority": 3, "vip": True}
    assert kept.started_at.tzinfo is not None


def test_the_same_external_id_is_the_same_interaction(session: Session) -> None:
    first, created = interactions.add(session, new_interaction(external_id="a", agent="Ann"))
    again, created_again = interactions.add(session, new_interaction(external_id="a", agent="Ben"))
    other, created_other = interactions.add(session, new_interaction(external_id="a", source="elsewhere"))
    assert (created, created_again, created_other) == (True, False, True)
    assert again.id == first.id != other.id
    assert again.agent == "Ann"


def test_many_uploads_of_one_recording_at_once_make_one_interaction(database: Database) -> None:
    gate, outcomes = threading.Barrier(8), []

    def upload() -> None:
        gate.wait()
        with database.transaction() as session:
            row, created = interactions.add(session, new_interaction(external_id="same"))
            outcomes.append((row.id, created))

    run_together(upload, times=8)
    assert len({row_id for row_id, _ in outcomes}) == 1
    assert [created for _, created in outcomes].count(True) == 1
    assert len(outcomes) == 8


def test_text_that_a_database_would_refuse_is_made_storable(session: Session) -> None:
    row = make_interaction(
        session,
        agent="A\x00nn",
        subject="half \ud83d of a pair",
        attributes={"a\x00": ["b\x00", float("nan")]},
    )
    session.expire_all()
    assert row.agent == "Ann"
    assert row.subject == "half \ufffd of a pair"
    assert row.attributes == {"a": ["b", None]}


def test_a_value_longer_than_its_column_is_refused_on_every_database(session: Session) -> None:
    with pytest.raises(InvalidInput, match="value_too_long: queue"):
        make_interaction(session, queue="q" * 201)


def test_an_unknown_id_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="interaction_not_found"):
        interactions.get(session, new_id())
    with pytest.raises(NotFound, match="interaction_not_found"):
        interactions.set_status(session, new_id(), Status.FAILED)


def test_status_goes_forward_fails_and_is_reopened(session: Session) -> None:
    row = make_interaction(session, language="en")
    interactions.fail(session, row.id, "unreadable_audio", "It is no audio file.")
    assert (row.status, row.failure_code) == ("failed", "unreadable_audio")
    assert interactions.reopen(session, row.id).status == "received"
    interactions.mark_transcribed(session, row.id, duration_ms=1000, subject="An order")
    assert (row.status, row.language, row.duration_ms, row.failure_code) == ("transcribed", "en", 1000, None)
    interactions.fail(session, row.id, "out_of_memory", "It was too much.")
    assert interactions.reopen(session, row.id).status == "transcribed"
    assert interactions.mark_analyzed(session, row.id).analyzed_at is not None
    interactions.set_status(session, row.id, Status.TRANSCRIBED)
    session.refresh(row)
    assert row.status == "transcribed"


def test_a_day_is_cut_in_the_centres_time_zone() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert interactions.day_of(late, time_zone="Europe/Budapest") == date(2026, 3, 2)
    assert interactions.day_of(late, time_zone="America/New_York") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (InteractionFilter(), "dcba"),
        (InteractionFilter(channel="email"), "c"),
        (InteractionFilter(queue="billing"), "ba"),
        (InteractionFilter(queue="billing", agent="Ann"), "a"),
        (InteractionFilter(status="failed"), "b"),
        (InteractionFilter(source="crm"), "d"),
        (InteractionFilter(direction="outbound"), "d"),
        (InteractionFilter(first=date(2026, 3, 2), last=date(2026, 3, 2)), "ba"),
        (InteractionFilter(first=date(2026, 3, 3)), "dc"),
        (InteractionFilter(last=date(2026, 3, 3)), "cba"),
        (InteractionFilter(text="100% of the RENT"), "c"),
        (InteractionFilter(text="100_"), ""),
        (InteractionFilter(agent="n\x00obody"), ""),
    ],
)
def test_filters_narrow_the_list(session: Session, asked: InteractionFilter, expected: str) -> None:
    make_interaction(session, external_id="a", queue="billing", agent="Ann")
    failed = make_interaction(session, external_id="b", queue="billing", started_at=later(1))
    interactions.fail(session, failed.id, "no_text", "Nothing.")
    day = 24 * 60
    make_interaction(
        session, external_id="c", channel="email", subject="100% of the rent", started_at=later(day)
    )
    make_interaction(session, external_id="d", source="crm", direction="outbound", started_at=later(2 * day))
    page = interactions.find(session, filters=asked)
    assert "".join(row.external_id for row in page.items) == expected
    assert page.next_cursor is None


def test_pages_skip_nothing_and_repeat_nothing_while_interactions_arrive(database: Database) -> None:
    chance = random.Random(7)
    with database.transaction() as session:
        there = {_at_random(session, chance).id for _ in range(60)}
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        with database.reading() as session:
            page = interactions.find(session, cursor=cursor, limit=7)
        seen += [row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        with database.transaction() as session:
            for _ in range(3):
                _at_random(session, chance)
    assert len(seen) == len(set(seen))
    assert there <= set(seen)


def test_interactions_of_the_same_moment_are_paged_by_id(session: Session) -> None:
    made = [make_interaction(session).id for _ in range(10)]
    first = interactions.find(session, limit=5)
    second = interactions.find(session, limit=5, cursor=first.next_cursor)
    assert [row.id for row in [*first.items, *second.items]] == sorted(made, reverse=True)
    assert second.next_cursor is None


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "!!!!", "bnVsbA", "WzEsMl0", "W10", "WyIyMDI2LTAxLTAxIiwiYSJd", "é", "[" * 9999, "W1tb" * 5000],
)
def test_a_cursor_that_is_not_ours_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="bad_cursor"):
        interactions.find(session, cursor=cursor)


def test_a_page_without_room_is_refused(session: Session) -> None:
    with pytest.raises(InvalidInput, match="bad_limit"):
        interactions.find(session, limit=0)


def test_choices_are_what_occurs(session: Session) -> None:
    make_interaction(session, queue="b", agent="Ann")
    make_interaction(session, queue="a", channel="email")
    make_interaction(session, queue="a", source="crm")
    found = interactions.choices(session)
    assert (found.channels, found.queues, found.agents) == (["email", "voice"], ["a", "b"], ["Ann"])
    assert found.sources == ["crm", "test"]


def _at_random(session: Session, chance: random.Random) -> InteractionRow:
    return make_interaction(session, started_at=MORNING + timedelta(seconds=chance.randrange(40)))
