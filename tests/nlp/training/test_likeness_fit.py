"""Kernel ridge regression: held-out scores are those of a fit without the fold; calibration."""

import numpy as np

from nlp.training.likeness_fit import Labelled, Setting, calibrated, fitted, folds
from tests.nlp.hashed_words import HashedWords

TEXTS = tuple(
    f"{what} is {how} {n}" for n in range(10) for what in ("parcel", "bill") for how in ("late", "wrong")
)
RARITY = np.ones(2**14, np.float32)


def _labelled() -> Labelled:
    accepted = np.zeros((len(TEXTS) + 1, 3), np.float32)
    for row, text in enumerate(TEXTS):
        accepted[row, 0 if text.startswith("parcel") else 1] = 1.0
    accepted[-1, 2] = 1.0
    texts = (*TEXTS, "hello")
    vectors = HashedWords().encode(texts)
    weights = np.ones(len(texts), np.float32)
    return Labelled(("Parcel", "Bill", "none"), texts, vectors, accepted, weights, len(TEXTS))


def test_held_out_scores_are_those_of_a_fit_that_has_not_seen_the_fold() -> None:
    data = _labelled()
    for setting in (Setting(0.1, 0.0), Setting(0.3, 0.2)):
        held = fitted(data, RARITY, setting).held
        out = folds(data.accepted[: data.examples])[3]
        rest = np.setdiff1d(np.arange(data.examples), out)
        head = fitted(data.part(rest), RARITY, setting).head
        again = head.scores(data.vectors[out], [TEXTS[row] for row in out])
        np.testing.assert_allclose(held[out], again, atol=2e-4)


def test_folds_hold_every_text_once_and_spread_the_labels() -> None:
    accepted = np.eye(2, dtype=np.float32)[[0] * 20 + [1] * 10]
    parts = folds(accepted, count=5)
    assert sorted(np.concatenate(parts).tolist()) == list(range(30))
    assert all(accepted[part].sum(axis=0).tolist() == [4, 2] for part in parts)
    assert folds(accepted[:3]) == []


def test_the_temperature_makes_sure_scores_as_sure_as_they_are_right() -> None:
    scores = np.tile(np.array([[1.0, 0.0]], np.float32), (100, 1))
    accepted = np.eye(2, dtype=np.float32)[[0] * 80 + [1] * 20]
    chance = 1 / (1 + np.exp(-1 / calibrated(scores, accepted)))
    assert abs(chance - 0.84) < 0.05  # .80 wants a temperature just beyond the largest tried
