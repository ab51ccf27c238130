"""Roles of voices with weights that the test sets."""

from pathlib import Path

import numpy as np
import pytest

from nlp.artifacts import Artifact, digests, register
from nlp.errors import MissingArtifact
from nlp.party_roles import BUCKETS, FILES, NAME, PartyRoles, Roles, features, open_party_roles
from nlp.transcript import Party

AGENT, CUSTOMER, UNKNOWN = Party.AGENT, Party.CUSTOMER, Party.UNKNOWN
GREETS, ASKS = "thank you for calling how can i help you", "hi i have a problem with my bill"


def model(*, scale: float = 3.0, threshold: float = 0.9) -> PartyRoles:
    """Agents say what GREETS says, customers what ASKS says."""
    weights = np.zeros(BUCKETS, np.float32)
    for text, sign in ((GREETS, 1.0), (ASKS, -1.0)):
        for bucket in features(text):
            weights[bucket] += sign * 0.2
    return PartyRoles(weights, scale=scale, threshold=threshold, languages=frozenset({"en"}), version="1.0.0")


def test_whoever_talks_like_an_agent_is_the_agent() -> None:
    assert model().roles([ASKS, GREETS]).parties == (CUSTOMER, AGENT)
    assert model().roles([GREETS, ASKS]).parties == (AGENT, CUSTOMER)
    assert model().roles([GREETS, ASKS]).confidence == model().roles([ASKS, GREETS]).confidence > 0.9


def test_case_and_punctuation_do_not_matter() -> None:
    assert features("Thank you, for calling!") == features("thank you for calling")
    assert features("It’s me.") == features("it's me")


@pytest.mark.parametrize("voices", [["hello", "hello"], ["", ""], ["uh", "mhm"], [GREETS, GREETS]])
def test_voices_that_do_not_differ_stay_unknown(voices: list[str]) -> None:
    roles = model().roles(voices)
    assert roles.parties == (UNKNOWN, UNKNOWN)
    assert roles.confidence == pytest.approx(0.5, abs=0.1)


def test_one_voice_or_none_is_nobody() -> None:
    assert model().roles([GREETS]) == Roles((UNKNOWN,), 0.0)
    assert model().roles([]) == Roles((), 0.0)


def test_of_three_voices_the_best_is_the_agent_and_the_others_customers_only_if_sure() -> None:
    half = "thank you for calling hi i"
    assert model().roles([ASKS, GREETS, ASKS]).parties == (CUSTOMER, AGENT, CUSTOMER)
    assert model(threshold=0.6, scale=1.0).roles([ASKS, GREETS, half]).parties[:2] == (CUSTOMER, AGENT)
    assert model().roles([GREETS, GREETS, ASKS]).parties == (UNKNOWN, UNKNOWN, UNKNOWN)


def test_an_artefact_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    np.savez(folder / FILES[0], weights=np.zeros(7, np.float16))
    (folder / FILES[1]).write_text('{"scale": 1, "threshold": 0.9, "languages": ["en"]}', "utf-8")
    register(tmp_path, Artifact(NAME, "1", digests(folder, *FILES)))
    with pytest.raises(MissingArtifact):
        open_party_roles(tmp_path)
    np.savez(folder / FILES[0], weights=np.zeros(BUCKETS, np.float16))
    register(tmp_path, Artifact(NAME, "2", digests(folder, *FILES)))
    assert open_party_roles(tmp_path).languages == {"en"}
