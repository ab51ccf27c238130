"""What an interaction is about as one vector, to be compared with others and with a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nlp.call_reasons.conversations import said
from nlp.call_reasons.values import Conversation
from nlp.encoder import Vectors

# Every statement counts a little, one that states a reason eleven times as much. Of the ten nearest of each
# conversation, as many had a call reason in common (multidogo's dev split, 500; ms_contact_center, 264):
# .61 and .70 with statements that count alike, .91 and .70 like this, .67 and .66 comparing eight statements.
LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Gist:
    """A unit vector as little-endian 16-bit floats, and the turn that comes nearest to it (None: subject)."""

    vector: bytes
    turn: int | None


class Encodes(Protocol):
    """What is needed of an encoder."""

    version: str

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> Vectors:
        """One unit vector per text."""


class Statements(Protocol):
    """What is needed of the shipped model of call reasons: how surely a statement states none."""

    def cut(self, text: str) -> list[str]:
        """The statements of a text."""

    def probabilities(self, texts: Sequence[str]) -> Vectors:
        """Probability of each reason, "none" last."""


class Gists:
    """Makes them; the statements' vectors come from the encoder's memory where reasons were found before."""

    def __init__(self, encoder: Encodes, reasons: Statements) -> None:
        self.version = encoder.version
        self._encoder = encoder
        self._reasons = reasons

    def of(self, conversation: Conversation, *, shift: int = 0) -> Gist | None:
        """The weighted mean of what the customer states; None where nothing can be read.

        ``shift`` entries of the conversation come before its first turn.
        """
        read = said([conversation], self._reasons.cut)
        if not read.texts:
            return None
        vectors = self._encoder.encode(read.texts)
        weights = 1.0 - self._reasons.probabilities(read.texts)[:, -1] + LEAST
        mean = (vectors * weights[:, None]).sum(axis=0)
        length = float(np.linalg.norm(mean))
        if not length > 0:
            return None
        nearest = int((vectors @ mean * weights).argmax())
        turn = next(turn for turn, first, after in read.turns[0] if first <= nearest < after)
        return Gist(_packed(mean / length), turn - shift if turn >= shift else None)

    def of_query(self, text: str) -> bytes:
        """A query's vector, to be compared with those of interactions."""
        return _packed(self._encoder.encode([text])[0])


def _packed(vector: Vectors) -> bytes:
    return vector.astype("<f2").tobytes()
