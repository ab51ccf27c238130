"""Calibration: what was made too sure becomes as sure as it is right."""

import numpy as np

from nlp.training.calibration import expected_error, least_sure, platt, temperature

RNG = np.random.default_rng(1)


def test_the_temperature_undoes_what_logits_were_multiplied_by() -> None:
    logits = RNG.normal(size=(4000, 3))
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    classes = np.array([RNG.choice(3, p=row) for row in chances])
    assert abs(temperature(3 * logits, classes) - 3) < 0.3


def test_scale_and_shift_of_a_label_are_found_again() -> None:
    logits = RNG.normal(size=5000)
    truth = (RNG.random(5000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(np.int8)
    scale, shift = platt(logits, truth)
    assert abs(scale - 0.5) < 0.1
    assert abs(shift + 1) < 0.1


def test_the_error_is_the_gap_between_sure_and_right() -> None:
    right = np.array([True] * 6 + [False] * 4)
    assert abs(expected_error(np.full(10, 0.6), right)) < 1e-9
    assert abs(expected_error(np.full(10, 0.9), right) - 0.3) < 1e-9


def test_from_the_threshold_on_enough_is_right() -> None:
    chances = np.array([0.9, 0.8, 0.7, 0.6])
    assert least_sure(chances, np.array([True, True, False, False]), wanted=0.6) == 0.7
    assert least_sure(chances, np.array([False] * 4), wanted=0.6) == 1.0
