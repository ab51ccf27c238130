"""The vectors of all interactions in a worker's memory, kept up with the table, compared exactly."""

from typing import TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from service.store import embeddings
from service.store.database import Session

BATCH = 2000
OVERLAP = 1000  # ids that are looked at again: a transaction that began earlier may commit later
SPARE = 1000  # rows of erased interactions that are kept before all are read anew

Numbers: TypeAlias = NDArray[np.float32]
Ranked: TypeAlias = list[tuple[UUID, float, int | None]]  # interaction, cosine and turn, the best first


class Vectors:
    """One unit vector per interaction, (interactions, dimensions) in 32 bits: 154 MB for 100,000.

    Interactions that are erased stay until many are: whoever reads the answer finds them gone.
    """

    def __init__(self) -> None:
        self._encoder = ""
        self._last = 0
        self._ids: set[int] = set()
        self._row_of: dict[UUID, int] = {}
        self._matrix = np.zeros((0, 0), np.float32)
        self.interactions: list[UUID] = []
        self.turns: list[int | None] = []

    def refresh(self, session: Session, encoder: str) -> None:
        """Read what is new since the last time; all of it at first and for another encoder."""
        many = embeddings.count(session, encoder)
        if encoder != self._encoder or len(self.interactions) > many * 1.05 + SPARE:
            self._forget(encoder)
        wanted = [
            one
            for one in embeddings.ids(session, encoder, after=self._last - OVERLAP)
            if one not in self._ids
        ]
        for at in range(0, len(wanted), BATCH):
            for stored in embeddings.read(session, wanted[at : at + BATCH]):
                self._put(stored)
        self._last = max([self._last, *wanted])

    def nearest(
        self, to: bytes | UUID, *, least: float, most: int, allowed: set[UUID] | None, without: set[UUID]
    ) -> Ranked | None:
        """The interactions most like a vector or another interaction; None where that has no vector."""
        if isinstance(to, UUID):
            row = self._row_of.get(to)
            return None if row is None else self._ranked(self._matrix[row], least, most, allowed, without)
        return self._ranked(_unpacked(to), least, most, allowed, without)

    def _ranked(
        self, vector: Numbers, least: float, most: int, allowed: set[UUID] | None, without: set[UUID]
    ) -> Ranked:
        rows = len(self.interactions)
        if not rows:
            return []
        scores = self._matrix[:rows] @ vector
        if allowed is not None:
            kept = np.zeros(rows, bool)
            kept[self._rows(allowed)] = True
            scores[~kept] = -1.0
        scores[self._rows(without)] = -1.0
        first = np.argpartition(-scores, most)[:most] if rows > most else np.arange(rows)
        order = first[np.argsort(-scores[first], kind="stable")]
        return [
            (self.interactions[row], round(float(scores[row]), 4), self.turns[row])
            for row in order
            if scores[row] >= least
        ]

    def _rows(self, wanted: set[UUID]) -> list[int]:
        return [self._row_of[one] for one in wanted if one in self._row_of]

    def _put(self, stored: embeddings.Stored) -> None:
        vector = _unpacked(stored.vector)
        row = self._row_of.get(stored.interaction_id)
        if row is None:
            row = self._row_of[stored.interaction_id] = len(self.interactions)
            self.interactions.append(stored.interaction_id)
            self.turns.append(stored.turn)
            if row >= len(self._matrix) or not self._matrix.size:
                grown = np.zeros((max(1024, 2 * len(self._matrix)), len(vector)), np.float32)
                grown[:row] = self._matrix[:row] if row else 0
                self._matrix = grown
        self.turns[row] = stored.turn
        self._matrix[row] = vector
        self._ids.add(stored.id)

    def _forget(self, encoder: str) -> None:
        """Begin again."""
        self._encoder, self._last, self._ids, self._row_of = encoder, 0, set(), {}
        self._matrix, self.interactions, self.turns = np.zeros((0, 0), np.float32), [], []


def _unpacked(vector: bytes) -> Numbers:
    return np.frombuffer(vector, "<f2").astype(np.float32)
