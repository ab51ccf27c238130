"""The job that makes the full-text index anew."""

from uuid import UUID

from sqlalchemy import delete

from service.search import parse
from service.store import archive_runs, interactions, search_rebuild, text_search
from service.store.tables import SearchEntryRow
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.runner import run, run_next


def found(context: Context, query: str) -> int:
    """How many interactions."""
    with context.database.reading() as session:
        return len(text_search.search(session, parse(query)).items)


def test_a_transcription_is_found_by_its_words_at_once(context: Context) -> None:
    run(str(accept(context, chat("Where is my refund?"))))

    assert found(context, "customer:refund") == 1


def test_the_index_of_an_archive_is_made_by_a_job(context: Context) -> None:
    for _ in range(3):
        run(str(accept(context, chat("Where is my refund?"))))
    while run_next(context):
        pass
    with context.database.transaction() as session:
        session.execute(delete(SearchEntryRow))
        job, task = search_rebuild.begin(session)
    assert found(context, "refund") == 0
    run(str(task.id))

    assert found(context, "refund") == 3
    with context.database.reading() as session:
        assert archive_runs.get(session, job.id).counts == {"entries": 3}
        assert search_rebuild.unfinished(session) is None


def test_what_is_erased_while_the_job_runs_is_left_alone(context: Context) -> None:
    run(str(accept(context, chat("Where is my refund?"))))
    with context.database.transaction() as session:
        for row in interactions.find(session).items:
            session.delete(row)
        _, task = search_rebuild.begin(session)
    run(str(task.id))

    with context.database.reading() as session:
        assert session.get(SearchEntryRow, 1) is None
        assert isinstance(task.id, UUID)
