"""Which label counts: a person's before the model's, an earlier version's where it stands now."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from service.errors import InvalidInput, NotFound
from service.store import (
    call_reasons,
    interactions,
    reason_accuracy,
    reason_corrections,
    reason_models,
    taxonomies,
    trends,
)
from service.store.analyses import NewAnalysis, NewReason
from service.store.database import Database, Session
from service.store.interactions import InteractionFilter
from service.store.labels import Labels
from service.store.reason_corrections import Correction
from service.store.trends import Level
from service.taxonomies import Reason, editing
from tests.service.store.made import MORNING, make_analyzed

DAY = MORNING.date()
REASONS = (
    Reason(name="billing"),
    Reason(name="wrong charge", parent="billing"),
    Reason(name="late fee", parent="billing"),
    Reason(name="delivery"),
)


def publish(session: Session, change: Callable[[], object]) -> str:
    change()
    return str(taxonomies.publish(session, "own", author="Kim").number)


def put_to_use(session: Session, day: date = DAY) -> None:
    row = taxonomies.get(session, "own")
    last = taxonomies.newest(session, row)
    assert last is not None
    model = reason_models.add(session, row, last.number, author="Kim")
    reason_models.record(session, model.id, digest="0" * 64, report={}, examples=1, corrections=0)
    reason_models.activate(session, model, author="Kim", day=day)


def labelled(session: Session, version: str, name: str | None, parent: str | None = None) -> UUID:
    found = [NewReason(name=name, parent=parent, score=0.9, is_primary=True)] if name else []
    pins = {"taxonomy": "own", "taxonomy_version": version, "model_version": "1"}
    return make_analyzed(session, analysis=NewAnalysis(reasons=found, **pins)).id


def counted(session: Session, level: Level = Level.SUB, labels: Labels = "corrected") -> dict[str, int]:
    trend = trends.call_reasons(session, first=DAY, last=DAY, level=level, labels=labels)
    assert sum(row.count for row in trend.rows) + trend.without_reason == trend.measurable
    for row in trend.rows:  # the list behind a figure has as many interactions
        behind = interactions.find(session, filters=InteractionFilter(reason=row.name, labels=labels))
        assert len(behind.items) >= row.count if level is Level.SUB else len(behind.items) == row.count
    return {row.name: row.count for row in trend.rows}


@pytest.fixture
def session(database: Database) -> Session:
    """A transaction with an own taxonomy of one version in use."""
    with database.transaction() as session:
        publish(session, lambda: taxonomies.put(session, "own", REASONS))
        put_to_use(session)
        yield session


def edit(
    session: Session, change: Callable[[editing.Reasons], tuple[editing.Reasons, editing.Renamed]]
) -> None:
    publish(session, lambda: taxonomies.edit(session, "own", change))
    put_to_use(session)


def test_a_renamed_and_a_merged_reason_are_one_line(session: Session) -> None:
    for name in ("wrong charge", "late fee"):
        labelled(session, "1", name, "billing")
    labelled(session, "1", "delivery")
    edit(session, lambda draft: editing.merge(draft, ["wrong charge", "late fee"], "charges"))
    edit(session, lambda draft: editing.change(draft, "delivery", to="parcels"))
    labelled(session, "3", "charges", "billing")
    labelled(session, "3", "parcels")
    assert counted(session) == {"charges": 3, "parcels": 2}
    assert counted(session, Level.TOP) == {"billing": 3, "parcels": 2}


def test_a_split_reason_is_counted_as_its_version_meant_it(session: Session) -> None:
    labelled(session, "1", "late fee", "billing")
    edit(session, lambda draft: editing.split(draft, "late fee", [("late fee", ""), ("dunning", "")]))
    labelled(session, "2", "late fee", "billing")
    assert counted(session) == {"late fee": 1, "late fee (v1)": 1}
    assert counted(session, Level.TOP) == {"billing": 2}


def test_the_break_is_marked_while_labels_of_both_versions_are_counted(session: Session) -> None:
    labelled(session, "1", "delivery")
    assert trends.call_reasons(session, first=DAY, last=DAY).breaks == []
    edit(session, lambda draft: editing.change(draft, "delivery", to="parcels"))
    trend = trends.call_reasons(session, first=DAY, last=DAY)
    assert [(one.at, one.from_version, one.to_version) for one in trend.breaks] == [(DAY, "1", "2")]
    assert [one.kind for one in trend.breaks[0].changes or ()] == ["renamed"]
    assert [(one.version, one.count) for one in trend.models] == [("1", 1)]


def test_what_a_person_says_counts_before_the_model(session: Session) -> None:
    first = labelled(session, "1", "wrong charge", "billing")
    second = labelled(session, "1", None)
    third = labelled(session, "1", "delivery")
    for interaction, said in (
        (first, Correction(verdict="reasons", reasons=["LATE FEE", "delivery"])),
        (second, Correction(verdict="reasons", reasons=["delivery"])),
        (third, Correction(verdict="none")),
    ):
        reason_corrections.put(session, interaction, said, author="Kim")
    assert counted(session) == {"late fee": 1, "delivery": 1}
    assert counted(session, labels="model") == {"wrong charge": 1, "delivery": 1}
    abstained = interactions.find(session, filters=InteractionFilter(no_reason="abstained"))
    assert [row.id for row in abstained.items] == [third]
    trend = trends.call_reasons(session, first=DAY, last=DAY)
    assert (trend.corrected, trend.without_reason, trend.measurable) == (3, 1, 3)


def test_a_person_can_read_what_no_model_could(session: Session) -> None:
    row = make_analyzed(session, analysis=NewAnalysis(no_reason="unreliable"))
    reason_corrections.put(session, row.id, Correction(verdict="reasons", reasons=["delivery"]), author="Kim")
    trend = trends.call_reasons(session, first=DAY, last=DAY)
    assert (trend.measurable, trend.not_measurable, trend.rows[0].count) == (1, 0, 1)


def test_the_last_person_to_speak_counts_and_may_take_it_back(session: Session) -> None:
    row = labelled(session, "1", "delivery")
    reason_corrections.put(session, row, Correction(verdict="reasons", reasons=["billing"]), author="Kim")
    reason_corrections.put(session, row, Correction(verdict="reasons", reasons=["late fee"]), author="Lee")
    reason_corrections.put(session, row, Correction(verdict="wrong"), author="Lee")
    assert [(one.author, one.newest) for one in reason_corrections.of(session, row)] == [
        ("Lee", True),
        ("Kim", False),
    ]
    assert counted(session) == {}
    reason_corrections.withdraw(session, row, author="Lee")
    assert counted(session) == {"billing": 1}
    with pytest.raises(NotFound):
        reason_corrections.withdraw(session, row, author="Lee")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Correction(verdict="reasons"), "bad_correction"),
        (Correction(verdict="none", reasons=["billing"]), "bad_correction"),
        (Correction(verdict="reasons", reasons=["nowhere"]), "unknown_reason"),
        (Correction(verdict="none", turn=3), "unknown_turn"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(session: Session, said: Correction, code: str) -> None:
    row = labelled(session, "1", "delivery")
    with pytest.raises(InvalidInput) as refused:
        reason_corrections.put(session, row, said, author="Kim")
    assert refused.value.code == code


def test_accuracy_is_the_known_table_whatever_the_reasons_are_called_now(session: Session) -> None:
    table = [("delivery", "delivery")] * 20 + [("delivery", "billing")] * 5
    table += [("billing", "delivery")] * 10 + [("billing", "billing")] * 15
    for found, said in table:
        row = labelled(session, "1", found)
        reason_corrections.put(session, row, Correction(verdict="reasons", reasons=[said]), author="Kim")
    edit(session, lambda draft: editing.change(draft, "delivery", to="parcels"))
    found = reason_accuracy.accuracy(session, first=DAY, last=DAY)
    assert (found.looked_at, found.compared, found.agreement.value) == (50, 50, 0.7)
    assert found.kappa.value == pytest.approx(0.4)
    parcels = next(one for one in found.reasons if one.name == "parcels")
    assert (parcels.said, parcels.found, parcels.agreed) == (30, 25, 20)
    assert parcels.precision.value == pytest.approx(0.8)
    assert parcels.recall.value == pytest.approx(2 / 3)
    assert parcels.kappa.value == pytest.approx(0.4)


def test_people_are_compared_with_each_other_and_unreadable_ones_left_out(session: Session) -> None:
    for kim, lee in (("billing", "billing"), ("billing", "delivery"), ("delivery", "delivery")):
        row = labelled(session, "1", "billing")
        for author, said in (("Kim", kim), ("Lee", lee)):
            reason_corrections.put(session, row, Correction(verdict="reasons", reasons=[said]), author=author)
    unread = make_analyzed(session, analysis=NewAnalysis(no_reason="no_text")).id
    reason_corrections.put(session, unread, Correction(verdict="wrong"), author="Kim")
    found = reason_accuracy.accuracy(session, first=DAY, last=DAY)
    assert (found.looked_at, found.compared) == (4, 3)
    assert [(one.first, one.second, one.agreement.of) for one in found.people] == [("Kim", "Lee", 3)]
    assert found.people[0].kappa.value == pytest.approx(0.4)


def test_the_shipped_reasons_come_back(session: Session) -> None:
    call_reasons.keep_taxonomy(session, "shipped", "1.0", [Reason(name="anything")])
    labelled(session, "1", "delivery")
    reason_models.return_to_shipped(session, author="Kim", day=DAY)
    assert [row.name for row in call_reasons.current(session)] == ["anything"]
    assert counted(session) == {"delivery": 1}
