"""Rules at work: on new interactions, over the archive with what changed, tried by a job."""

from uuid import UUID

import pytest

from service.rules import parse
from service.store import archive_runs, interactions, rule_results, rule_runs, rule_trends, rules, tasks
from service.store.filters import InteractionFilter
from service.store.rule_trials import Plan
from service.store.tables import ArchiveRunRow, RuleRow
from tests.service.rule_archive import add_call, save_rule
from tests.service.store.made import MORNING
from tests.workers.conftest import accept, chat
from workers.context import Context
from workers.loop import drain


def results(context: Context, interaction_id: UUID) -> dict[str, str]:
    """The stored outcome of each rule."""
    with context.database.reading() as session:
        return {one.name: one.row.outcome for one in rule_results.of(session, interaction_id)}


def save(context: Context, name: str, rule: str, *, enabled: bool = True) -> RuleRow:
    """Save a rule."""
    with context.database.transaction() as session:
        return save_rule(session, name, rule, enabled=enabled)


def archive(context: Context, *texts: str, **known: object) -> list[UUID]:
    """Calls in which the customer says these."""
    with context.database.transaction() as session:
        return [add_call(session, text, number=number, **known) for number, text in enumerate(texts)]


def apply_rule(context: Context, name: str) -> ArchiveRunRow:
    """Apply a rule to the archive and wait for it."""
    with context.database.transaction() as session:
        run, _ = rule_runs.begin_apply(session, rules.get(session, name))
    drain(context)
    with context.database.reading() as session:
        return archive_runs.get(session, run.id)


def test_a_new_interaction_has_a_result_of_each_enabled_rule(context: Context) -> None:
    save(context, "cancels", 'customer says "cancel*" and reason is "billing and payments"')
    save(context, "silent", "silence > 10s")
    save(context, "mail", "channel is email")
    save(context, "off", "channel is chat", enabled=False)
    task_id = accept(context, chat("I am cancelling, the bill is wrong"))
    drain(context)

    with context.database.reading() as session:
        found = tasks.view(session, task_id).interaction_id
        first = rule_results.of(session, found)[0]
        listed = interactions.find(session, filters=InteractionFilter(rule="cancels")).items
    assert results(context, found) == {
        "cancels": "matched",
        "silent": "not_evaluated",
        "mail": "not_matched",
    }
    assert [place.text for place in first.places] == ["cancelling", "I am cancelling, the bill is wrong"]
    assert [row.id for row in listed] == [found]


def test_a_changed_rule_is_applied_to_the_archive_and_tells_what_changed(context: Context) -> None:
    calls = archive(context, "cancel it", "refund it", "nothing at all")
    row = save(context, "money", 'customer says "cancel"')
    first = apply_rule(context, "money")
    assert first.counts == {"matched_after": 1, "not_matched_after": 2, "newly_matched": 1}
    save(context, "money", 'customer says "refund"')
    second = apply_rule(context, "money")
    assert second.counts == {
        "matched_before": 1,
        "not_matched_before": 2,
        "matched_after": 1,
        "not_matched_after": 2,
        "newly_matched": 1,
        "no_longer_matched": 1,
    }
    with context.database.reading() as session:
        new = rule_results.find(session, row, run_id=second.id, change="newly_matched").items
        gone = rule_results.find(session, row, run_id=second.id, change="no_longer_matched").items
    assert [one.id for one, _ in new] == [calls[1]]
    assert [one.id for one, _ in gone] == [calls[0]]
    assert new[0][1].row.rule_version == 2


def test_a_window_is_measured_by_the_times_of_words(context: Context) -> None:
    calls = archive(context, "cancel it", "please do cancel it")
    save(context, "early", 'customer says "cancel" in first 2s')
    apply_rule(context, "early")
    assert [results(context, call)["early"] for call in calls] == ["matched", "not_matched"]


def test_a_rule_deleted_meanwhile_ends_its_job(context: Context) -> None:
    archive(context, "cancel it")
    save(context, "gone", 'customer says "cancel"')
    with context.database.transaction() as session:
        _, task = rule_runs.begin_apply(session, rules.get(session, "gone"))
        rules.delete(session, "gone")
    drain(context)
    with context.database.reading() as session:
        assert tasks.view(session, task.id).error_code == "rule_not_found"


@pytest.mark.parametrize("rule", ['customer says "cancel"', 'customer says "cancel" and queue is "Sales"'])
def test_a_job_counts_a_dry_run_and_writes_no_result(context: Context, rule: str) -> None:
    calls = archive(context, "cancel it", "keep it", queue="Sales", disposition="cancel")
    archive(context, "cancel this", queue="Care")
    with context.database.transaction() as session:
        against = parse('disposition is "cancel"')
        tree = parse(rule)
        library = rule_runs.library_with(session, None, tree)
        plan = Plan(tree=tree, library=library, time_zone="UTC", against=against)
        run, _ = rule_runs.begin_trial(session, plan, InteractionFilter())
    drain(context)
    with context.database.reading() as session:
        counts = archive_runs.get(session, run.id).counts
    matched = 1 if "queue" in rule else 2
    assert counts["matched_after"] + counts["not_matched_after"] == 3
    assert (counts["matched_after"], counts["matched_yes"], counts["not_matched_yes"]) == (matched, 1, 1)
    assert results(context, calls[0]) == {}


def test_a_trend_has_the_share_of_what_could_be_evaluated(context: Context) -> None:
    archive(context, "cancel it", "keep it", "keep that")
    archive(context, "cancel it", reliable=False)
    save(context, "cancels", 'customer says "cancel"')
    apply_rule(context, "cancels")
    with context.database.reading() as session:
        trend = rule_trends.rules(session, first=MORNING.date(), last=MORNING.date())
    (line,) = trend.rows
    assert (line.matched, line.evaluated, line.not_evaluated) == (1, 3, 1)
    assert [point.matched for point in trend.series] == [1]
    assert line.share == pytest.approx(1 / 3)
