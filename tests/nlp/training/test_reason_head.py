"""The head accepts several labels for one text; its temperature calibrates; rare labels weigh more."""

import numpy as np

from nlp.training.reason_head import balanced, fit_head, temperature

LABELS = ("a", "b", "none")


def spread(count: int, *, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Vectors in three clusters, one label each."""
    rng = np.random.default_rng(seed)
    truth = np.arange(count) % 3
    vectors = np.eye(3)[truth] + rng.normal(0, 0.25, (count, 3))
    return vectors.astype(np.float32), np.eye(3, dtype=np.float32)[truth]


def test_clusters_are_told_apart() -> None:
    vectors, accepted = spread(90)
    head = fit_head(LABELS, vectors, accepted, np.ones(90, np.float32))
    unseen, truth = spread(90, seed=4)
    chances = head.probabilities(unseen)
    assert (chances.argmax(1) == truth.argmax(1)).mean() > 0.95
    assert np.allclose(chances.sum(1), 1, atol=1e-5)


def test_either_of_two_accepted_labels_is_settled_by_the_others() -> None:
    vectors, accepted = spread(90)
    either = accepted.copy()
    either[:45, 1] = np.maximum(either[:45, 1], either[:45, 0])  # these may be a or b; the rest is sure
    head = fit_head(LABELS, vectors, either, np.ones(90, np.float32))
    unseen, truth = spread(90, seed=4)
    assert (head.probabilities(unseen).argmax(1) == truth.argmax(1)).mean() > 0.95


def test_too_sure_logits_are_cooled_and_timid_ones_warmed() -> None:
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, 600)
    guess = np.where(rng.random(600) < 0.7, truth, (truth + 1) % 3)
    accepted, weights = np.eye(3, dtype=np.float32)[truth], np.ones(600, np.float32)
    logits = np.eye(3, dtype=np.float32)[guess]
    assert temperature(8 * logits, accepted, weights) > 1.5
    assert temperature(0.8 * logits, accepted, weights) < 0.8


def test_rare_labels_weigh_more() -> None:
    accepted = np.zeros((10, 2), np.float32)
    accepted[:9, 0] = accepted[9, 1] = 1
    weights = balanced(accepted, np.ones(10, np.float32))
    assert np.isclose(weights[9] / weights[0], 3.0)
