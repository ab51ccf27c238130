"""Reasons that users own, in the workers: examples redacted, models trained and used, labels found anew."""

from pathlib import Path
from uuid import UUID

import pytest

from service.errors import Conflict
from service.store import (
    analyses,
    archive_runs,
    call_reasons,
    reason_corrections,
    reason_examples,
    reason_models,
    reason_runs,
    tasks,
    taxonomies,
    trends,
)
from service.store.database import Session
from service.store.reason_corrections import Correction
from service.store.reason_examples import NewExample
from service.store.tables import ArchiveRunRow
from service.store.trends import Level
from service.taxonomies import Reason, editing
from tests.fakes import FakeTaxonomy
from tests.service.store.made import MORNING
from tests.workers.conftest import accept, chat
from tests.workers.own_fakes import FakeShippedAnalysis, fake_train
from workers.context import Context
from workers.loop import drain
from workers.reason_training import train

DAY = MORNING.date()
REASONS = (
    Reason(name="billing"),
    Reason(name="invoice", parent="billing"),
    Reason(name="parcels"),
)
EXAMPLES = [NewExample("my bill", "Invoice"), NewExample("a parcel from 4111 1111 1111 1111", "parcels")]


@pytest.fixture(autouse=True)
def shipped(context: Context) -> None:
    """The shipped reasons are known, and reasons can be trained."""
    context.open_analysis = FakeShippedAnalysis  # type: ignore[assignment] # found by the same names
    context.train = fake_train
    with context.database.transaction() as session:
        known = FakeTaxonomy()
        call_reasons.replace_taxonomy(session, known.name, known.version, known.reasons)


def begin(context: Context, *, examples: list[NewExample] | None = None) -> UUID:
    """An own taxonomy, published, with examples on their way and a model to be trained."""
    with context.database.transaction() as session:
        if taxonomies.find(session, "own") is None:
            taxonomies.put(session, "own", REASONS)
            taxonomies.publish(session, "own", author="Kim")
    with context.database.transaction() as session:
        reason_examples.begin_import(session, context.blobs, "own", examples or EXAMPLES, author="Kim")
    drain(context)
    with context.database.transaction() as session:
        model, _ = reason_models.begin(session, "own", author="Kim", folder=context.settings.reasons_dir)
        return model.id


def put_to_use(context: Context, model: UUID) -> None:
    with context.database.transaction() as session:
        reason_models.activate(session, reason_models.by_id(session, model), author="Kim", day=DAY)


def trained(context: Context, **known: list[NewExample]) -> UUID:
    model = begin(context, **known)
    drain(context)
    put_to_use(context, model)
    return model


def labels(session: Session, interaction: UUID) -> list[tuple[str, str, str, str]]:
    rows = analyses.reasons(session, interaction)
    return [(row.name, row.taxonomy, row.taxonomy_version, row.model_version) for row in rows]


def received(context: Context, text: str) -> UUID:
    task = accept(context, chat(text))
    drain(context)
    with context.database.reading() as session:
        return tasks.view(session, task).interaction_id


def rerun(context: Context, *, dry_run: bool = False) -> ArchiveRunRow:
    with context.database.transaction() as session:
        run, _ = reason_runs.begin(session, dry_run=dry_run)
    drain(context)
    with context.database.reading() as session:
        return archive_runs.get(session, run.id)


def test_examples_are_redacted_and_what_was_sent_is_deleted(context: Context) -> None:
    begin(context)
    with context.database.reading() as session:
        row = taxonomies.get(session, "own")
        texts = {one.reason: one.text for one in reason_examples.of(session, row)}
    assert texts["invoice"] == "my bill"
    assert "4111" not in texts["parcels"]
    assert not [file for file in context.settings.blobs_dir.rglob("*") if file.is_file()]


def test_a_model_is_trained_and_nothing_changes_before_it_is_put_to_use(context: Context) -> None:
    model = begin(context)
    with context.database.transaction() as session, pytest.raises(Conflict):
        reason_models.activate(session, reason_models.by_id(session, model), author="Kim", day=DAY)
    drain(context)
    before = received(context, "my bill is wrong")
    put_to_use(context, model)
    after = received(context, "my bill is wrong")
    with context.database.reading() as session:
        row = reason_models.by_id(session, model)
        assert (row.examples, row.report["thresholds"], row.digest is None) == (2, {"primary": 0.5}, False)
        assert labels(session, before)[0][1:] == ("fake", "1", "9")
        assert labels(session, after) == [("invoice", "own", "1", "1+own.1")]
        assert [one.name for one in call_reasons.current(session)] == [one.name for one in REASONS]


def test_a_worker_sees_what_is_in_use_at_its_next_task(context: Context) -> None:
    trained(context)
    first = received(context, "a refund please")
    trained(context, examples=[NewExample("refund", "parcels")])
    second = received(context, "a refund please")
    with context.database.transaction() as session:
        reason_models.return_to_shipped(session, author="Kim", day=DAY)
    third = received(context, "my bill is wrong")
    with context.database.reading() as session:
        assert labels(session, first) == []
        assert labels(session, second) == [("parcels", "own", "1", "2+own.1")]
        assert labels(session, third)[0][1] == "fake"


def test_a_model_that_was_changed_on_the_disk_labels_nothing(context: Context) -> None:
    trained(context)
    place = context.settings.reasons_dir / "own" / "1" / "manifest.json"
    place.write_text("{}")
    task = accept(context, chat("my bill"))
    drain(context)
    with context.database.reading() as session:
        assert tasks.view(session, task).error_code == "corrupt_artifact"


def test_what_people_say_is_trained_with(context: Context) -> None:
    trained(context)
    row = received(context, "a refund please")
    with context.database.transaction() as session:
        said = Correction(verdict="reasons", reasons=["parcels"])
        reason_corrections.put(session, row, said, author="Kim")
    model = trained(context)
    with context.database.reading() as session:
        assert reason_models.by_id(session, model).corrections == 1
    with context.database.reading() as session:
        assert labels(session, received(context, "another refund")) == [("parcels", "own", "1", "2+own.1")]


def test_a_dry_run_counts_and_writes_nothing(context: Context) -> None:
    row = received(context, "my bill is wrong")
    trained(context)
    run = rerun(context, dry_run=True)
    assert (run.total, run.done, run.counts["changed"]) == (1, 1, 1)
    with context.database.reading() as session:
        assert labels(session, row)[0][1] == "fake"
        assert reason_runs.earlier(session, row) == []


def test_reasons_are_found_anew_only_where_another_version_labelled(context: Context) -> None:
    old = [received(context, text) for text in ("my bill is wrong", "my bill", "hello", "a parcel")]
    trained(context)
    new = received(context, "my bill")
    run = rerun(context)
    assert (run.total, run.done, run.counts["same"], run.counts["changed"]) == (4, 4, 1, 3)
    assert [(one.before, one.after, one.count) for one in reason_runs.label_changes(run)] == [
        ("billing and payments", "invoice", 2),
        ("orders and delivery", "parcels", 1),
    ]
    assert {(one.name, one.before, one.after) for one in reason_runs.by_reason(run)} == {
        ("billing and payments", 2, 0),
        ("orders and delivery", 1, 0),
        ("invoice", 0, 2),
        ("parcels", 0, 1),
        (None, 1, 1),
    }
    with context.database.reading() as session:
        assert labels(session, old[0]) == [("invoice", "own", "1", "1+own.1")]
        assert [one.name for one in reason_runs.earlier(session, old[0])] == ["billing and payments"]
        assert reason_runs.earlier(session, new) == []
        trend = trends.call_reasons(session, first=DAY, last=DAY, level=Level.SUB)
        assert {row.name: row.count for row in trend.rows} == {"invoice": 3, "parcels": 1}
        assert trend.breaks == []
    assert rerun(context).total == 0


def test_a_killed_worker_loses_nothing_of_a_run(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [received(context, "my bill") for _ in range(5)]
    trained(context)
    monkeypatch.setattr("workers.archive.go_through.__kwdefaults__", {"which": (), "batch": 2})
    with context.database.transaction() as session:
        run, task = reason_runs.begin(session, dry_run=False)
        claim = tasks.claim(session, task.id, "somebody", 60.0)
        assert claim is not None
    steps = 0

    def dies(progress: float) -> None:
        nonlocal steps
        steps += 1
        if steps == 2:
            raise KeyboardInterrupt

    from workers.reason_runs import find_again  # noqa: PLC0415

    with pytest.raises(KeyboardInterrupt):
        find_again(context, claim, dies)
    with context.database.transaction() as session:
        assert archive_runs.get(session, run.id).done == 4
        tasks.release(session, claim)
    drain(context)
    with context.database.reading() as session:
        done = archive_runs.get(session, run.id)
        assert (done.done, done.counts["changed"]) == (5, 5)
        for row in rows:
            assert len(reason_runs.earlier(session, row)) == 1


def test_a_split_is_decided_by_the_re_run(context: Context) -> None:
    trained(context)
    rows = [received(context, text) for text in ("a parcel", "a parcel, it was stolen")]
    with context.database.transaction() as session:
        parts = [("lost", ""), ("theft", "")]
        taxonomies.edit(session, "own", lambda draft: editing.split(draft, "parcels", parts))
        taxonomies.publish(session, "own", author="Kim")
    trained(context, examples=[NewExample("stolen", "theft")])
    with context.database.reading() as session:
        before = trends.call_reasons(session, first=DAY, last=DAY)
        assert {row.name: row.count for row in before.rows} == {"parcels (v1)": 2}
    run = rerun(context)
    with context.database.reading() as session:
        assert {labels(session, row)[0][0] for row in rows} <= {"lost", "theft"}
        assert run.counts["changed"] == 2


def test_a_training_that_was_taken_away_leaves_the_model_of_the_other(
    context: Context, tmp_path: Path
) -> None:
    model = begin(context)
    with context.database.transaction() as session:
        claim = tasks.claim_next(session, ("text",), "somebody", 60.0)
        assert claim is not None
        tasks.cancel(session, claim.task_id)
    with pytest.raises(tasks.Fenced):
        train(context, claim, lambda progress: None)
    with context.database.reading() as session:
        assert reason_models.by_id(session, model).trained_at is None
    assert not (context.settings.reasons_dir / "own").exists()
