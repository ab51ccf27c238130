"""Figures of call reasons: each held against its definition on small cases."""

import numpy as np
import pytest

from nlp.training.reason_figures import calibration_error, coverage, measured, share


def test_wilson_s_interval_is_the_published_one() -> None:
    found = share(8, 10)  # 0.4902-0.9433: Newcombe 1998, method 3
    assert (found.value, found.low, found.high) == (0.8, 0.4902, 0.9433)
    assert share(0, 10).low == 0.0
    assert share(10, 10).high == 1.0
    assert share(0, 0).value is None


def test_coverage_is_the_largest_share_at_the_precision() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5], np.float32)
    right = np.array([True, True, False, True, False])
    assert coverage(scores, right, precision=0.7) == 0.8
    assert coverage(scores, right, precision=0.95) == 0.4
    assert coverage(scores, ~right, precision=0.95) == 0.0


def test_texts_of_one_score_are_kept_together() -> None:
    scores, right = np.array([0.9, 0.9, 0.1], np.float32), np.array([True, False, True])
    assert coverage(scores, right, precision=0.95) == 0.0


def test_the_calibration_error_is_the_distance_within_bins() -> None:
    chances, right = np.array([0.9, 0.9, 0.5, 0.5], np.float32), np.array([True, True, True, False])
    assert calibration_error(chances, right, bins=2) == pytest.approx(0.05, abs=1e-6)


def test_accuracy_is_told_with_and_without_abstention() -> None:
    chances = np.array([[0.8, 0.1, 0.1], [0.4, 0.5, 0.1], [0.3, 0.2, 0.5], [0.6, 0.2, 0.2]], np.float32)
    truth = [frozenset({label}) for label in ("A", "A", "none", "B")]
    figures = measured(("A", "B", "none"), chances, truth, ["A", None, None, None])
    assert figures is not None
    assert figures.accuracy == 0.5
    assert figures.accuracy_with_abstention == 0.5
    assert figures.kept == 0.25
    assert figures.precision_kept == 1.0
    assert figures.out_of_scope_recall == 1.0
    assert [(c.label, c.taken_for, c.texts) for c in figures.confusions] == [("A", "B", 1), ("B", "A", 1)]
    assert {row.name: (row.texts, row.found, row.right) for row in figures.per_reason} == {
        "A": (2, 2, 1),
        "B": (1, 1, 0),
        "none": (1, 1, 1),
    }


def test_nothing_to_measure_is_no_figure() -> None:
    assert measured(("A", "none"), np.zeros((0, 2), np.float32), [], []) is None
