"""A trained model of the user's: written, read back, refused where its files or encoder are others."""

import json
from pathlib import Path

import numpy as np
import pytest

from nlp.call_reasons import Taxonomy
from nlp.call_reasons.definition import from_labels
from nlp.call_reasons.own import MANIFEST_FILE, OwnReasons, open_own, write
from nlp.errors import MissingArtifact
from nlp.training.own_reasons import Example, train_reasons
from nlp.transcript import Party
from tests.nlp.hashed_words import HashedWords

TEXTS = {
    "Money / Refund": "refund my money please,want a refund,give the money back,refund it now,money back",
    "Money / Invoice": "send the invoice,invoice copy,where is my invoice,invoice is missing,need an invoice",
    "Parcel": "parcel is late,where is my parcel,parcel never came,the parcel is lost,track a parcel",
    "none": "hello there,good morning,thanks bye,yes,ok fine",
}
EXAMPLES = [Example(text, label) for label, texts in TEXTS.items() for text in texts.split(",")] * 2


@pytest.fixture(scope="module")
def trained() -> OwnReasons:
    taxonomy: Taxonomy = from_labels(TEXTS, name="shop")
    return train_reasons(taxonomy, EXAMPLES, HashedWords(), version="3").model


def test_a_folder_read_back_finds_the_same_reasons(trained: OwnReasons, tmp_path: Path) -> None:
    write(trained, tmp_path / "3")
    opened = open_own(tmp_path / "3", HashedWords())
    conversation = [
        (Party.AGENT, "is it about an invoice"),
        (Party.CUSTOMER, "good morning"),
        (Party.CUSTOMER, "the parcel is lost"),
    ]
    (found,) = opened.predict([conversation])
    assert [(reason.name, reason.parent, reason.turn) for reason in found] == [("Parcel", None, 2)]
    assert opened.version == "3+shop.1"
    assert opened.predict([conversation]) == trained.on(HashedWords()).predict([conversation])


def test_a_sub_reason_carries_its_parent_and_two_reasons_are_both_found(trained: OwnReasons) -> None:
    conversation = [(Party.CUSTOMER, "the parcel is lost"), (Party.CUSTOMER, "give the money back")]
    model = trained.on(HashedWords())
    (found,) = model.with_thresholds(type(model.thresholds)(0.2, 0.2, 0.3)).predict([conversation])
    assert {(reason.name, reason.parent) for reason in found} == {("Parcel", None), ("Refund", "Money")}


def test_nothing_said_gets_no_reason(trained: OwnReasons) -> None:
    model = trained.on(HashedWords())
    assert model.predict([[], [(Party.CUSTOMER, "  ")], [(Party.AGENT, "")]]) == [(), (), ()]
    assert model.distributions([[]])[0].argmax() == len(model.labels) - 1


def test_a_conversation_s_distribution_sums_to_one(trained: OwnReasons) -> None:
    conversation = [(Party.CUSTOMER, "the parcel is lost"), (Party.CUSTOMER, "thanks bye")]
    (chances,) = trained.on(HashedWords()).distributions([conversation])
    assert chances.sum() == pytest.approx(1.0, abs=1e-5)
    assert trained.head.labels[int(np.argmax(chances))] == "Parcel"


def test_another_encoder_is_refused(trained: OwnReasons, tmp_path: Path) -> None:
    write(trained, tmp_path)
    other = HashedWords()
    other.version = "other@1"
    with pytest.raises(MissingArtifact, match="another_encoder"):
        open_own(tmp_path, other)


@pytest.mark.parametrize("file", ["head.npz", "settings.json", "taxonomy.toml"])
def test_a_file_that_was_changed_is_refused(trained: OwnReasons, tmp_path: Path, file: str) -> None:
    write(trained, tmp_path)
    (tmp_path / file).write_bytes((tmp_path / file).read_bytes() + b" ")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        open_own(tmp_path, HashedWords())


@pytest.mark.parametrize("manifest", ["", "[]", "{}"])
def test_a_broken_manifest_is_refused(trained: OwnReasons, tmp_path: Path, manifest: str) -> None:
    write(trained, tmp_path)
    (tmp_path / MANIFEST_FILE).write_text(manifest, "utf-8")
    with pytest.raises(MissingArtifact):
        open_own(tmp_path, HashedWords())


def test_settings_without_what_is_needed_are_refused(trained: OwnReasons, tmp_path: Path) -> None:
    write(trained, tmp_path)
    (tmp_path / "settings.json").write_text("{}", "utf-8")
    sums = json.loads((tmp_path / MANIFEST_FILE).read_text("utf-8"))
    sums["settings.json"] = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(sums), "utf-8")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        open_own(tmp_path, HashedWords())


@pytest.fixture(scope="module")
def of_conversations() -> OwnReasons:
    lines = (
        "agent: how can i help with your invoice\ncustomer: hello there\ncustomer: {}\ncustomer: thanks bye"
    )
    examples = [
        Example(lines.format(text), label)
        for label, texts in TEXTS.items()
        if label != "none"
        for text in texts.split(",")
    ]
    taxonomy = from_labels((one.label for one in examples), name="shop")
    return train_reasons(taxonomy, examples, HashedWords(), version="1").model


def test_trained_on_conversations_it_judges_all_that_the_customer_says(of_conversations: OwnReasons) -> None:
    assert of_conversations.whole
    assert of_conversations.head.share > 0  # words count too, however few the examples
    conversation = [
        (Party.AGENT, "is it about an invoice"),
        (Party.CUSTOMER, "hello there"),
        (Party.CUSTOMER, "the parcel is lost"),
        (Party.CUSTOMER, "thanks bye"),
    ]
    model = of_conversations.on(HashedWords())
    (found,) = model.with_thresholds(type(model.thresholds)(0.2, 0.2, 0.9)).predict([conversation])
    assert [(reason.name, reason.turn) for reason in found] == [("Parcel", 2)]
    assert model.predict([[]]) == [()]


def test_of_turns_that_say_it_as_clearly_the_first_is_shown(of_conversations: OwnReasons) -> None:
    conversation = [
        (Party.CUSTOMER, "hello there"),
        (Party.CUSTOMER, "where is my parcel"),
        (Party.CUSTOMER, "parcel never came"),
        (Party.CUSTOMER, "track a parcel"),
    ]
    model = of_conversations.on(HashedWords())
    (found,) = model.with_thresholds(type(model.thresholds)(0.2, 0.2, 0.9)).predict([conversation])
    assert [(reason.name, reason.turn) for reason in found] == [("Parcel", 1)]
