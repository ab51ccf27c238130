"""From the probabilities of sentences to the score of a text, -5 to +5."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.pieces import Pieces

SCALE = 5.0
CLASSES = ("negative", "neutral", "positive")


def softmax(logits: NDArray[Any]) -> NDArray[np.float32]:
    """Probabilities of each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def mixed(chances: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
    """Probabilities of each text, (texts, 3): the weighted mean of its pieces'.

    A piece weighs by its words, and more the stronger it is, so that neither a courtesy nor a mail's
    neutral half hides a complaint.
    """
    starts = pieces.starts[:-1]
    strength = np.abs(chances[:, 2] - chances[:, 0])
    weights = (pieces.words() * (0.25 + strength))[:, None]
    mean: NDArray[np.float64] = np.add.reduceat(chances * weights, starts) / np.add.reduceat(weights, starts)
    return mean


def scores(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """5 x (probability of positive - probability of negative)."""
    values: NDArray[np.float64] = SCALE * (chances[:, 2] - chances[:, 0])
    return values


def says(text: str) -> bool:
    """Whether there is anything to score: a text of blanks, digits and dots is neutral."""
    return any(sign.isalpha() or ord(sign) > 0x2600 for sign in text)
