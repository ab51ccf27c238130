"""Themes: what several interactions are about although no reason explains them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.discovery.grouping import Vectors, closest, groups
from nlp.discovery.labels import label
from nlp.statements import statements

STATED = 3  # statements of one interaction that are read: those that most likely say something
READ = 4_000  # statements that are grouped, spread evenly over what is given
FEWEST = 5  # interactions of a theme
LONGEST = 20_000  # characters of an interaction that are read

Encode = Callable[[Sequence[str]], Vectors]
Empty = Callable[[Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer said in one interaction: number and text of each turn."""

    turns: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or stretch: of which interaction (its place among those given), of which turn."""

    interaction: int
    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What several interactions have in common.

    ``label`` are its own words; ``members`` the most typical statement of each of its interactions, the most
    typical first; ``cohesion`` is the length of the mean of their unit vectors, 0-1.
    """

    label: tuple[str, ...]
    members: tuple[Statement, ...]
    cohesion: float


class ThemeFinder:
    """Groups statements by meaning; ``encode`` gives unit vectors, ``empty`` how likely a text says nothing.

    A greeting or a thank-you is no theme: of each interaction the statements that most likely say something
    are read.
    """

    def __init__(self, encode: Encode, empty: Empty | None = None) -> None:
        self._encode = encode
        self._empty = empty

    def find(self, interactions: Sequence[Said], *, fewest: int = FEWEST) -> tuple[Theme, ...]:
        """Themes of at least ``fewest`` interactions, the most frequent first."""
        stated = self._stated(interactions)
        stated = stated[:: max(1, -(-len(stated) // READ))]
        if not stated:
            return ()
        texts = [one.text for one in stated]
        vectors = self._encode(texts)
        found = [
            _theme([stated[row] for row in rows], vectors[rows], texts)
            for rows in groups(vectors, fewest=fewest)
        ]
        kept = [theme for theme in found if len(theme.members) >= fewest and theme.label]
        return tuple(sorted(kept, key=lambda theme: -len(theme.members)))

    def _stated(self, interactions: Sequence[Said]) -> list[Statement]:
        """The statements that are read."""
        found: list[Statement] = []
        owners: list[int] = []
        for place, said in enumerate(interactions):
            seen: set[str] = set()
            for turn, text in said.turns:
                for statement in statements(text[:LONGEST]):
                    if statement not in seen and any(sign.isalpha() for sign in statement):
                        seen.add(statement)
                        found.append(Statement(place, turn, statement))
                        owners.append(place)
        if self._empty is None or not found:
            return _first(found, range(len(found)))
        order = np.argsort(np.asarray(self._empty([one.text for one in found])), kind="stable")
        return _first(found, [int(row) for row in order])


def _first(found: Sequence[Statement], order: Sequence[int]) -> list[Statement]:
    """Of each interaction the first few in this order, then all in the order in which they were said."""
    taken: dict[int, int] = {}
    kept = []
    for row in order:
        owner = found[row].interaction
        if taken.get(owner, 0) < STATED:
            taken[owner] = taken.get(owner, 0) + 1
            kept.append(row)
    return [found[row] for row in sorted(kept)]


def _theme(members: Sequence[Statement], vectors: Vectors, everything: Sequence[str]) -> Theme:
    order = [int(row) for row in closest(vectors)]
    typical: dict[int, Statement] = {}
    for row in order:
        typical.setdefault(members[row].interaction, members[row])
    middle = vectors.mean(axis=0)
    return Theme(
        label=label([one.text for one in members], everything),
        members=tuple(typical.values()),
        cohesion=round(float(np.linalg.norm(middle)), 3),
    )
