"""Facts of interactions: found with the lists of the moment, anew over the archive, not in doubtful words."""

from uuid import UUID

from service.store import archive_runs, facts, interactions, tasks, term_lists
from service.store.interactions import InteractionFilter
from service.store.tables import ArchiveRunRow
from service.store.term_lists import SavedTerm
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain

RIVALS = (SavedTerm(name="Vodafone"), SavedTerm(name="Telekom", aliases=("T-Mobile",)))


def save(context: Context, *terms: SavedTerm, name: str = "rivals", kind: str = "competitor") -> None:
    """Write a list."""
    with context.database.transaction() as session:
        term_lists.put(session, name, kind, terms)


def found(context: Context, task_id: UUID) -> list[tuple[str, str, str | None, str, str | None]]:
    """Kind, name, value, words and list of each fact of an interaction."""
    with context.database.reading() as session:
        shown = facts.of(session, tasks.view(session, task_id).interaction_id)
        return [(one.row.kind, one.row.name, one.row.value, one.text, one.list_name) for one in shown]


def seek_again(context: Context) -> ArchiveRunRow:
    """Seek facts in the archive and wait for it."""
    with context.database.transaction() as session:
        run, _ = facts.begin_again(session)
    drain(context)
    with context.database.reading() as session:
        return archive_runs.get(session, run.id)


def test_what_is_named_in_a_new_interaction_is_stored_with_its_place(context: Context) -> None:
    save(context, *RIVALS)
    task_id = accept(context, chat("I will switch to T-Mobile, you charged me $45.20"))
    drain(context)

    assert found(context, task_id) == [
        ("switch_intent", "Telekom", None, "switch to T-Mobile", None),
        ("competitor", "Telekom", None, "T-Mobile", "rivals"),
        ("amount", "USD", "45.20", "$45.20", None),
    ]


def test_interactions_are_found_by_what_is_named_in_them(context: Context) -> None:
    save(context, *RIVALS)
    wanted = accept(context, chat("Vodafone is cheaper"))
    accept(context, chat("You charged me $45.20"))
    drain(context)

    with context.database.reading() as session:
        wanted_id = tasks.view(session, wanted).interaction_id
        for asked in (InteractionFilter(fact="Vodafone"), InteractionFilter(fact_kind="competitor")):
            assert [row.id for row in interactions.find(session, filters=asked).items] == [wanted_id]
        assert interactions.find(session, filters=InteractionFilter(fact="Telekom")).items == []


def test_a_changed_list_is_applied_to_the_archive_and_counts_before_and_after(context: Context) -> None:
    save(context, RIVALS[0])
    task_id = accept(context, chat("Vodafone and T-Mobile and $3"))
    drain(context)
    save(context, *RIVALS)
    run = seek_again(context)

    assert (run.done, run.counts) == (1, {"facts_before": 2, "facts_after": 3})
    assert [one[1] for one in found(context, task_id)] == ["Vodafone", "Telekom", "USD"]


def test_a_list_that_is_deleted_takes_its_facts_along(context: Context) -> None:
    save(context, *RIVALS)
    task_id = accept(context, chat("Vodafone costs $3"))
    drain(context)
    with context.database.transaction() as session:
        term_lists.delete(session, "rivals")

    assert [one[0] for one in found(context, task_id)] == ["amount"]


def test_of_two_lists_with_the_same_term_the_first_owns_it(context: Context) -> None:
    save(context, SavedTerm(name="Vodafone"), name="b")
    save(context, SavedTerm(name="Vodafone"), name="a")
    task_id = accept(context, chat("Vodafone is cheaper"))
    drain(context)

    assert [one[4] for one in found(context, task_id)] == ["a"]
