"""Reads one number said in words: "twenty-three", "einundzwanzig", "quatre-vingt-dix-sept", "עשרים ושלוש"."""

from collections.abc import Sequence

from nlp.redaction.number_words import NumberWords, Said
from nlp.redaction.tokens import Token

_SHORTEST_COMPOUND = 6  # letters
_VIGESIMAL = (60, 80)
Read = tuple[int, int]  # a value and the token after it


def cardinal(read: Sequence[Token], index: int, words: NumberWords) -> tuple[str, int] | None:
    """The digits of the longest number that begins here, and the token after it; None if none does."""
    if _said(read[index].word, words) is None:
        return None
    found = _below_million(read, index, words)
    return (str(found[0]), found[1]) if found is not None else None


def _said(word: str, words: NumberWords) -> tuple[Said, int] | None:
    known = words.numbers.get(word)
    if known is not None or not words.compound_parts or len(word) < _SHORTEST_COMPOUND:
        return known
    if any(part in word for part in words.compound_parts):
        value = words.compound(word)
        return None if value is None else (Said.WHOLE, value)
    return None


def _at(read: Sequence[Token], index: int, words: NumberWords) -> tuple[Said, int] | None:
    """What the token adds to the number before it; None where it does not belong to it."""
    if index >= len(read) or not read[index].close:
        return None
    return _said(read[index].word, words)


def _below_million(read: Sequence[Token], index: int, words: NumberWords) -> Read | None:
    first = _below_thousand(read, index, words)
    if first is None:
        return None
    value, after = first
    said = _at(read, after, words)
    if said is not None and said[0] is Said.THOUSAND and 0 < value < 1000:
        value, after = value * 1000, after + 1
    if value % 1000 or not value:
        return value, after
    rest = _rest(read, after, words, below=1000)
    return (value + rest[0], rest[1]) if rest is not None else (value, after)


def _below_thousand(read: Sequence[Token], index: int, words: NumberWords) -> Read | None:
    said = _said(read[index].word, words)
    if said is None:
        return None
    kind, value = said
    if kind is Said.THOUSAND:
        return value, index + 1
    if kind is Said.HUNDRED:
        found = (value, index + 1)
    else:
        counted = _below_hundred(read, index, words)
        if counted is None:
            return None
        following = _at(read, counted[1], words)
        hundred = following is not None and following == (Said.HUNDRED, 100)
        if not hundred or not 0 < counted[0] < 100:
            return counted
        found = (counted[0] * 100, counted[1] + 1)
    rest = _rest(read, found[1], words, below=100)
    return (found[0] + rest[0], rest[1]) if rest is not None else found


def _rest(read: Sequence[Token], index: int, words: NumberWords, *, below: int) -> Read | None:
    """What follows a hundred or thousand: "one hundred [and] eleven"."""
    start = (
        index + 1 if index < len(read) and read[index].word in words.joins and read[index].close else index
    )
    if start >= len(read) or not read[start].close:
        return None
    rest = _below_thousand(read, start, words) if below > 100 else _below_hundred(read, start, words)
    return rest if rest is not None and 0 < rest[0] < below else None


def _below_hundred(read: Sequence[Token], index: int, words: NumberWords) -> Read | None:
    said = _said(read[index].word, words)
    if said is None or said[0] in (Said.HUNDRED, Said.THOUSAND):
        return None
    kind, value = said
    if kind is Said.TENS:
        return _with_units(read, index + 1, words, value)
    if kind is Said.UNIT:
        return _after_unit(read, index, words, value) or (value, index + 1)
    if kind is Said.TEEN and words.twenties and value == 10:
        following = _at(read, index + 1, words)
        if following is not None and following[0] is Said.UNIT and following[1] >= 7:
            return 10 + following[1], index + 2
    return value, index + 1


def _after_unit(read: Sequence[Token], index: int, words: NumberWords, unit: int) -> Read | None:
    """A unit that is the first part of a number: reversed tens, Hebrew teens, four twenties."""
    following = index + 1
    if following >= len(read) or not read[following].close or not unit:
        return None
    if read[following].word in words.teen_after:
        return 10 + unit, following + 1
    if words.twenties and unit == 4 and words.numbers.get(read[following].word) == (Said.TENS, 20):
        return _with_units(read, following + 1, words, 80)
    if words.reversed_tens and read[following].word in words.joins:
        tens = _at(read, following + 1, words)
        if tens is not None and tens[0] is Said.TENS:
            return tens[1] + unit, following + 2
    return None


def _with_units(read: Sequence[Token], index: int, words: NumberWords, tens: int) -> Read:
    """Twenty and "three" or "and three"; sixty and eighty take up to nineteen in French."""
    for at in (index, index + 1):
        said = _at(read, at, words)
        if said is not None and said[0] is Said.UNIT and said[1]:
            if _after_unit(read, at, words, said[1]) is None:
                return tens + said[1], at + 1
            return tens, index
        if said is not None and said[0] is Said.TEEN and words.twenties and tens in _VIGESIMAL:
            teen = _below_hundred(read, at, words)
            return (tens + teen[0], teen[1]) if teen is not None else (tens, index)
        if at >= len(read) or read[at].word not in words.joins or not read[at].close:
            break
    return tens, index
