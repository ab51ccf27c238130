"""A tiny call-reason model made by hand: an encoder that counts known words and a head that weighs them."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons import NO_REASON, Head, Reason, ReasonModel, Taxonomy, Thresholds

TAXONOMY = Taxonomy(
    "tiny",
    "1",
    (
        Reason("Billing", None, "About bills."),
        Reason("Charge", "Billing", "A charge."),
        Reason("Invoice", "Billing", "An invoice."),
        Reason("Delivery", None, "About deliveries."),
        Reason("Late", "Delivery", "It is late."),
        Reason("Lost", "Delivery", "It is lost."),
    ),
)
LABELS = ("Charge", "Invoice", "Late", "Lost", NO_REASON)
WORDS: Mapping[str, Mapping[str, float]] = {
    "charged": {"Charge": 9},
    "invoice": {"Invoice": 9},
    "bill": {"Charge": 8, "Invoice": 8},  # of the two it cannot tell which
    "late": {"Late": 9},
    "lost": {"Lost": 9},
    "perhaps": {"Charge": 4.5, NO_REASON: 4},
}


class WordCounter:
    """Counts the known words of a text; remembers what it was asked."""

    version = "words@1"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> NDArray[np.float32]:
        """One row per text, one column per known word."""
        self.calls.append(list(texts))
        rows = [[float(word in re.findall(r"\w+", text.lower())) for word in WORDS] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), len(WORDS))


def head() -> Head:
    """Weights as in ``WORDS``; without any of them it is no reason."""
    weight = np.array([[scores.get(label, 0.0) for label in LABELS] for scores in WORDS.values()], np.float32)
    bias = np.array([0, 0, 0, 0, 3], np.float32)
    return Head(LABELS, weight, bias)


def model(encoder: WordCounter | None = None, *, further: float = 0.6) -> ReasonModel:
    """The model; a primary reason needs 0.7, its sub-reason 0.6."""
    thresholds = Thresholds(primary=0.7, sub=0.6, further=further)
    return ReasonModel(encoder or WordCounter(), head(), TAXONOMY, thresholds=thresholds, version="1")
