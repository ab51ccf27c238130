"""Chooses each label's threshold: the one with the best F1 on held-out texts, steadied by resampling."""

import numpy as np
from numpy.typing import NDArray

GRID = np.linspace(0.02, 0.95, 94)


def macro_f1(truth: NDArray[np.int8], found: NDArray[np.bool_]) -> float:
    """Mean over labels of F1; a label with no hit and no truth counts 0."""
    return float(label_f1(truth, found).mean())


def label_f1(truth: NDArray[np.int8], found: NDArray[np.bool_]) -> NDArray[np.float64]:
    """F1 of each label; arrays are (texts, labels)."""
    hits = ((truth == 1) & found).sum(0)
    return _ratio(2.0 * hits, truth.sum(0) + found.sum(0))


def tune(
    truth: NDArray[np.int8], scores: NDArray[np.float32], *, samples: int = 200, seed: int = 7
) -> NDArray[np.float64]:
    """Threshold per label: the mean over bootstrap samples of the threshold with the best F1.

    A rare label has a dozen held-out texts; the best threshold of one sample is then mostly chance.
    """
    rng = np.random.default_rng(seed)
    weights = rng.poisson(1.0, (samples, len(truth))).astype(np.float32)
    return np.array([_tune_label(truth[:, j], scores[:, j], weights) for j in range(truth.shape[1])])


def _tune_label(truth: NDArray[np.int8], scores: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    found = (scores[:, None] >= GRID).astype(np.float32)
    hits = weights @ (found * truth[:, None])
    f1 = _ratio(2 * hits, weights @ found + (weights @ truth)[:, None])
    best = GRID[f1.argmax(axis=1)]
    return float(best.mean())


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)
