"""Searches by meaning, answered by a worker."""

from datetime import timedelta
from uuid import UUID

import pytest

from service.errors import NotFound, TooBusy
from service.store import archive_runs, embeddings, interactions, searches
from service.store.database import now
from service.store.interactions import InteractionFilter
from service.store.searches import Asked
from service.store.tables import InteractionRow, SearchRow, TaskRow
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.meaning import fused
from workers.runner import run, run_next
from workers.sweep import sweep


def received(context: Context, text: str, **known: object) -> UUID:
    """An interaction, transcribed and analysed."""
    task = accept(context, chat(text), metadata=known)
    with context.database.reading() as session:
        row = session.get(TaskRow, task)
        assert row is not None
        found = row.subject_id
    while run_next(context):
        pass
    return found


def ask(context: Context, asked: Asked) -> list[UUID]:
    """What a worker finds."""
    with context.database.transaction() as session:
        row, task = searches.begin(session, asked)
    assert task is not None
    run(str(task.id))
    with context.database.reading() as session:
        done = searches.get(session, row.id)
        assert done.answered_at is not None
        return [one.interaction_id for one in searches.answers(done)]


def test_what_is_about_the_same_is_found_though_no_word_is_alike(context: Context) -> None:
    refund = received(context, "a refund please")
    received(context, "the router is dead")

    assert ask(context, Asked(text="money")) == [refund]
    later = received(context, "my bill")
    assert set(ask(context, Asked(text="refund"))) == {refund, later}


def test_a_search_keeps_to_its_filters(context: Context) -> None:
    received(context, "refund", agent="Kim")
    other = received(context, "refund", agent="Lee")

    filters = InteractionFilter(agent="Lee", first=now().date() - timedelta(9999))
    assert ask(context, Asked(text="money", filters=filters)) == [other]


def test_similar_ones_are_those_of_other_customers(context: Context) -> None:
    one, two = received(context, "refund"), received(context, "bill")
    unreadable = received(context, "שלום")

    assert ask(context, Asked(like=one)) == [two]
    assert ask(context, Asked(like=unreadable)) == []
    with context.database.reading() as session:
        (measurable,) = {
            row.measurable for row in session.query(SearchRow) if row.asked["like"] == str(unreadable)
        }
    assert measurable is False


def test_an_analysis_made_again_moves_an_interaction(context: Context) -> None:
    one = received(context, "refund")
    assert ask(context, Asked(text="money")) == [one]
    with context.database.transaction() as session:
        embeddings.replace(session, one, encoder="fake", turn=0, vector=context.analysis.query("router"))

    assert ask(context, Asked(text="refund")) == []
    assert ask(context, Asked(text="wifi")) == [one]


def test_what_is_erased_is_found_no_more(context: Context) -> None:
    one = received(context, "refund")
    assert ask(context, Asked(text="money")) == [one]
    with context.database.transaction() as session:
        session.delete(session.get(InteractionRow, one))
    found = ask(context, Asked(text="refund"))
    with context.database.reading() as session:
        assert interactions.with_ids(session, found) == []


def test_words_and_meaning_are_fused(context: Context) -> None:
    both, meant, said = (
        received(context, text) for text in ("refund money", "bill", "router money wifi wifi wifi")
    )

    assert ask(context, Asked(text="money", mode="both"))[0] == both
    assert set(ask(context, Asked(text="money -nothing", mode="both"))) == {both, meant, said}
    first, second = fused([both, said], [(both, 0.9, 1), (meant, 0.8, 2)])[:2]
    assert (first.interaction_id, first.sources, first.turn) == (both, ("words", "meaning"), 1)
    assert second.score < first.score


def test_the_same_search_is_made_once_and_forgotten_later(context: Context) -> None:
    with context.database.transaction() as session:
        row, task = searches.begin(session, Asked(text="money"))
        again, none = searches.begin(session, Asked(text="money"))
        assert (again.id, none) == (row.id, None)
        assert searches.begin(session, Asked(text="bill"))[0].id != row.id
        row.created_at = now() - timedelta(hours=1)
    sweep(context)
    with context.database.reading() as session:
        with pytest.raises(NotFound, match="search_not_found"):
            searches.get(session, row.id)
        assert task is not None
        assert session.get(TaskRow, task.id) is None


def test_too_many_waiting_searches_are_refused(context: Context) -> None:
    with context.database.transaction() as session:
        for number in range(searches.MOST_WAITING):
            searches.begin(session, Asked(text=f"money {number}"))
        with pytest.raises(TooBusy, match="too_many_searches"):
            searches.begin(session, Asked(text="money"))


def test_the_vectors_of_an_archive_are_made_by_a_job(context: Context) -> None:
    one = received(context, "refund")
    received(context, "שלום")
    with context.database.transaction() as session:
        embeddings.replace(session, one, encoder="fake", turn=None, vector=None)
        job, task = embeddings.begin_all(session)
    run(str(task.id))

    with context.database.reading() as session:
        assert embeddings.of(session, one) is not None
        assert archive_runs.get(session, job.id).counts == {"made": 1, "not_measurable": 1}
