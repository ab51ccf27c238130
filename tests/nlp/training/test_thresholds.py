"""Thresholds and F1 on arrays small enough to check by hand."""

import numpy as np
import pytest

from nlp.training.goemotions import held_out
from nlp.training.thresholds import label_f1, macro_f1, tune

TRUTH = np.array([[1, 0], [1, 1], [0, 0], [0, 0]], np.int8)


def test_f1() -> None:
    found = np.array([[1, 0], [0, 0], [1, 0], [0, 0]], bool)
    assert label_f1(TRUTH, found).tolist() == [0.5, 0.0]
    assert macro_f1(TRUTH, found) == 0.25


def test_threshold_parts_what_can_be_parted() -> None:
    truth = np.tile(TRUTH, (50, 1))
    scores = np.where(truth == 1, 0.7, 0.2).astype(np.float32)
    limits = tune(truth, scores)
    assert macro_f1(truth, scores >= limits) == 1.0
    assert limits == pytest.approx([0.2, 0.2], abs=0.02)


def test_held_out_takes_a_share_of_every_label() -> None:
    labels = np.zeros((110, 2), np.int8)
    labels[:100, 0] = 1
    labels[100:, 1] = 1
    kept, held = held_out(labels, share=0.1, seed=1)
    assert sorted([*kept, *held]) == list(range(110))
    assert labels[held].sum(0).tolist() == [10, 1]
