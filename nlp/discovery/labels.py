"""Labels for groups of texts from their own words: what is said in one group and not in the others."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module

LANGUAGES = ("en", "hu", "he", "de", "fr", "es")
MOST = 3  # words or pairs of words in a label
SPOKEN_BY = 0.2  # of the group's texts must have a word that labels it
_WORD = re.compile(r"\[\w+\]|[^\W\d_]+(?:['’\-][^\W\d_]+)*")  # a mask is no word: it is left out below


def label(inside: Sequence[str], everything: Sequence[str]) -> tuple[str, ...]:
    """The words and pairs of words that tell a group of texts from all: class-based TF-IDF.

    The score of a term is the share of the group's texts that have it, times the logarithm of how much rarer
    it is among all texts (c-TF-IDF, Grootendorst 2022, with shares of texts instead of counts). A word that
    is part of a pair that is chosen is not chosen again.
    """
    own, total = _counts(inside), _counts(everything)
    scores = {
        term: count
        / len(inside)
        * math.log(1 + len(everything) / total[term])
        * (1.2 if " " in term else 1.0)
        for term, count in own.items()
        if count >= max(2, SPOKEN_BY * len(inside))
    }
    chosen: list[str] = []
    for term in sorted(scores, key=lambda one: (-scores[one], one)):
        if not any(set(term.split()) & set(taken.split()) for taken in chosen):
            chosen.append(term)
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _counts(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each term stands."""
    return Counter(term for text in texts for term in set(_terms(text)))


def _terms(text: str) -> Iterator[str]:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    for place, word in enumerate(words):
        if _says(word):
            yield word
            if place and _says(words[place - 1]):
                yield f"{words[place - 1]} {word}"


def _says(word: str) -> bool:
    return len(word) > 2 and not word.startswith("[") and word not in _stop_words()


@cache
def _stop_words() -> frozenset[str]:
    """Words that carry no meaning of their own, of every language that is expected (spaCy's lists)."""
    found: set[str] = set()
    for language in LANGUAGES:
        found |= import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    return frozenset(word.lower() for word in found) | {
        "i'm",
        "i've",
        "don't",
        "can't",
        "it's",
        "hi",
        "hello",
        "please",
    }
