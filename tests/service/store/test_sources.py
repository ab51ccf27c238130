"""What is set for a source: written as a whole, chosen by direction, guarded against two editors."""

import pytest

from service.errors import InvalidInput, NotFound, PreconditionFailed
from service.store import sources
from service.store.database import Database, Session
from service.store.sources import Source
from tests.service.store.made import run_together

AGENT_LEFT = {"0": "agent", "1": "customer"}
AGENT_RIGHT = {"0": "customer", "1": "agent"}
DIALLER = Source(
    name="dialler",
    channel_maps={"inbound": AGENT_LEFT, "outbound": AGENT_RIGHT},
    vocabulary=["Overtone", "Kovács"],
    language="hu",
    translate=True,
    keep_original=False,
)


def test_a_source_comes_back_as_it_was_written(database: Database) -> None:
    with database.transaction() as session:
        assert sources.put(session, DIALLER)[1]
    with database.reading() as session:
        row = sources.get(session, "dialler")
        assert (row.channel_maps, row.vocabulary) == (DIALLER.channel_maps, DIALLER.vocabulary)
        assert (row.language, row.translate, row.keep_original) == ("hu", True, False)


def test_the_map_is_that_of_the_direction(session: Session) -> None:
    row, _ = sources.put(session, DIALLER)
    assert sources.channel_map(row, "inbound") == AGENT_LEFT
    assert sources.channel_map(row, "outbound") == AGENT_RIGHT
    assert sources.channel_map(row, None) is None, "an unknown direction has a map of its own"
    assert sources.channel_map(None, "inbound") is None
    row, _ = sources.put(session, Source(name="pbx", channel_maps={"unknown": AGENT_RIGHT}))
    assert sources.channel_map(row, None) == AGENT_RIGHT


def test_what_is_left_out_is_unset(session: Session) -> None:
    sources.put(session, DIALLER)
    row, created = sources.put(session, Source(name="dialler"))
    assert not created
    assert (row.channel_maps, row.vocabulary, row.keep_original) == ({}, [], None)


def test_the_second_of_two_editors_is_told(session: Session) -> None:
    row, _ = sources.put(session, DIALLER)
    read = sources.etag(row)
    sources.put(session, Source(name="dialler", language="en"), if_match=read)
    with pytest.raises(PreconditionFailed, match="changed_meanwhile"):
        sources.put(session, DIALLER, if_match=read)
    with pytest.raises(PreconditionFailed):
        sources.delete(session, "dialler", if_match=read)
    with pytest.raises(PreconditionFailed):
        sources.put(session, Source(name="new"), if_match="*")


def test_a_source_can_be_forgotten(session: Session) -> None:
    sources.put(session, DIALLER)
    sources.delete(session, "dialler")
    assert sources.list_all(session) == []
    with pytest.raises(NotFound, match="source_not_found"):
        sources.get(session, "dialler")


def test_two_who_set_a_new_source_at_once_both_do(database: Database) -> None:
    def put() -> None:
        with database.transaction() as session:
            sources.put(session, DIALLER)

    run_together(put, times=5)
    with database.reading() as session:
        assert [row.name for row in sources.list_all(session)] == ["dialler"]


def test_a_name_that_is_too_long_is_refused(session: Session) -> None:
    with pytest.raises(InvalidInput, match="value_too_long"):
        sources.put(session, Source(name="x" * 201))
