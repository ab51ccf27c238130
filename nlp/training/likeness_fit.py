"""Fits kernel ridge regression on labelled texts; the same inverse gives exact cross-validated scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from nlp.call_reasons.likeness import Likeness, counted_runs, meaning, runs_of_signs
from nlp.call_reasons.model import softmax

FOLDS = 10
SEED = 7
RIDGES = (0.1, 0.3, 1.0)
CAUTION = 0.002  # a stronger ridge must save two errors in a thousand texts: labels are noisy then
ENOUGH = 2500  # examples by which the ridge is chosen
SHARE = 0.2  # of the runs of signs where examples are many: +0.2 points on banking77 with 130 of each reason,
MANY = 40  # and -0.3 points with ten of each
SHARE_OF_TALKS = (
    0.5  # in conversations, where the mean of the turns blurs what one says: +7 points of macro-F1
)
TEMPERATURES = np.geomspace(0.03, 0.6, 40)
UNMEASURED_TEMPERATURE = 0.04  # what descriptions alone want on banking77 and CLINC150

Numbers = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Labelled:
    """Texts with vectors (texts, dimensions), accepted labels (texts, labels) of 0 and 1, weights (texts,).

    The first ``examples`` are the user's; the others (names, descriptions, background) are never held out.
    ``whole``: they are conversations, each vector the mean of its turns.
    """

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Numbers
    accepted: Numbers
    weights: Numbers
    examples: int
    whole: bool = False

    def part(self, rows: Rows) -> "Labelled":
        """Some of the examples, and all of the others."""
        chosen = np.concatenate([rows, np.arange(self.examples, len(self.texts))])
        return Labelled(
            self.labels,
            tuple(self.texts[row] for row in chosen),
            self.vectors[chosen],
            self.accepted[chosen],
            self.weights[chosen],
            len(rows),
            self.whole,
        )


@dataclass(frozen=True)
class Setting:
    """How strongly weights are held down, and how much the runs of signs count."""

    ridge: float
    share: float


@dataclass(frozen=True)
class Fit:
    """A fitted head, and each example's scores by one that has not seen its fold, (examples, labels)."""

    head: Likeness
    held: Numbers


def fit(data: Labelled) -> Fit:
    """Choose the ridge by cross-validation, fit, and calibrate the temperature on held-out scores."""
    rarity = _rarity(data.texts)
    setting = _chosen(data, rarity)
    return fitted(data, rarity, setting)


def fitted(data: Labelled, rarity: Numbers, setting: Setting) -> Fit:
    """Solve (K + ridge / weights) a = targets; folds are left out exactly, by blocks of the inverse.

    With A the inverse and r = A y, the residuals of held-out rows f are A_ff^-1 r_f (see e.g. An, Liu and
    Venkatesh, Pattern Recognition 40, 2007).
    """
    runs = runs_of_signs(data.texts, rarity) if setting.share else None
    inverse = _inverse(_kernel(data.vectors, runs, setting.share), setting.ridge / data.weights)
    prior = 1.0 / len(data.labels)
    targets = data.accepted / data.accepted.sum(axis=1, keepdims=True) - prior
    weight = inverse @ targets
    held = np.zeros((data.examples, len(data.labels)), np.float32)
    for rows in folds(data.accepted[: data.examples]):
        missed = np.linalg.solve(inverse[np.ix_(rows, rows)], weight[rows])
        held[rows] = targets[rows] + prior - missed
    temperature = calibrated(held, data.accepted[: data.examples])
    head = Likeness(
        labels=data.labels,
        examples=data.vectors,
        weight=weight,
        bias=np.full(len(data.labels), prior, np.float32),
        temperature=temperature,
        share=setting.share,
        rarity=rarity if setting.share else None,
        runs=(runs.T @ weight).astype(np.float32) if runs is not None else None,
    )
    return Fit(head, held)


def folds(accepted: Numbers, *, count: int = FOLDS) -> list[Rows]:
    """Rows of each fold, the texts of a label spread evenly; none where there are fewer texts than folds."""
    if len(accepted) < count:
        return []
    order = np.random.default_rng(SEED).permutation(len(accepted))
    by_label = order[np.argsort(accepted[order].argmax(axis=1), kind="stable")]
    return [by_label[number::count] for number in range(count)]


def calibrated(scores: Numbers, accepted: Numbers) -> float:
    """Divisor of the scores that makes the accepted labels of held-out texts most probable."""
    if not scores.any():
        return UNMEASURED_TEMPERATURE
    return float(min(TEMPERATURES, key=lambda t: loss(scores / t, accepted)))


def loss(logits: Numbers, accepted: Numbers) -> float:
    """Mean negative logarithm of the accepted labels' probability together."""
    right = (softmax(logits) * accepted).sum(axis=1)
    return float(-np.log(np.maximum(right, 1e-9)).mean())


def _chosen(data: Labelled, rarity: Numbers) -> Setting:
    share = _share(data)
    if data.examples < 2 * FOLDS:
        return Setting(RIDGES[0], share)
    rows = np.random.default_rng(SEED).permutation(data.examples)[:ENOUGH]
    part = data.part(np.sort(rows))
    accepted = part.accepted[: part.examples]
    wrong = []
    for ridge in RIDGES:
        best = fitted(part, rarity, Setting(ridge, share)).held.argmax(axis=1)
        wrong.append(float((accepted[np.arange(len(best)), best] == 0).mean()))
    return Setting(RIDGES[int(np.argmin(np.array(wrong) + CAUTION * np.arange(len(RIDGES))))], share)


def _share(data: Labelled) -> float:
    if data.whole:
        return SHARE_OF_TALKS
    return SHARE if data.examples >= MANY * (len(data.labels) - 1) else 0.0


def _rarity(texts: Sequence[str]) -> Numbers:
    """Logarithm of how rare each run of signs is among the texts, smoothed, (buckets,)."""
    seen = np.asarray((counted_runs(texts) > 0).sum(axis=0)).ravel()
    rarity: Numbers = (1.0 + np.log((1.0 + len(texts)) / (1.0 + seen))).astype(np.float32)
    return rarity


def _kernel(vectors: Numbers, runs: Any, share: float) -> Numbers:
    kernel = meaning(vectors, vectors)
    if runs is not None:
        kernel *= 1 - share
        kernel += share * (runs @ runs.T).toarray()
    return kernel


def _inverse(kernel: Numbers, ridge: Numbers) -> Numbers:
    """Inverse of the kernel with the ridge on its diagonal; ``kernel`` is overwritten."""
    kernel[np.diag_indices(len(kernel))] += ridge
    factor, failed = lapack.spotrf(kernel, lower=0, overwrite_a=1)
    if failed:
        raise np.linalg.LinAlgError("the kernel is not positive definite")
    inverse, _ = lapack.spotri(factor, lower=0, overwrite_c=1)
    upper = np.triu(inverse)
    whole: Numbers = upper + np.triu(upper, 1).T
    return whole
