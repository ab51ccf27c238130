"""Labels of earlier versions find their place in a later one, whatever was done to the taxonomy."""

from service.taxonomies import Reason
from service.taxonomies.editing import add, change, merge, move, restore, retire, split
from service.taxonomies.lineage import Change, Place, Version, changes, places

FIRST = (
    Reason(name="billing"),
    Reason(name="wrong charge", parent="billing"),
    Reason(name="late fee", parent="billing"),
    Reason(name="delivery"),
    Reason(name="lost", parent="delivery"),
)


def continued(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The draft that follows a published version."""
    return tuple(
        Reason(name=one.name, parent=one.parent, comes_from=(one.name,), retired_at=one.retired_at)
        for one in reasons
    )


def versions(*reasons: tuple[Reason, ...]) -> list[Version]:
    return [Version("own", str(number), one) for number, one in enumerate(reasons, 1)]


def now(second: tuple[Reason, ...], name: str) -> Place:
    return places(versions(FIRST, second))["own", "1", name]


def test_a_renamed_reason_keeps_its_line_and_its_sub_reasons() -> None:
    second, renamed = change(continued(FIRST), "Billing", to="money")
    assert renamed == {"billing": "money"}
    assert now(second, "billing") == Place("money", None)
    assert now(second, "late fee") == Place("late fee", "money")
    assert changes(versions(FIRST, second)) == [Change("renamed", ("billing",), ("money",))]


def test_merged_reasons_become_one_line() -> None:
    second, renamed = merge(continued(FIRST), ["wrong charge", "late fee"], "charges")
    assert renamed == {"wrong charge": "charges", "late fee": "charges"}
    assert now(second, "wrong charge") == now(second, "late fee") == Place("charges", "billing")
    assert changes(versions(FIRST, second)) == [Change("merged", ("wrong charge", "late fee"), ("charges",))]


def test_merged_top_reasons_keep_all_sub_reasons() -> None:
    second, _ = merge(continued(FIRST), ["billing", "delivery"], "delivery")
    assert now(second, "lost") == Place("lost", "delivery")
    assert now(second, "late fee") == Place("late fee", "delivery")


def test_a_split_reason_stands_for_itself_until_it_is_labelled_again() -> None:
    second, _ = split(continued(FIRST), "lost", [("lost", ""), ("stolen", "somebody took it")])
    assert now(second, "lost") == Place("lost (v1)", "delivery", split=True)
    assert changes(versions(FIRST, second)) == [Change("split", ("lost",), ("lost", "stolen"))]


def test_a_split_whose_parts_were_merged_again_is_one_line() -> None:
    second, _ = split(continued(FIRST), "lost", [("lost", ""), ("stolen", "")])
    third, _ = merge(continued(second), ["lost", "stolen"], "gone")
    found = places(versions(FIRST, second, third))
    assert found["own", "1", "lost"] == found["own", "2", "stolen"] == Place("gone", "delivery")
    assert changes(versions(FIRST, second, third)) == [Change("renamed", ("lost",), ("gone",))]


def test_a_retired_reason_keeps_its_line_and_may_come_back() -> None:
    second = retire(continued(FIRST), "delivery", at="2026-01-01")
    assert [one.name for one in second if one.retired_at] == ["delivery", "lost"]
    assert now(second, "lost") == Place("lost", "delivery")
    assert {one.kind for one in changes(versions(FIRST, second))} == {"retired"}
    back = restore(second, "lost")
    assert [one.name for one in back if one.retired_at] == []


def test_a_reason_that_was_never_published_is_taken_out() -> None:
    second = retire(add(continued(FIRST), "new", parent="billing"), "new", at="2026-01-01")
    assert second == continued(FIRST)


def test_a_removed_reason_keeps_its_name_under_its_top_reason() -> None:
    second = tuple(one for one in continued(FIRST) if one.name != "lost")
    assert now(second, "lost") == Place("lost", "delivery")
    assert changes(versions(FIRST, second)) == [Change("removed", ("lost",), ())]


def test_a_moved_reason_counts_under_its_new_top_reason() -> None:
    second = move(continued(FIRST), "late fee", parent="delivery")
    assert now(second, "late fee") == Place("late fee", "delivery")
    assert changes(versions(FIRST, second)) == [Change("moved", ("billing",), ("late fee",))]


def test_lineage_goes_over_several_versions_and_a_copy() -> None:
    second, _ = change(continued(FIRST), "lost", to="lost parcel")
    third = add(continued(second), "praise")
    known = [Version("shipped", "1.0", FIRST), Version("own", "1", second), Version("own", "2", third)]
    assert places(known)["shipped", "1.0", "lost"] == Place("lost parcel", "delivery")
    assert changes(known) == [
        Change("renamed", ("lost",), ("lost parcel",)),
        Change("added", (), ("praise",)),
    ]
