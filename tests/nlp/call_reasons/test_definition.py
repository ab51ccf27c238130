"""A user's taxonomy: read from a file or made of labels, and refused where names are not names."""

from pathlib import Path

import pytest

from nlp.call_reasons import NO_REASON, Reason, Taxonomy
from nlp.call_reasons.definition import Labels, checked, from_labels, read_definition, toml
from nlp.errors import BadTaxonomy


def _definition(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reasons.toml"
    path.write_bytes(text.encode())
    return path


def test_a_file_makes_two_levels_and_descriptions_may_be_absent(tmp_path: Path) -> None:
    text = '[[reason]]\nname = "Bills"\n[[reason.sub]]\nname = "Too  high"\ndescription = "It is too much."'
    taxonomy = read_definition(_definition(tmp_path, text), name="mine", version="4")
    assert taxonomy == Taxonomy(
        "mine", "4", (Reason("Bills", None, ""), Reason("Too high", "Bills", "It is too much."))
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable_taxonomy"),
        ("reason = 3", "unreadable_taxonomy"),
        ("[[reason]]\nname =", "unreadable_taxonomy"),
        ('[[reason]]\nname = "Bills"\nsub = 5', "unreadable_taxonomy"),
        ('[[reason]]\nname = "Bills"\n[[reason]]\nname = " bILLS "', "duplicate_reason"),
        ('[[reason]]\nname = "None"', "bad_reason_name"),
        ('[[reason]]\nname = "  "', "bad_reason_name"),
        ("reason = []", "no_reasons"),
    ],
)
def test_a_file_that_makes_no_taxonomy_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(BadTaxonomy) as raised:
        read_definition(_definition(tmp_path, text), name="mine")
    assert raised.value.code == code
    assert raised.value.remedy


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadTaxonomy, match="no_such_file"):
        read_definition(tmp_path / "absent.toml", name="mine")


def test_labels_alone_make_a_taxonomy_of_one_or_two_levels() -> None:
    labels = ["Bills / Too high", "Bills > Refund", "Delivery", "none", "", "Delivery"]
    taxonomy = from_labels(labels, name="mine")
    assert taxonomy.tops == ("Bills", "Delivery")
    assert set(taxonomy.subs("Bills")) == {"Too high", "Refund"}


def test_a_sub_reason_that_occurs_twice_is_called_by_its_path() -> None:
    taxonomy = from_labels(["Bills / Other", "Delivery / Other"], name="mine")
    assert taxonomy.subs("Bills") == ("Bills / Other",)
    assert Labels(taxonomy).reason("delivery >  other") == "Delivery / Other"


def test_labels_that_differ_in_capitals_or_spaces_alone_are_refused() -> None:
    with pytest.raises(BadTaxonomy, match="duplicate_reason"):
        from_labels(["Bills", "bills "], name="mine")


def test_a_label_is_the_name_or_the_path_in_any_capitals() -> None:
    labels = Labels(from_labels(["Bills / Too high", "a/b"], name="mine"))
    assert labels.reason("too HIGH") == "Too high"
    assert labels.reason("bills / too high") == "Too high"
    assert labels.reason("A/B") == "a/b"
    assert labels.reason(" None ") == labels.reason("") == NO_REASON
    with pytest.raises(KeyError):
        labels.reason("Too low")


def test_a_parent_must_be_a_top_reason() -> None:
    with pytest.raises(BadTaxonomy, match="bad_parent"):
        checked(Taxonomy("mine", "1", (Reason("A", None, ""), Reason("B", "A", ""), Reason("C", "B", ""))))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    reasons = (Reason('Say "hi" \\ bye', None, "Űrlap\nשלום"), Reason("x", 'Say "hi" \\ bye', "🙂"))
    taxonomy = Taxonomy("mine", "1", reasons)
    assert read_definition(_definition(tmp_path, toml(taxonomy)), name="mine") == taxonomy
