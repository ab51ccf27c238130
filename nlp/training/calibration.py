"""Calibration: probabilities that say how often they are right, and how far they are from it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

BINS = 15


def temperature(logits: NDArray[Any], classes: NDArray[np.int64]) -> float:
    """What logits are divided by so that their softmax fits best (Guo et al. 2017): one number, 0.1 to 10."""

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        top = scaled.max(axis=1)
        total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((total - scaled[np.arange(len(classes)), classes]).mean())

    found = minimize_scalar(loss, bounds=(np.log(0.1), np.log(10.0)), method="bounded")
    return float(np.exp(found.x))


def platt(logits: NDArray[Any], truth: NDArray[np.int8]) -> tuple[float, float]:
    """Scale (above 0) and shift of one label's logits (Platt 1999), with his smoothed targets."""
    yes, no = float(truth.sum()), float(len(truth) - truth.sum())
    target = np.where(truth == 1, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(found: NDArray[Any]) -> float:
        scaled = np.exp(found[0]) * logits + found[1]
        return float((np.logaddexp(0, scaled) - target * scaled).mean())

    best = minimize(loss, np.zeros(2), method="Nelder-Mead").x
    return float(np.exp(best[0])), float(best[1])


def expected_error(chances: NDArray[Any], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: |mean confidence - share right|, by equal bins, weighted by their texts."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(chances[bins == one].mean()) - float(right[bins == one].mean())) * int((bins == one).sum())
        for one in range(BINS)
        if (bins == one).any()
    ]
    return sum(gaps) / len(chances)


def least_sure(chances: NDArray[Any], right: NDArray[np.bool_], *, wanted: float) -> float:
    """The smallest confidence from which on at least ``wanted`` of the answers are right, 1 where none is."""
    order = np.argsort(-chances)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(share >= wanted)
    return float(chances[order][kept[-1]]) if len(kept) else 1.0
