"""The number words of several languages at once: people mix them, and few texts say theirs."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from nlp.redaction.number_words.english import ENGLISH
from nlp.redaction.number_words.french import FRENCH
from nlp.redaction.number_words.german import GERMAN
from nlp.redaction.number_words.hebrew import HEBREW
from nlp.redaction.number_words.hungarian import HUNGARIAN
from nlp.redaction.number_words.spanish import SPANISH
from nlp.redaction.number_words.values import NumberWords

LANGUAGES: Mapping[str, NumberWords] = {
    one.language: one for one in (ENGLISH, HUNGARIAN, HEBREW, GERMAN, SPANISH, FRENCH)
}
_OF_WORD: dict[str, frozenset[str]] = {}
for _one in LANGUAGES.values():
    for _word in _one.numbers.keys() - _one.doubtful:
        _OF_WORD[_word] = _OF_WORD.get(_word, frozenset()) | {_one.language}
_COMPOUND = tuple(one for one in LANGUAGES.values() if one.compound_parts)
_SHORTEST_COMPOUND = 7  # letters
_PARTS = tuple(part for one in _COMPOUND for part in one.compound_parts)
_HEADS = frozenset(word[:2] for one in _COMPOUND for word in one.numbers)


def languages_of(words: Collection[str], *, known: str | None = None) -> frozenset[str]:
    """Languages whose number words are among these, ``plain``; the known one if any of its words is."""
    found: set[str] = set()
    for word in words:
        of_word = _OF_WORD.get(word)
        if of_word is not None:
            found |= of_word
        elif may_be_compound(word):
            found |= {one.language for one in _COMPOUND if one.compound(word) is not None}
    if known is not None and known in LANGUAGES and not LANGUAGES[known].numbers.keys().isdisjoint(words):
        found.add(known)
    return frozenset(found)


def may_be_compound(word: str) -> bool:
    """Whether a word, ``plain``, looks like a number in one word: "einundzwanzig"; quick, and not sure."""
    return len(word) >= _SHORTEST_COMPOUND and word[:2] in _HEADS and any(part in word for part in _PARTS)


@lru_cache(maxsize=64)
def lexicon_of(languages: frozenset[str]) -> NumberWords:
    """All their words in one; where two claim a word, the one named first in ``LANGUAGES`` has it."""
    chosen = [one for code, one in LANGUAGES.items() if code in languages] or [ENGLISH]
    if len(chosen) == 1:
        return chosen[0]
    numbers = {word: said for one in reversed(chosen) for word, said in one.numbers.items()}
    return NumberWords(
        "+".join(one.language for one in chosen),
        numbers=numbers,
        compound=lambda word: next(
            (value for one in chosen if (value := one.compound(word)) is not None), None
        ),
        compound_parts=tuple(part for one in chosen for part in one.compound_parts),
        joins=frozenset().union(*(one.joins for one in chosen)),
        repeats={word: count for one in reversed(chosen) for word, count in one.repeats.items()},
        homophones={word: digit for one in reversed(chosen) for word, digit in one.homophones.items()},
        fillers=frozenset().union(*(one.fillers for one in chosen)) - numbers.keys(),
        articles=frozenset().union(*(one.articles for one in chosen)),
        not_before=frozenset().union(*(one.not_before for one in chosen)),
        teen_after=frozenset().union(*(one.teen_after for one in chosen)),
        reversed_tens=any(one.reversed_tens for one in chosen),
        twenties=any(one.twenties for one in chosen),
    )
