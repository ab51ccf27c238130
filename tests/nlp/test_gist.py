"""What an interaction is about as one vector."""

from collections.abc import Sequence

import numpy as np

from nlp.encoder import Vectors
from nlp.gist import Gists
from nlp.transcript import Party

PLACES = {"my bill is wrong": (1.0, 0.0), "hello there friend": (0.0, 1.0), "yes": (0.0, 1.0)}


class FakeEncoder:
    """Knows where three texts lie."""

    version = "fake"

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> Vectors:
        return np.array([PLACES[text] for text in texts], np.float32)


class FakeReasons:
    """A bill is a reason, all else is none."""

    def cut(self, text: str) -> list[str]:
        return [text] if text else []

    def probabilities(self, texts: Sequence[str]) -> Vectors:
        return np.array([(0.9, 0.1) if "bill" in text else (0.0, 1.0) for text in texts], np.float32)


GISTS = Gists(FakeEncoder(), FakeReasons())
SAID = [(Party.AGENT, "yes"), (Party.CUSTOMER, "hello there friend"), (Party.CUSTOMER, "my bill is wrong")]


def test_the_gist_lies_near_what_states_the_reason() -> None:
    gist = GISTS.of(SAID)

    assert gist is not None
    vector = np.frombuffer(gist.vector, "<f2").astype(np.float64)
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-3)
    assert vector[0] > 0.99
    assert gist.turn == 2


def test_a_subject_counts_and_is_no_turn() -> None:
    subject = GISTS.of([(Party.CUSTOMER, "my bill is wrong"), (Party.CUSTOMER, "yes")], shift=1)

    assert subject is not None
    assert subject.turn is None


def test_nothing_that_can_be_read_has_no_gist() -> None:
    assert GISTS.of([]) is None
    assert GISTS.of([(Party.CUSTOMER, "")]) is None
