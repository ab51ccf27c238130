"""A parsed phrase query: rows of words, words near each other, and how they are joined."""

from dataclasses import dataclass

from service.phrases.terms import Term


@dataclass(frozen=True, slots=True)
class Window:
    """The first or the last part of an interaction: ``length`` in ms, or in percent where ``percent``."""

    last: bool
    length: float
    percent: bool


@dataclass(frozen=True, slots=True)
class Between:
    """What begins from ``start`` to ``end`` ms, or percent of the interaction, both within."""

    start: float
    end: float
    percent: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """The first or the last so many turns, whoever speaks."""

    last: bool
    count: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a phrase counts: said by ``party``, within every one of ``windows``."""

    party: str | None = None
    windows: tuple[Window | Between | Turns, ...] = ()


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Row:
    """Words one after the other; each place is a choice among alternatives, themselves rows of terms."""

    places: tuple[tuple[tuple[Term, ...], ...], ...]
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order with at most ``between`` other words among them; each a choice among terms."""

    words: tuple[tuple[Term, ...], ...]
    between: int
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Absent:
    """Holds where its part does not."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds where every part does."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where some part does."""

    parts: tuple["Node", ...]


Leaf = Row | Near
Node = Leaf | Absent | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Phrase:
    """A query ready for use, with the text that it was read from."""

    query: str
    node: Node
