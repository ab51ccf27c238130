"""How good a rule is beside labels: precision and recall with Wilson's intervals.

E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927): an
interval that keeps its promise for few cases and for shares near 0 and 1.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with its 95 % interval; value and interval are None of nothing."""

    count: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A rule beside labels.

    ``precision``: of those matched, the share that is so labelled. ``recall``: of those so labelled, the
    share matched; ``recall_of_all`` counts those that could not be evaluated as missed.
    """

    labelled: int
    precision: Share
    recall: Share
    recall_of_all: Share
    not_evaluated: int


def share(count: int, whole: int) -> Share:
    """A share with Wilson's interval."""
    if not whole:
        return Share(count, whole, None, None, None)
    part, square = count / whole, Z * Z
    middle = (part + square / (2 * whole)) / (1 + square / whole)
    half = Z / (1 + square / whole) * sqrt(part * (1 - part) / whole + square / (4 * whole * whole))
    return Share(count, whole, part, max(0.0, middle - half), min(1.0, middle + half))


def figures(*, right: int, wrong: int, missed: int, rejected: int, open_yes: int, open_no: int) -> Figures:
    """From counts of those matched with the label or without it, not matched likewise, and not evaluated."""
    return Figures(
        labelled=right + wrong + missed + rejected + open_yes + open_no,
        precision=share(right, right + wrong),
        recall=share(right, right + missed),
        recall_of_all=share(right, right + missed + open_yes),
        not_evaluated=open_yes + open_no,
    )
