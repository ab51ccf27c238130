"""Training a user's reasons: from nothing upwards, told what looks wrong, never quoting a text."""

import json

import pytest

from nlp.call_reasons import Reason, Taxonomy
from nlp.call_reasons.definition import from_labels
from nlp.errors import BadExamples, BadTaxonomy
from nlp.training.own_reasons import Example, Trained, train_reasons
from nlp.transcript import Party
from tests.nlp.hashed_words import HashedWords

TAXONOMY = Taxonomy(
    "shop",
    "1",
    (
        Reason("Refund", None, "The customer wants money back."),
        Reason("Parcel", None, "A parcel is late or lost."),
    ),
)
REFUNDS = [f"i want my money back number {n}" for n in range(8)]
PARCELS = [f"the parcel {n} is late again" for n in range(8)]
EXAMPLES = [Example(t, "Refund") for t in REFUNDS] + [Example(t, "parcel ") for t in PARCELS]


def _train(examples: list[Example], taxonomy: Taxonomy = TAXONOMY) -> Trained:
    return train_reasons(taxonomy, examples, HashedWords(), version="1")


def _likeliest(trained: Trained, text: str) -> str:
    model = trained.model.on(HashedWords())
    return model.labels[int(model.distributions([[(Party.CUSTOMER, text)]])[0].argmax())]


def test_descriptions_alone_are_enough_to_begin() -> None:
    trained = _train([])
    assert _likeliest(trained, "give me the money back") == "Refund"
    assert trained.report.figures is None
    assert trained.report.examples == {"Refund": 0, "Parcel": 0, "none": 0}


def test_a_reason_without_examples_stands_beside_one_with() -> None:
    trained = _train([Example(text, "Refund") for text in REFUNDS])
    assert _likeliest(trained, "a parcel is lost") == "Parcel"


def test_one_example_trains() -> None:
    assert _likeliest(_train([Example("where is it", "Parcel")]), "where is it") == "Parcel"


def test_the_report_is_cross_validated_and_is_json() -> None:
    report = _train(EXAMPLES).report
    assert report.figures is not None
    assert report.figures.n == 16
    assert report.figures.accuracy > 0.9
    assert report.folds > 1
    json.dumps(report.document())


def test_a_label_outside_the_taxonomy_is_told_by_line_without_its_text() -> None:
    with pytest.raises(BadExamples, match="unknown_reason: Line 9") as raised:
        _train([Example("secret", "my pin is 1234", 9)])
    assert "1234" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_equal_names_are_refused() -> None:
    with pytest.raises(BadTaxonomy, match="duplicate_reason"):
        _train([], Taxonomy("shop", "1", (Reason("A", None, ""), Reason(" a", None, ""))))


def test_conflicting_labels_are_warned_of_and_either_is_right() -> None:
    both = [Example("it is late", "Refund"), Example("It is late!", "Parcel")]
    (warned,) = [one for one in _train(EXAMPLES + both).report.warnings if one.code == "conflicting_labels"]
    assert set(warned.reasons) == {"Refund", "Parcel"}
    assert "late" not in warned.detail


def test_few_examples_and_names_alike_are_warned_of() -> None:
    taxonomy = from_labels(["Payment failed", "Payments failed"], name="shop")
    codes = [one.code for one in _train([Example("x", "Payment failed")], taxonomy).report.warnings]
    assert codes == ["few_examples", "names_alike"]


def test_an_empty_text_is_no_example() -> None:
    assert _train([*EXAMPLES, Example(" \n", "Refund")]).report.examples["Refund"] == 8
