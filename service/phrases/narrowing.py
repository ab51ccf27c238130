"""A phrase narrowed to a party or a window that stand beside it, as if it began with them and a colon."""

from dataclasses import replace

from service.errors import InvalidInput
from service.phrases.parsing import parse
from service.phrases.query import Absent, AllOf, AnyOf, Node, Phrase, Row, Scope


def within(phrase: Phrase, *, party: str | None, window: str | None) -> Phrase:
    """The phrase where this party says it, in this window ("first 30s", "last 10%"); both may be None.

    Raises InvalidInput(bad_phrase) for what is no window, or a party within another.
    """
    return narrow(phrase, _scope(party, window))


def narrow(phrase: Phrase, scope: Scope) -> Phrase:
    """The phrase where it stands within this scope, too. Raises InvalidInput for a party within another."""
    return phrase if scope == Scope() else Phrase(phrase.query, _narrowed(phrase.node, scope))


def _scope(party: str | None, window: str | None) -> Scope:
    beside = " ".join(part for part in (party, window) if part)
    node = parse(f"{beside}: word").node if beside else None
    if beside and not (isinstance(node, Row) and len(node.places) == 1):
        raise InvalidInput("bad_phrase", "A window is written as first 30s, last 2m or last 10%.")
    return node.scope if isinstance(node, Row) else Scope()


def _narrowed(node: Node, scope: Scope) -> Node:
    if isinstance(node, AllOf | AnyOf):
        return replace(node, parts=tuple(_narrowed(part, scope) for part in node.parts))
    if isinstance(node, Absent):
        return replace(node, part=_narrowed(node.part, scope))
    inner = node.scope
    if scope.party and inner.party and scope.party != inner.party:
        raise InvalidInput("bad_phrase", f"{inner.party} within {scope.party} can never be.")
    return replace(node, scope=Scope(inner.party or scope.party, (*scope.windows, *inner.windows)))
