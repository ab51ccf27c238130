"""A query as values: groups of words or phrases, of each of which one is said, and what must not be said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.search.folding import written_as

SUBJECT = "subject"  # what stands for a party where a word is sought in the subject alone


@dataclass(frozen=True, slots=True)
class Sought:
    """A word, or words that stand together; ``prefix``: the last one may go on. None: whoever says it."""

    words: tuple[str, ...]
    prefix: bool = False
    party: str | None = None

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows of words that are meant: a Hebrew word at the beginning may carry a prefix."""
        first, *rest = self.words
        return [(form, *rest) for form in written_as(first)]

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where it stands among the words of a text, and how many of them it takes."""
        rows = self.rows
        firsts = tuple({row[0] for row in rows})
        alone = len(self.words) == 1 and self.prefix
        for at, word in enumerate(words):
            if not (word.startswith(firsts) if alone else word in firsts):
                continue
            said = words[at : at + len(self.words)]
            if any(self._is(said, row) for row in rows):
                yield at, len(said)

    def _is(self, said: Sequence[str], row: Sequence[str]) -> bool:
        if len(said) != len(row) or list(said[:-1]) != list(row[:-1]):
            return False
        return said[-1].startswith(row[-1]) if self.prefix else said[-1] == row[-1]


@dataclass(frozen=True, slots=True)
class Query:
    """An interaction is found in which one of each group is said, and nothing of ``without``."""

    groups: tuple[tuple[Sought, ...], ...]
    without: tuple[Sought, ...] = ()

    @property
    def wanted(self) -> tuple[Sought, ...]:
        """Everything that may be said."""
        return tuple(sought for group in self.groups for sought in group)
