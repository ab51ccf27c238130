"""Reasons are found where the customer states them, in two levels; without certainty there is none."""

import json
from pathlib import Path

import numpy as np
import pytest

from nlp.artifacts import Artifact, digests, register
from nlp.call_reasons import ReasonScore, open_call_reasons, read_taxonomy
from nlp.call_reasons.model import NAME
from nlp.errors import MissingArtifact
from nlp.transcript import Party
from tests.nlp.bag_of_words import LABELS, TAXONOMY, WordCounter, head, model

AGENT, CUSTOMER, UNKNOWN = Party.AGENT, Party.CUSTOMER, Party.UNKNOWN


def names(found: tuple[ReasonScore, ...]) -> list[str]:
    return [reason.name for reason in found]


def test_the_reason_carries_its_parent_its_turn_and_a_score() -> None:
    (found,) = model().predict([[(AGENT, "hello"), (CUSTOMER, "hi"), (CUSTOMER, "my parcel is late")]])
    (reason,) = found
    assert (reason.name, reason.parent, reason.primary, reason.turn) == ("Late", "Delivery", True, 2)
    assert 0.7 <= reason.score <= 1


def test_where_the_sub_reason_is_not_sure_the_top_reason_stands_alone() -> None:
    (found,) = model().predict([[(CUSTOMER, "about my bill")]])
    assert [(reason.name, reason.parent) for reason in found] == [("Billing", None)]


def test_it_abstains_when_no_reason_is_sure() -> None:
    assert model().predict([[(CUSTOMER, "perhaps")]]) == [()]


def test_hesitation_repeated_does_not_add_up_to_a_reason() -> None:
    assert model().predict([[(CUSTOMER, "hello thanks")] * 40]) == [()]


def test_several_reasons_have_one_primary_the_first_said() -> None:
    (found,) = model().predict([[(CUSTOMER, "it is late"), (CUSTOMER, "and i was charged")]])
    assert names(found) == ["Late", "Charge"]
    assert [reason.primary for reason in found] == [True, False]
    assert [reason.turn for reason in found] == [0, 1]


def test_what_is_said_again_and_again_is_the_primary_reason() -> None:
    said = ["i was charged", "but now it is late", "where is it so late", "why late"]
    (found,) = model().predict([[(CUSTOMER, text) for text in said]])
    assert names(found) == ["Late", "Charge"]


def test_a_further_reason_must_reach_its_own_threshold() -> None:
    strict = model(further=1.1)
    (found,) = strict.predict([[(CUSTOMER, "it is late"), (CUSTOMER, "and i was charged")]])
    assert names(found) == ["Late"]


def test_of_one_top_reason_only_the_clearest_sub_reason_is_named() -> None:
    (found,) = model().predict([[(CUSTOMER, "it is late"), (CUSTOMER, "or lost")]])
    assert len(found) == 1


def test_what_the_agent_says_is_not_the_customers_reason() -> None:
    assert model().predict([[(AGENT, "is it late or were you charged"), (CUSTOMER, "hello")]]) == [()]


@pytest.mark.parametrize("party", [UNKNOWN, AGENT])
def test_without_a_customer_the_unknown_party_or_the_agents_note_counts(party: Party) -> None:
    (found,) = model().predict([[(party, "the parcel is lost")]])
    assert names(found) == ["Lost"]


def test_system_messages_never_count() -> None:
    assert model().predict([[(Party.SYSTEM, "your parcel is late")]]) == [()]


def test_one_turn_that_says_it_twice_is_no_surer() -> None:
    once, twice = model().predict([[(CUSTOMER, "it is late.")], [(CUSTOMER, "it is late. it is late.")]])
    assert once[0].score == twice[0].score


def test_a_long_turn_is_read_in_pieces() -> None:
    filler = "and so on " * 30
    (found,) = model().predict([[(CUSTOMER, f"{filler} it is late {filler} also i was charged {filler}")]])
    assert names(found) == ["Late", "Charge"]
    assert {reason.turn for reason in found} == {0}


def test_texts_of_all_conversations_are_encoded_in_one_call() -> None:
    encoder = WordCounter()
    found = model(encoder).predict([[(CUSTOMER, "it is late")], [], [(CUSTOMER, "  ")], [(CUSTOMER, "lost")]])
    assert [names(reasons) for reasons in found] == [["Late"], [], [], ["Lost"]]
    assert encoder.calls == [["it is late", "lost"]]


def test_no_conversations() -> None:
    assert model().predict([]) == []


def test_taxonomy_knows_its_levels() -> None:
    assert TAXONOMY.tops == ("Billing", "Delivery")
    assert TAXONOMY.subs("Billing") == ("Charge", "Invoice")
    assert TAXONOMY.subs("Late") == ("Late",)
    assert (TAXONOMY.top("Late"), TAXONOMY.top("Delivery")) == ("Delivery", "Delivery")
    with pytest.raises(KeyError):
        TAXONOMY.subs("Weather")


def written(models: Path, *, encoder: str = "words@1", labels: tuple[str, ...] = LABELS) -> Path:
    folder = models / NAME
    folder.mkdir(parents=True)
    folder.joinpath("taxonomy.toml").write_text(
        'name = "tiny"\nversion = "1"\n'
        + "".join(
            f'[[reason]]\nname = "{top}"\ndescription = "x"\n'
            + "".join(f'[[reason.sub]]\nname = "{sub}"\ndescription = "x"\n' for sub in TAXONOMY.subs(top))
            for top in TAXONOMY.tops
        )
    )
    settings = {
        "encoder": encoder,
        "temperature": 1.5,
        "thresholds": {"primary": 0.7, "sub": 0.6, "further": 0.6},
    }
    folder.joinpath("settings.json").write_text(json.dumps(settings))
    np.savez(folder / "head.npz", labels=np.array(labels), weight=head().weight, bias=head().bias)
    register(models, Artifact(NAME, "3", digests(folder, "taxonomy.toml", "settings.json", "head.npz")))
    return models


def test_a_model_is_read_from_its_folder(tmp_path: Path) -> None:
    opened = open_call_reasons(written(tmp_path), WordCounter())
    assert opened.version == "3+tiny.1"
    assert names(opened.predict([[(CUSTOMER, "it is late")]])[0]) == ["Late"]


@pytest.mark.parametrize("broken", [{"encoder": "other@1"}, {"labels": ("A", "B", "C", "D", "none")}])
def test_a_model_of_another_encoder_or_taxonomy_is_refused(tmp_path: Path, broken: dict[str, object]) -> None:
    models = written(tmp_path, **broken)  # type: ignore[arg-type]
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        open_call_reasons(models, WordCounter())


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    models = written(tmp_path)
    with (models / NAME / "head.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        open_call_reasons(models, WordCounter())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = ",
        'name="a"\nversion="1"\nreason=[{name="A"}]',
        'name="a"\nversion="1"\nreason=[{name="A",description="",sub=3}]',
        'name="a"\nversion="1"\nreason=[{name="A",description=""},{name="A",description=""}]',
    ],
)
def test_a_malformed_taxonomy_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "taxonomy.toml"
    path.write_text(text)
    with pytest.raises(MissingArtifact, match="corrupt_artifact"):
        read_taxonomy(path)
