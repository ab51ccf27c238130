"""How good a rule is beside labels: precision and recall, each with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.rules.verdicts import Outcome
from service.taxonomies.agreement import Share, share


@dataclass(frozen=True, slots=True)
class Figures:
    """A rule beside labels; every share is None of nothing.

    ``precision``: of those matched, the share that should be. ``recall``: of those that should match and
    could be evaluated, the share matched; ``recall_of_all`` counts the ones ``not_evaluated`` as missed.
    """

    labelled: int
    positives: int
    not_evaluated: int
    precision: Share
    recall: Share
    recall_of_all: Share


def cell(outcome: str, *, should_match: bool) -> str:
    """The name under which a labelled outcome is counted."""
    return f"{outcome}_{'yes' if should_match else 'no'}"


def figures(counts: Mapping[str, int]) -> Figures | None:
    """From counts by ``cell``; None where nothing is labelled."""
    found = {
        (outcome, label): counts.get(cell(outcome, should_match=label), 0)
        for outcome in Outcome
        for label in (True, False)
    }
    labelled = sum(found.values())
    if not labelled:
        return None
    right, missed = found[Outcome.MATCHED, True], found[Outcome.NOT_MATCHED, True]
    unread = found[Outcome.NOT_EVALUATED, True]
    return Figures(
        labelled=labelled,
        positives=right + missed + unread,
        not_evaluated=unread + found[Outcome.NOT_EVALUATED, False],
        precision=share(right, right + found[Outcome.MATCHED, False]),
        recall=share(right, right + missed),
        recall_of_all=share(right, right + missed + unread),
    )
