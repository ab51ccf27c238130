"""Finds the words that say what a number, or the answer to a question, is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.redaction.cue_words import CUE_WORDS, UNITS_AFTER
from nlp.redaction.number_words import plain
from nlp.redaction.tokens import Token

_STEM = 4  # letters by which inflected words are found
_HEBREW_PREFIXES = frozenset("והבלמשכ")
_LONGEST = 7  # words


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens ``first`` to ``after`` (exclusive) name what is beside them."""

    kind: str
    first: int
    after: int


class _Phrases:
    """Phrases by their first word, or by its first letters where any ending is allowed."""

    def __init__(self, listed: Iterable[tuple[str, str]]) -> None:
        self.whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, kind in listed:
            words = tuple(plain(word) for word in phrase.split())
            table = self.stems if words[0].endswith("*") else self.whole
            table.setdefault(words[0][:_STEM] if table is self.stems else words[0], []).append((words, kind))
        for table in (self.whole, self.stems):
            for phrases in table.values():
                phrases.sort(key=lambda pair: -len(pair[0]))

    def at(self, read: Sequence[Token], index: int) -> tuple[int, str] | None:
        """Length in tokens and kind of the longest phrase that begins here."""
        word = read[index].word
        best: tuple[int, str] | None = None
        for form in _forms(word):
            for words, kind in (*self.whole.get(form, ()), *self.stems.get(form[:_STEM], ())):
                if (best is None or len(words) > best[0]) and _fits(words, form, read, index):
                    best = (len(words), kind)
        return best


def _forms(word: str) -> tuple[str, ...]:
    """The word, and in Hebrew the word without "the", "in", "and" that are written to it."""
    if word[0] not in _HEBREW_PREFIXES or len(word) < 4:
        return (word,)
    return (word, word[1:], word[2:]) if word[1] in _HEBREW_PREFIXES and len(word) > 4 else (word, word[1:])


def _fits(words: tuple[str, ...], first: str, read: Sequence[Token], index: int) -> bool:
    if index + len(words) > len(read) or not _same(words[0], first):
        return False
    return all(_same(word, read[index + at].word) for at, word in enumerate(words[1:], 1))


def _same(written: str, word: str) -> bool:
    return word.startswith(written[:-1]) if written.endswith("*") else word == written


def _listed(written: str) -> list[str]:
    return [phrase.strip() for phrase in written.split(";") if phrase.strip()]


_CUES = _Phrases((phrase, kind) for kind, written in CUE_WORDS.items() for phrase in _listed(written))
_UNITS = _Phrases((phrase, "unit") for phrase in _listed(UNITS_AFTER))


def cues_of(read: Sequence[Token]) -> list[Cue]:
    """Every cue in order; a longer one hides those within it."""
    found: list[Cue] = []
    index = 0
    while index < len(read):
        cue = None if read[index].digits and len(read[index].digits) > 2 else _CUES.at(read, index)
        if cue is None:
            index += 1
        else:
            found.append(Cue(cue[1], index, index + cue[0]))
            index += cue[0]
    return found


def counts(read: Sequence[Token], index: int) -> bool:
    """Whether the token is a unit of what the number before it counts: dollars, minutes, percent."""
    return index < len(read) and _UNITS.at(read, index) is not None
