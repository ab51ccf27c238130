"""One interaction before several rules: its words indexed once; lists and rules by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service.phrases import Phrase
from service.phrases.conversation import Conversation
from service.phrases.query import Scope
from service.phrases.spoken import key_of, times_of
from service.rules.conditions import Other, Party
from service.rules.facts import Facts
from service.rules.tree import Node, conditions
from service.rules.verdicts import Code, Evidence
from service.rules.windows import Window


@dataclass(frozen=True, slots=True)
class Library:
    """What rules speak of by name: rules, and the phrases of lists as (name, phrase sought in the words)."""

    rules: Mapping[str, Node] = field(default_factory=dict)
    lists: Mapping[str, Sequence[tuple[str, Phrase | None]]] = field(default_factory=dict)


EMPTY = Library()


class Case:
    """What conditions ask of an interaction."""

    def __init__(self, facts: Facts, library: Library = EMPTY) -> None:
        self.facts = facts
        self.library = library

    @cached_property
    def conversation(self) -> Conversation:
        """The words, indexed."""
        return Conversation(self.facts.turns, self.facts.duration_ms)

    @cached_property
    def letters(self) -> str:
        """All that is said, in the form in which words are compared."""
        return key_of("\n".join(turn.text for turn in self.facts.turns))

    def unread(self) -> Code | None:
        """Why the words say nothing: there are none, or they cannot be trusted."""
        if self.facts.reliable is False:
            return Code.UNRELIABLE
        return None if self.facts.turns else Code.NO_TEXT

    def whys(self, scope: Scope) -> list[Code]:
        """Why it cannot be told whether something lies within a scope."""
        codes = []
        if scope.party and any(turn.party == "unknown" for turn in self.facts.turns):
            codes.append(Code.PARTY_UNKNOWN)
        if scope.windows and not codes:
            codes.append(Code.NO_TIMES)
        return codes or [Code.NO_TIMES]

    def place(self, condition: str, turn: int, start: int, end: int) -> Evidence:
        """The evidence of characters of a turn."""
        begin, finish = times_of(self.facts.turns[turn], start, end)
        return Evidence(condition, turn, start, end, begin, finish)


def scope_of(party: Party | None, window: Window | None) -> Scope:
    """Where words count, as phrases know it."""
    return Scope(party, (window.in_phrases(),) if window else ())


def reachable(node: Node, library: Library) -> list[Node]:
    """A rule and those it names, and those they name; rules in a circle are each there once."""
    found: dict[str, Node] = {}
    left = [node]
    while left:
        for one in conditions(left.pop()):
            if isinstance(one, Other) and one.name in library.rules and one.name not in found:
                found[one.name] = library.rules[one.name]
                left.append(found[one.name])
    return [node, *found.values()]
