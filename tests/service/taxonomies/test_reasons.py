"""What a good taxonomy is: two levels, names a reader can tell apart."""

import pytest

from service.taxonomies import MOST_REASONS, Reason, folded
from service.taxonomies.reasons import cleaned, faults


def codes(*reasons: Reason, before: tuple[str, ...] = ()) -> list[str]:
    return [fault.code for fault in faults(reasons, before)]


@pytest.mark.parametrize("name", ["Refund", " refund ", "RE\u200bFUND", "refund\u202e", "ｒｅｆｕｎｄ"])
def test_names_that_look_alike_are_one(name: str) -> None:
    assert folded(name) == "refund"
    assert codes(Reason(name="refund"), Reason(name=cleaned(name))) == ["duplicate_reason"]


def test_names_of_any_script_and_marks_of_html_are_kept_as_they_are() -> None:
    for name in ("החזר כספי", "Visszatérítés", "<b>refund</b>", "a & b"):
        assert cleaned(name) == name
        assert codes(Reason(name=name)) == []


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ([Reason(name="")], "empty_name"),
        ([Reason(name=cleaned(" \u200b\u202e "))], "empty_name"),
        ([Reason(name="x" * 121)], "value_too_long"),
        ([Reason(name="x", description="y" * 2001)], "value_too_long"),
        ([Reason(name="None")], "reserved_name"),
        ([Reason(name="a"), Reason(name="b", parent="c")], "unknown_parent"),
        ([Reason(name="a"), Reason(name="b", parent="a"), Reason(name="c", parent="b")], "too_deep"),
        ([Reason(name="a", retired_at="2026"), Reason(name="b", parent="a")], "retired_parent"),
        ([Reason(name="a", comes_from=("z",))], "unknown_reason"),
        ([Reason(name=str(number)) for number in range(MOST_REASONS + 1)], "too_many_reasons"),
    ],
)
def test_what_is_no_taxonomy_is_named(reasons: list[Reason], code: str) -> None:
    assert codes(*reasons, before=("a",)) == [code]


def test_five_hundred_reasons_are_taken() -> None:
    assert codes(*[Reason(name=str(number)) for number in range(MOST_REASONS)]) == []
