"""One word of a query (exact, with a wildcard or fuzzy) and the words of a conversation that it means."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from service.phrases.forms import bare, is_form


@dataclass(frozen=True, slots=True)
class Exact:
    """The word itself."""

    key: str

    def likeness(self, words: Iterable[str]) -> dict[str, float]:
        """The words meant, each with its likeness 0-1."""
        return {self.key: 1.0} if self.key in words else {}


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with ``*`` for any letters, none included; ``pieces`` are what stands between the stars."""

    pieces: tuple[str, ...]

    def likeness(self, words: Iterable[str]) -> dict[str, float]:
        """The words meant, all with likeness 1; masks such as [card] are not words."""
        return {word: 1.0 for word in words if word[0] != "[" and self.means(word)}

    def means(self, word: str) -> bool:
        """Whether the word holds all pieces in order, the first and last at its ends; no backtracking."""
        first, *middle, last = self.pieces
        end = len(word) - len(last)
        at = len(first)
        if at > end or not word.startswith(first) or not word.endswith(last):
            return False
        for piece in middle:
            found = word.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word with up to ``edits`` letters missing, added, changed or swapped with their neighbour."""

    key: str
    edits: int

    def likeness(self, words: Iterable[str]) -> dict[str, float]:
        """The words meant; likeness = 1 - edits / letters of the longer word."""
        found: dict[str, float] = {}
        for word in words:
            edits = OSA.distance(self.key, word, score_cutoff=self.edits)
            if edits <= self.edits and word[0] != "[":
                found[word] = 1.0 - edits / max(len(self.key), len(word))
        return found


@dataclass(frozen=True, slots=True)
class Inflected:
    """A word in any of its forms: without its accents, with endings or with Hebrew prefixes."""

    key: str

    def likeness(self, words: Iterable[str]) -> dict[str, float]:
        """The words meant, all with likeness 1; masks such as [card] are not words."""
        base = bare(self.key)
        return {word: 1.0 for word in words if word[0] != "[" and is_form(bare(word), base)}


Term = Exact | Wildcard | Fuzzy | Inflected
