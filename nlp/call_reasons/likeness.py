"""Scores a text by how like it is to each example: in meaning, and in the signs it is written with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nlp.call_reasons.model import Numbers, softmax

BUCKETS = 2**14  # of runs of signs: more gain nothing that was measured
LONGEST_RUN = 6000  # characters of a text whose runs are counted: a customer's words in ten minutes
ROWS = 2048  # texts scored at once


@dataclass(frozen=True)
class Likeness:
    """Kernel ridge regression on labelled examples, as a softmax over their labels, "none" last.

    A text's score of a label is the sum over examples of exp(-|x - e|^2) times ``weight``, x and e being
    unit vectors of the encoder; where ``runs`` is given, its runs of two to five signs add to that.
    """

    labels: tuple[str, ...]
    examples: Numbers  # (examples, dimensions)
    weight: Numbers  # (examples, labels)
    bias: Numbers  # (labels,)
    temperature: float
    share: float = 0.0  # of the runs of signs in the kernel
    rarity: Numbers | None = None  # (buckets,): how much a run counts
    runs: Numbers | None = None  # (buckets, labels)

    def scores(self, vectors: Numbers, texts: Sequence[str]) -> Numbers:
        """Scores before the softmax, (texts, labels)."""
        found = np.empty((len(vectors), len(self.labels)), np.float32)
        for start in range(0, len(vectors), ROWS):
            rows = slice(start, start + ROWS)
            found[rows] = self.bias + (1 - self.share) * meaning(vectors[rows], self.examples) @ self.weight
            if self.runs is not None and self.rarity is not None:
                found[rows] += self.share * (runs_of_signs(texts[rows], self.rarity) @ self.runs)
        return found

    def probabilities(self, vectors: Numbers, texts: Sequence[str]) -> Numbers:
        """Calibrated probabilities, (texts, labels)."""
        return softmax(self.scores(vectors, texts) / self.temperature)


def meaning(vectors: Numbers, others: Numbers) -> Numbers:
    """exp(-|x - e|^2) of unit vectors, (vectors, others)."""
    kernel: Numbers = np.exp(2.0 * (vectors @ others.T) - 2.0, dtype=np.float32)
    return kernel


def counted_runs(texts: Sequence[str]) -> Any:
    """How often each run of two to five signs occurs, 1 + log, hashed: sparse, (texts, buckets)."""
    counts = _hashing().transform([text[:LONGEST_RUN] for text in texts])
    counts.data = 1.0 + np.log(counts.data)
    return counts


def runs_of_signs(texts: Sequence[str], rarity: Numbers) -> Any:
    """Rows of unit length of the runs in each text, the rare ones weighing more: sparse, (texts, buckets)."""
    rows = counted_runs(texts).multiply(rarity[None, :]).tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr))
    return rows.astype(np.float32)


@lru_cache(maxsize=1)
def _hashing() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415 (seconds, and only used here)

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), n_features=BUCKETS, norm=None, alternate_sign=False
    )
