"""Diarization error rate, as NIST counts it (Fiscus et al., 2006), in steps of 10 ms."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

STEP_MS = 10
Stretch = tuple[int, int, str]  # start ms, end ms, speaker


def errors(
    reference: Sequence[Stretch],
    found: Sequence[Stretch],
    *,
    length_ms: int,
    collar_ms: int = 250,
    overlap: bool = True,
) -> tuple[float, float, float, float]:
    """Milliseconds missed, falsely alarmed and confused, and of reference speech.

    ``collar_ms`` on both sides of every reference boundary is not scored, nor is overlapped reference speech
    unless ``overlap``. Speakers are matched so that most time agrees.
    """
    truth, guess = grid(reference, length_ms), grid(found, length_ms)
    scored = np.ones(truth.shape[1], bool)
    for start, end, _ in reference:
        for edge in (start, end):
            scored[max(edge - collar_ms, 0) // STEP_MS : (edge + collar_ms) // STEP_MS] = False
    if not overlap:
        scored &= truth.sum(axis=0) <= 1
    truth, guess = truth[:, scored], guess[:, scored]
    rows, columns = linear_sum_assignment(-(truth.astype(int) @ guess.T.astype(int)))
    right = (truth[rows] & guess[columns]).sum()
    said, heard = truth.sum(axis=0), guess.sum(axis=0)
    missed = np.maximum(said - heard, 0).sum()
    alarmed = np.maximum(heard - said, 0).sum()
    confused = np.minimum(said, heard).sum() - right
    return missed * STEP_MS, alarmed * STEP_MS, confused * STEP_MS, said.sum() * STEP_MS


def grid(stretches: Sequence[Stretch], length_ms: int) -> NDArray[np.bool_]:
    """Who speaks in each step, shape (speakers, steps)."""
    speakers = sorted({speaker for _, _, speaker in stretches})
    table = np.zeros((len(speakers), length_ms // STEP_MS), bool)
    for start, end, speaker in stretches:
        table[speakers.index(speaker), start // STEP_MS : end // STEP_MS] = True
    return table
