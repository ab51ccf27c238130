"""What is new: planted phrases come first, chance and stop words do not."""

import random
from collections import Counter

from service.store import log_odds
from service.store.log_odds import TermChange

WORDS = [f"w{number}" for number in range(400)]


def texts(count: int, seed: int) -> list[str]:
    """Texts of words as frequent as words are (Zipf)."""
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    chance = random.Random(seed)
    return ["the " + " ".join(chance.choices(WORDS, weights, k=12)) for _ in range(count)]


def counted(said: list[str]) -> Counter[str]:
    """In how many texts each term stands."""
    counts: Counter[str] = Counter()
    for text in said:
        counts.update(log_odds.terms([text]))
    return counts


def test_a_planted_phrase_is_among_the_first() -> None:
    said = texts(2000, seed=1)
    for place in random.Random(2).sample(range(1000), 20):
        said[place] += " about the thunder bundle"
    now, before = counted(said[:1000]), counted(said[1000:])
    common = log_odds.common(now, before, 1000, 1000)
    first = log_odds.told(log_odds.compare(now, before), most=3, common_words=common)

    assert "thunder bundle" in [change.term for change in first]
    assert all(change.term not in ("the", "thunder", "bundle") for change in first)


def test_between_random_halves_nineteen_terms_of_twenty_lie_within_two_errors() -> None:
    for seed in range(3):
        said = texts(2000, seed=seed)
        changes = log_odds.compare(counted(said[:1000]), counted(said[1000:]))
        assert sum(abs(change.z) < 1.96 for change in changes) >= 0.95 * len(changes)


def test_a_word_counts_once_in_an_interaction_and_no_phrase_goes_over_a_mask() -> None:
    assert log_odds.terms(["late late late"]) == {"late", "late late", "late late late"}
    assert log_odds.terms(["call [phone] now"]) == {"call", "now"}
    assert log_odds.terms(["", "😀", "\u200b"]) == set()


def test_rare_terms_and_empty_periods_are_not_compared() -> None:
    assert log_odds.compare(Counter(a=4), Counter(b=9)) == [TermChange("b", 0, 9, *_odds("b"))]
    assert log_odds.compare(Counter(), Counter(b=9)) == []


def _odds(term: str) -> tuple[float, float]:
    (change,) = [one for one in log_odds.compare(Counter(a=4), Counter(b=9)) if one.term == term]
    assert change.z < 0
    return change.log_odds, change.z
