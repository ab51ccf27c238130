"""Mail threads: found by ids in whatever order mails come, else by subject and parties."""

from datetime import timedelta

from service.store import threads
from service.store.database import Database
from service.store.tables import InteractionRow
from service.store.threads import MailPlace
from tests.service.store.conftest import database
from tests.service.store.made import later, make_interaction

__all__ = ["database"]


def put(
    database: Database, *ids: str, minutes: float = 0, subject: str | None = None, reply: bool = False
) -> InteractionRow:
    """A mail with these ids, its own first."""
    with database.transaction() as session:
        row = make_interaction(session, channel="email", started_at=later(minutes))
        threads.join(session, row, MailPlace(ids, subject, reply))
    return row


def thread(database: Database, row: InteractionRow) -> str | None:
    with database.reading() as session:
        found = session.get(InteractionRow, row.id)
        assert found is not None
        return found.thread


def test_an_answer_that_comes_before_its_question_is_joined_by_it(database: Database) -> None:
    answer = put(database, "b", "a", minutes=10)
    question = put(database, "a", minutes=0)
    other = put(database, "z")
    assert thread(database, answer) == thread(database, question) == "a"
    assert thread(database, other) == "z"


def test_two_threads_that_turn_out_to_be_one_take_the_earlier_name(database: Database) -> None:
    rows = [put(database, "d", "c", minutes=30), put(database, "b", "a", minutes=10)]
    assert len({thread(database, row) for row in rows}) == 2
    rows += [put(database, "c", "b", minutes=20)]
    assert {thread(database, row) for row in rows} == {"a"}
    with database.reading() as session:
        assert [row.id for row in threads.of(session, "a")] == [rows[1].id, rows[2].id, rows[0].id]
        places = threads.places(session, rows)
    assert [(places[row.id].position, places[row.id].size) for row in rows] == [(3, 3), (1, 3), (2, 3)]


def test_a_mail_that_names_no_id_goes_by_subject_and_parties(database: Database) -> None:
    question = put(database, "a", minutes=0, subject="bill ada")
    answer = put(database, "b", minutes=60, subject="bill ada", reply=True)
    unmarked = put(database, "c", minutes=90, subject="bill ada")
    elsewhere = put(database, "d", minutes=70, subject="bill bob", reply=True)
    beyond = (threads.WINDOW + timedelta(hours=3)) / timedelta(minutes=1)
    late = put(database, "e", minutes=beyond, subject="bill ada", reply=True)
    assert thread(database, question) == thread(database, answer)
    assert {thread(database, row) for row in (unmarked, elsewhere, late)} == {"c", "d", "e"}


def test_a_question_is_joined_to_the_answer_that_came_first(database: Database) -> None:
    answer = put(database, "b", minutes=60, subject="bill ada", reply=True)
    question = put(database, "a", minutes=0, subject="bill ada")
    assert thread(database, answer) == thread(database, question)


def test_a_mail_of_which_nothing_is_known_stands_alone(database: Database) -> None:
    assert thread(database, put(database)) is None
    lonely = put(database, subject="bill ada")
    with database.reading() as session:
        assert threads.of(session, thread(database, lonely)) == []
        assert threads.places(session, [lonely]) == {}
