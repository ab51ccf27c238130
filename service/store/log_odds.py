"""What is said more than before: log-odds with an informative Dirichlet prior, without a database."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

LONGEST = 3  # words of a phrase
FEWEST = 5  # interactions of both periods in which a term must stand
PRIOR = 0.1  # how many texts the prior is worth, as a share of those compared; see ``compare``
COMMON = 0.1  # a word of so large a share of the interactions neither begins nor ends a phrase
CONTAINED = 1.25  # a word that stands hardly ever outside a phrase is not told beside the phrase
_WORD = re.compile(r"\[\w+\]|[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class TermChange:
    """A word or phrase in a period and in the one before.

    Counts are interactions in which it was said. ``z`` is the log-odds ratio in standard errors: beyond
    1.96 one term in twenty lies by chance.
    """

    term: str
    count: int
    previous_count: int
    log_odds: float
    z: float


def terms(texts: Iterable[str]) -> set[str]:
    """The words and phrases of up to three words that stand in the texts of one interaction; no masks."""
    return {term for text in texts for term in _of(text)}


def common(now: Counter[str], before: Counter[str], read: int, read_before: int) -> frozenset[str]:
    """The words that stand in many interactions of both periods: the, is, and, whatever the language."""
    return frozenset(
        term
        for term, count in now.items()
        if " " not in term and count > COMMON * read and before[term] > COMMON * read_before
    )


def compare(now: Counter[str], before: Counter[str]) -> list[TermChange]:
    """Every term that is frequent enough, the one that grew most surely first.

    Monroe, Colaresi and Quinn (2008): the difference of the log-odds of a term in both periods, each smoothed
    by a prior in proportion to its frequency in both together, divided by its standard error. A term counts
    once in an interaction: words come in bursts, and their repetitions are no further evidence.
    """
    total = now + before
    size_now, size_before = sum(now.values()), sum(before.values())
    if not size_now or not size_before:
        return []
    strength = PRIOR * (size_now + size_before)
    found = [
        _change(term, now[term], before[term], (size_now, size_before), strength)
        for term, count in total.items()
        if count >= FEWEST
    ]
    return sorted(found, key=lambda one: (-one.z, -len(one.term), one.term))


def told(
    changes: Sequence[TermChange], *, most: int, common_words: frozenset[str] = frozenset()
) -> list[TermChange]:
    """The first terms without those that only stand in a phrase that is told already.

    A phrase neither begins nor ends with a common word.
    """
    kept: list[TermChange] = []
    for change in changes:
        if len(kept) == most:
            break
        words = change.term.split()
        if len(words) > 1 and {words[0], words[-1]} & common_words:
            continue
        if not any(_same(change, other) for other in kept):
            kept = [other for other in kept if not _inside(other, change)]
            kept.append(change)
    return kept


def _change(term: str, count: int, previous: int, sizes: tuple[int, int], strength: float) -> TermChange:
    prior = strength * (count + previous) / sum(sizes)
    odds = _log_odds(count, sizes[0], prior, strength) - _log_odds(previous, sizes[1], prior, strength)
    z = odds / sqrt(1 / (count + prior) + 1 / (previous + prior))
    return TermChange(term, count, previous, round(odds, 4), round(z, 4))


def _log_odds(count: int, size: int, prior: float, strength: float) -> float:
    return log((count + prior) / (size + strength - count - prior))


def _same(change: TermChange, told_already: TermChange) -> bool:
    """Whether one of both is a part of the other and stands hardly ever without it."""
    return _inside(change, told_already) or (
        _part(told_already.term, change.term) and change.count * CONTAINED < told_already.count
    )


def _inside(change: TermChange, phrase: TermChange) -> bool:
    return _part(change.term, phrase.term) and change.count <= phrase.count * CONTAINED


def _part(term: str, phrase: str) -> bool:
    return term != phrase and f" {term} " in f" {phrase} "


def _of(text: str) -> Iterator[str]:
    words: list[str] = []
    for found in _WORD.findall(text):
        if found.startswith("["):
            words = []  # no phrase goes over a mask
            continue
        words = [*words[1 - LONGEST :], found.lower().replace("’", "'")]
        for start in range(len(words)):
            yield " ".join(words[start:])
