"""The training material of call reasons: each sub-reason has examples, each label maps into the taxonomy."""

import csv
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from nlp.call_reasons import NO_REASON, Taxonomy, read_taxonomy
from nlp.training.reason_augmentation import copies, misheard, spoken
from nlp.training.reason_choice import PER_LABEL, accepted_labels, head_labels, training_examples
from nlp.training.reason_data import (
    OWN_DEV,
    SETS,
    Example,
    ReasonMapping,
    ms_contact_center,
    multidogo,
    own_examples,
    public_examples,
)
from tests.requirements import DATA, data_folder

TAXONOMY_FILE = Path(__file__).resolve().parents[3] / "models" / "call_reasons" / "taxonomy.toml"
UNMAPPED = {
    "banking77": set[str](),
    "clinc150": {
        *("find_phone", "improve_credit_score", "credit_score", "taxes", "order"),
        *("reset_settings", "change_user_name", "cancel", "uber", "schedule_meeting", "meeting_schedule"),
        *("calendar", "calendar_update", "ingredients_list", "calories", "nutrition_info", "income"),
        *("international_visa", "payday", "how_busy", "last_maintenance"),
    },
    "bitext_support": {"newsletter_subscription"},
}


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return read_taxonomy(TAXONOMY_FILE)


@pytest.fixture(scope="module")
def mapping(taxonomy: Taxonomy) -> ReasonMapping:
    return ReasonMapping(taxonomy)


def test_the_taxonomy_has_two_levels_with_sentences(taxonomy: Taxonomy) -> None:
    assert 12 <= len(taxonomy.tops) <= 15
    assert all(3 <= len(taxonomy.subs(top)) <= 6 for top in taxonomy.tops)
    assert all(reason.description.endswith(".") for reason in taxonomy.reasons)


def test_every_sub_reason_has_own_examples_and_unseen_ones(taxonomy: Taxonomy) -> None:
    labels = set(head_labels(taxonomy))
    train = Counter(label for example in own_examples() for label in example.labels)
    dev = Counter(label for example in own_examples(OWN_DEV) for label in example.labels)
    assert set(train) == set(dev) == labels
    assert min(train.values()) >= 15
    assert min(dev.values()) >= 2


def test_unseen_sentences_are_not_trained_on() -> None:
    train = {spoken(example.text) for example in own_examples()}
    assert not train & {spoken(example.text) for example in own_examples(OWN_DEV)}


def test_no_own_example_has_two_labels() -> None:
    texts = Counter(spoken(example.text) for example in own_examples())
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_mapped_label_is_in_the_taxonomy(mapping: ReasonMapping, taxonomy: Taxonomy) -> None:
    known = set(head_labels(taxonomy))
    for source in ("banking77", "clinc150", "bitext_support", "multidogo", "ms_contact_center"):
        for label in mapping.tables[source]:
            assert mapping.labels(source, label) <= known
            assert mapping.labels(source, label), label
    for rule in mapping.tables["nlupp"]:
        assert mapping.expand(rule["reasons"]) <= known
    for rule in mapping.tables["vcon_synthetic_calls"].values():
        assert mapping.expand(rule["reasons"]) <= known


def test_every_source_names_its_licence(mapping: ReasonMapping) -> None:
    sources = mapping.tables["sources"]
    assert set(sources) == set(mapping.tables) - {"sources"}
    assert all(any(word in origin for word in ("CC BY", "CDLA", "MIT")) for origin in sources.values())


def test_a_top_reason_stands_for_its_sub_reasons(mapping: ReasonMapping, taxonomy: Taxonomy) -> None:
    assert mapping.expand("Cancellation") == set(taxonomy.subs("Cancellation"))
    assert mapping.expand(["Renewal", NO_REASON]) == {"Renewal", NO_REASON}
    with pytest.raises(KeyError):
        mapping.expand("Weather")


def test_parts_of_a_meaning_are_joined_by_the_first_rule(mapping: ReasonMapping) -> None:
    assert mapping.nlupp(["greet", "thank"]) == {NO_REASON}
    assert mapping.nlupp(["booking", "change", "existing"]) == {"Change a booking"}
    assert mapping.nlupp(["less_lower_before"]) == set()


def test_copies_are_what_a_recogniser_would_write() -> None:
    rng = random.Random(1)
    text = "Hello, I can't pay: it's too much!"
    assert spoken(text) == "hello i can't pay it's too much"
    found = copies(text, rng, vocabulary=["bread"])
    assert found[:2] == [text, spoken(text)]
    assert found[2].endswith(spoken(text))
    long = "word " * 400
    heard = misheard(long, rng, vocabulary=["bread"]).split()
    assert 0 < heard.count("bread") < 60
    assert len(heard) < 400


def test_public_texts_are_capped_and_own_ones_are_not(taxonomy: Taxonomy) -> None:
    label = frozenset({"Renewal"})
    public = [Example(f"renew {number}", label, "banking77") for number in range(PER_LABEL + 5)]
    chosen = training_examples(public, [Example("My plan ends.", label, "own")])
    assert Counter(example.source for example in chosen)["banking77"] == PER_LABEL
    assert Counter(example.source for example in chosen)["own"] >= 3
    accepted = accepted_labels(chosen, head_labels(taxonomy))
    assert accepted.sum() == len(chosen)


@pytest.mark.data
@pytest.mark.parametrize("read", SETS)
def test_every_set_gives_examples_for_both_splits(read: object, mapping: ReasonMapping) -> None:
    data_folder("banking77")
    for dev in (False, True):
        examples = [example for example in read(DATA, mapping, dev=dev) if example.labels]  # type: ignore[operator]
        assert len(examples) >= 30


@pytest.mark.data
def test_labels_that_are_not_mapped_are_known(mapping: ReasonMapping) -> None:
    with (data_folder("banking77") / "train.csv").open(encoding="utf-8", newline="") as file:
        found = {"banking77": {row["category"] for row in csv.DictReader(file)}}
    clinc = json.loads((data_folder("clinc150") / "data_full.json").read_text("utf-8"))
    found["clinc150"] = {intent for _, intent in clinc["train"]}
    bitext = data_folder("bitext_support") / "Bitext_Sample_Customer_Service_Training_Dataset.csv"
    with bitext.open(encoding="utf-8", newline="") as file:
        found["bitext_support"] = {row["intent"] for row in csv.DictReader(file)}
    unmapped = {source: labels - set(mapping.tables[source]) for source, labels in found.items()}
    assert unmapped == UNMAPPED


@pytest.mark.data
def test_conversations_have_turns_and_labels(mapping: ReasonMapping) -> None:
    data_folder("multidogo")
    for read in (multidogo, ms_contact_center):
        conversations = list(read(DATA, mapping, dev=True))
        assert len(conversations) >= 100
        assert all(one.turns and one.labels and NO_REASON not in one.labels for one in conversations)


@pytest.mark.data
def test_public_texts_come_once_and_never_contradict(mapping: ReasonMapping) -> None:
    data_folder("banking77")
    examples = public_examples(DATA, mapping, dev=True)
    assert len({example.text for example in examples}) == len(examples)
    assert all(example.labels for example in examples)
