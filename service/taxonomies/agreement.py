"""How far two labellers agree: shares with intervals, and Cohen's kappa with its large-sample error."""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Z = 1.959963984540054  # two-sided 95 per cent of the normal distribution
Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``of`` with its 95 per cent interval; None of nothing."""

    value: float | None
    low: float | None
    high: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance, -1..1, with its 95 per cent interval.

    ``value`` is None where chance alone would agree always (one label, or nothing to compare); the interval
    is None where the large-sample error is 0: that tells of too few pairs, not of certainty.
    """

    value: float | None
    low: float | None
    high: float | None
    pairs: int


def share(part: int, whole: int) -> Share:
    """A share with the interval of Wilson (1927), which stays within 0..1 for few and for none."""
    if not whole:
        return Share(None, None, None, 0)
    value = part / whole
    middle = value + Z**2 / (2 * whole)
    reach = Z * math.sqrt(value * (1 - value) / whole + Z**2 / (4 * whole**2))
    scale = 1 + Z**2 / whole
    return Share(value, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale), whole)


def kappa(pairs: Sequence[tuple[Label, Label]]) -> Kappa:
    """Cohen (1960), with the standard error of Fleiss, Cohen and Everitt (1969)."""
    count = len(pairs)
    cells = Counter(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    labels = first.keys() | second.keys()
    chance = sum(first[label] * second[label] for label in labels) / count**2 if count else 1.0
    if chance >= 1.0:
        return Kappa(None, None, None, count)
    agreed = sum(cells[label, label] for label in labels) / count
    value = (agreed - chance) / (1 - chance)
    same = sum(
        cells[label, label]
        / count
        * ((1 - chance) - (first[label] + second[label]) / count * (1 - agreed)) ** 2
        for label in labels
    )
    other = sum(
        number / count * ((second[a] + first[b]) / count) ** 2 for (a, b), number in cells.items() if a != b
    )
    variance = same + (1 - agreed) ** 2 * other - (agreed * chance - 2 * chance + agreed) ** 2
    if variance <= 1e-12:
        return Kappa(value, None, None, count)
    reach = Z * math.sqrt(variance / count) / (1 - chance) ** 2
    return Kappa(value, max(-1.0, value - reach), min(1.0, value + reach), count)
