"""How good a user's call reasons are: the figures that training cross-validates and evaluation prints."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons import NO_REASON

PRECISION = 0.95  # at which coverage is told
BINS = 15
Z = 1.959964  # 95 % of a normal distribution

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % Wilson interval; all None where nothing was there to be counted."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """One label: texts that have it, texts it was found best for, how many of them rightly."""

    name: str
    texts: int
    found: int
    right: int
    precision: Share
    recall: Share
    f1: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a text of one label was taken for another."""

    label: str
    taken_for: str
    texts: int


@dataclass(frozen=True)
class Figures:
    """Figures over ``n`` labelled texts; None where nothing was there to be measured.

    accuracy: share of texts whose likeliest label is right, whether or not the model would abstain; "none"
    is a label like the others. accuracy_with_abstention: what the model answers is right; a text with a
    reason that it abstains on is wrong, one without is right. kept, precision_kept: share of texts that get
    a reason, and how many of them the right one. macro_f1: mean F1 of the likeliest label over the labels
    that occur. coverage_at_95_precision: the largest share of all texts that can be kept, surest reason
    first, with at least .95 of them right. expected_calibration_error: mean distance between the likeliest
    label's probability and how often it is right, over 15 bins with equally many texts.
    out_of_scope_recall: share of the texts without a reason that get none.
    """

    n: int
    accuracy: float
    accuracy_with_abstention: float
    macro_f1: float
    kept: float
    precision_kept: float | None
    coverage_at_95_precision: float
    expected_calibration_error: float
    out_of_scope_recall: float | None
    per_reason: tuple[ReasonFigures, ...]
    confusions: tuple[Confusion, ...]


def measured(
    labels: Sequence[str], chances: Numbers, truth: Sequence[frozenset[str]], answers: Sequence[str | None]
) -> Figures | None:
    """Figures from the probability of each label, (texts, labels), and the labels right for each text.

    ``answers`` is the reason given for each text, None where the model abstained. None without texts.
    """
    if not truth:
        return None
    best = [labels[int(column)] for column in chances.argmax(axis=1)]
    right = np.array([name in accepted for name, accepted in zip(best, truth, strict=True)])
    of_reason = chances.copy()
    of_reason[:, labels.index(NO_REASON)] = -1.0
    surest = [labels[int(column)] for column in of_reason.argmax(axis=1)]
    surest_right = np.array([name in accepted for name, accepted in zip(surest, truth, strict=True)])
    answered = [(answer or NO_REASON) in accepted for answer, accepted in zip(answers, truth, strict=True)]
    kept = np.array([answer is not None for answer in answers])
    without = np.array([accepted == {NO_REASON} for accepted in truth])
    named = [name if name in accepted else min(accepted) for name, accepted in zip(best, truth, strict=True)]
    rows = tuple(_of_reason(name, named, best) for name in sorted({*named, *best}))
    return Figures(
        n=len(truth),
        accuracy=float(right.mean()),
        accuracy_with_abstention=float(np.mean(answered)),
        macro_f1=float(np.mean([row.f1 or 0.0 for row in rows if row.texts])),
        kept=float(kept.mean()),
        precision_kept=float(np.array(answered)[kept].mean()) if kept.any() else None,
        coverage_at_95_precision=coverage(of_reason.max(axis=1), surest_right),
        expected_calibration_error=calibration_error(chances.max(axis=1), right),
        out_of_scope_recall=float((~kept)[without].mean()) if without.any() else None,
        per_reason=rows,
        confusions=tuple(
            Confusion(label, found, count)
            for (label, found), count in Counter(zip(named, best, strict=True)).most_common()
            if label != found
        ),
    )


def coverage(scores: Numbers, right: NDArray[np.bool_], *, precision: float = PRECISION) -> float:
    """Largest share of the texts that can be kept, highest score first, with at least that precision.

    Texts of the same score are kept together.
    """
    order = np.argsort(-scores, kind="stable")
    so_far = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last_of_its_score = np.append(np.diff(scores[order]) != 0, True)
    good = np.flatnonzero((so_far >= precision) & last_of_its_score)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def calibration_error(chances: Numbers, right: NDArray[np.bool_], *, bins: int = BINS) -> float:
    """Expected calibration error over bins that hold equally many texts."""
    order = np.argsort(chances, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    distances = [abs(float(chances[part].mean() - right[part].mean())) * len(part) for part in parts]
    return float(sum(distances) / len(order))


def share(part: int, whole: int) -> Share:
    """A share with Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927)."""
    if not whole:
        return Share(None, None, None)
    p, z2 = part / whole, Z * Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * (p * (1 - p) / whole + z2 / (4 * whole * whole)) ** 0.5
    low = 0.0 if not part else middle - half
    high = 1.0 if part == whole else middle + half
    return Share(round(p, 4), round(low, 4), round(high, 4))


def _of_reason(name: str, truth: Sequence[str], best: Sequence[str]) -> ReasonFigures:
    texts, found = truth.count(name), best.count(name)
    right = sum(a == b == name for a, b in zip(truth, best, strict=True))
    f1 = 2 * right / (texts + found) if texts else None
    return ReasonFigures(name, texts, found, right, share(right, found), share(right, texts), f1)
