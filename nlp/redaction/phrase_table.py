"""Phrases of words, found by their first word, or by its first letters where any ending is allowed."""

from collections.abc import Mapping, Sequence

from nlp.redaction.number_words import plain
from nlp.redaction.tokens import Token

_STEM = 2  # letters by which inflected words are found
_HEBREW_PREFIXES = frozenset("והבלמשכ")
_Phrase = tuple[tuple[str, ...], str]


class PhraseTable:
    """Which phrases begin at a token; ``*`` at the end of a word stands for any ending."""

    def __init__(self, written: Mapping[str, str]) -> None:
        """``written`` gives for each kind its phrases, separated by semicolons."""
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for kind, phrases in written.items():
            for phrase in filter(None, (part.strip() for part in phrases.split(";"))):
                listed = tuple(plain(word) for word in phrase.split())
                table = self._stems if listed[0].endswith("*") else self._whole
                key = listed[0][:_STEM] if table is self._stems else listed[0]
                table.setdefault(key, []).append((listed, kind))

    @property
    def key_words(self) -> set[str]:
        """The longest word of each phrase, without ``*``: a text without any of them has no phrase."""
        phrases = (
            listed for table in (self._whole, self._stems) for same in table.values() for listed, _ in same
        )
        return {max(listed, key=len).rstrip("*") for listed in phrases}

    def at(self, read: Sequence[Token], index: int) -> tuple[int, str] | None:
        """Length in tokens and kind of the longest phrase that begins here."""
        best: tuple[int, str] | None = None
        for form in _forms(read[index].word):
            for listed, kind in (*self._whole.get(form, ()), *self._stems.get(form[:_STEM], ())):
                if (best is None or len(listed) > best[0]) and _fits(listed, form, read, index):
                    best = (len(listed), kind)
        return best


def _forms(word: str) -> tuple[str, ...]:
    """The word, and in Hebrew the word without "the", "in", "and" that are written to it."""
    if word[0] not in _HEBREW_PREFIXES or len(word) < 4:
        return (word,)
    return (word, word[1:], word[2:]) if word[1] in _HEBREW_PREFIXES and len(word) > 4 else (word, word[1:])


def _fits(listed: tuple[str, ...], first: str, read: Sequence[Token], index: int) -> bool:
    if index + len(listed) > len(read) or not _same(listed[0], first):
        return False
    return all(_same(word, read[index + at].word) for at, word in enumerate(listed[1:], 1))


def _same(written: str, word: str) -> bool:
    return word.startswith(written[:-1]) if written.endswith("*") else word == written
