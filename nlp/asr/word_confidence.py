"""How likely a recognised word is right: the decoder's posterior, read beside those of its neighbours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.transcript import Word

FURTHEST = 0.999  # a posterior of 1 would be infinitely sure
Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over ``features_of``; one weight for each."""

    weights: tuple[float, ...]
    bias: float

    def calibrated(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words of one region, each confidence now the share of such words that are right."""
        if not words or any(word.confidence is None for word in words):
            return tuple(words)
        margins = features_of(words) @ np.array(self.weights) + self.bias
        chances = 1 / (1 + np.exp(-margins))
        return tuple(
            replace(word, confidence=round(float(chance), 4))
            for word, chance in zip(words, chances, strict=True)
        )


def features_of(words: Sequence[Word]) -> Features:
    """Shape (words, 4): own log odds, those of the region's mean, of its neighbours' mean, log of seconds.

    Where a decoder invents, now and then it is sure of a word by chance; the region as a whole tells.
    """
    own = np.array([word.confidence for word in words], dtype=np.float64)
    around = np.array([own[max(at - 2, 0) : at + 3].mean() for at in range(len(own))])
    seconds = np.array([max(word.end_ms - word.start_ms, 10) / 1000 for word in words])
    whole = np.full(len(own), own.mean())
    return np.column_stack([log_odds(own), log_odds(whole), log_odds(around), np.log(seconds)])


def log_odds(chances: Features) -> Features:
    """Log odds of probabilities, kept finite."""
    kept = np.clip(chances, 1 - FURTHEST, FURTHEST)
    return np.asarray(np.log(kept / (1 - kept)))


def read_calibration(path: Path) -> Calibration:
    """What ``write_calibration`` wrote."""
    stored = json.loads(path.read_text("utf-8"))
    return Calibration(tuple(float(weight) for weight in stored["weights"]), float(stored["bias"]))


def write_calibration(path: Path, calibration: Calibration) -> None:
    """As JSON."""
    weights = [round(weight, 4) for weight in calibration.weights]
    stored = {"weights": weights, "bias": round(calibration.bias, 4)}
    path.write_text(json.dumps(stored) + "\n", "utf-8")
