"""Summaries in the store: with the analysis, over the archive, gone with the interaction."""

import json
from uuid import UUID

from service.store import analyses, archive_runs, interactions, picks, tasks
from service.store.picks import NewPick
from service.store.tables import ArchiveRunRow
from tests.workers.conftest import accept
from workers.context import Context
from workers.loop import drain

SAID = [("customer", "My parcel is late. Sorry."), ("agent", "I will send another one.")]
WORDS = {"issue": "My parcel is late", "next_action": "I will send another one."}


def chat(said: list[tuple[str, str]]) -> str:
    """A message document."""
    return json.dumps({"channel": "chat", "messages": [{"party": p, "text": text} for p, text in said]})


def analysed(context: Context, said: list[tuple[str, str]] = SAID) -> UUID:
    """An interaction that went the whole way."""
    task = accept(context, chat(said))
    drain(context)
    with context.database.reading() as session:
        return tasks.view(session, task).interaction_id


def words(context: Context, interaction: UUID) -> dict[str, str]:
    """What is picked."""
    with context.database.reading() as session:
        return {kind: pick.text for kind, pick in picks.of(session, interaction).items()}


def sum_up(context: Context) -> ArchiveRunRow:
    """The job over the archive, done."""
    with context.database.transaction() as session:
        run, _ = picks.begin_again(session)
    drain(context)
    with context.database.reading() as session:
        return archive_runs.get(session, run.id)


def test_an_analysis_brings_a_summary_with_the_words_as_they_stand_in_the_turns(context: Context) -> None:
    assert words(context, analysed(context)) == WORDS


def test_the_archive_gets_summaries_and_their_version_is_told(context: Context) -> None:
    one, silent = analysed(context), analysed(context, [("agent", "Hello?")])
    with context.database.transaction() as session:
        picks.replace(session, one, [NewPick(kind="outcome", turn=0, start_char=0, end_char=2, score=0.5)])

    run = sum_up(context)

    assert run.counts == {"picks_before": 1, "picks_after": 2}
    assert (run.done, run.skipped) == (2, 0)
    assert words(context, one) == WORDS
    assert words(context, silent) == {}
    with context.database.reading() as session:
        analysis = analyses.get(session, one)
        assert analysis is not None
        assert analysis.models["summary"] == "fake-1"


def test_what_was_never_analysed_is_left_out(context: Context) -> None:
    one = analysed(context)
    with context.database.transaction() as session:
        row = analyses.get(session, one)
        assert row is not None
        session.delete(row)
    assert sum_up(context).counts == {"picks_before": 0, "picks_after": 0}


def test_a_summary_goes_with_its_interaction(context: Context) -> None:
    one = analysed(context)
    with context.database.transaction() as session:
        session.delete(interactions.get(session, one))
    assert words(context, one) == {}
