"""Which interactions a rule may match, as SQL: what the metadata rules out needs no text to be read.

The answer is never too narrow: an interaction that is left out is one where the rule is certainly false.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, not_, or_
from sqlalchemy.orm import InstrumentedAttribute

from service.rules.case import Library
from service.rules.conditions import Given, Measure, Other
from service.rules.tree import AllOf, AnyOf, Node, NoneOf
from service.store.tables import InteractionRow

Maybe = ColumnElement[bool] | None  # None: nothing is known in the database
_COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    "channel": InteractionRow.channel,
    "queue": InteractionRow.queue,
    "agent": InteractionRow.agent,
    "campaign": InteractionRow.campaign,
    "disposition": InteractionRow.disposition,
    "source": InteractionRow.source,
    "direction": InteractionRow.direction,
    "language": InteractionRow.language,
    "customer": InteractionRow.customer_id,
}


def may_match(node: Node, library: Library) -> list[ColumnElement[bool]]:
    """Conditions that leave out only interactions on which the rule is false; none if all may match."""
    found = _maybe(node, library, holds=True)
    return [] if found is None else [found]


def may_not_match(node: Node, library: Library) -> list[ColumnElement[bool]]:
    """The same the other way round."""
    found = _maybe(node, library, holds=False)
    return [] if found is None else [found]


def column_of(field: str) -> InstrumentedAttribute[Any] | None:
    """The column of a field, where there is one."""
    return _COLUMNS.get(field)


def _maybe(node: Node, library: Library, *, holds: bool) -> Maybe:
    """Where a rule may be true (false), or unknown."""
    if isinstance(node, AllOf | AnyOf | NoneOf):
        inner = holds != isinstance(node, NoneOf)
        parts = [_maybe(part, library, holds=inner) for part in node.parts]
        known = [part for part in parts if part is not None]
        if holds != isinstance(node, AnyOf):  # every part must be so
            return and_(*known) if known else None
        return or_(*known) if len(known) == len(parts) else None
    if isinstance(node, Other):
        named = library.rules.get(node.name)
        return None if named is None else _maybe(named, library, holds=holds)
    if isinstance(node, Given):
        return _given(node, holds=holds)
    if isinstance(node, Measure) and node.measure == "duration":
        column = InteractionRow.duration_ms
        held = column.op(node.op, return_type=Boolean())(node.value)
        return or_(column.is_(None), held if holds else not_(held))
    return None


def _given(one: Given, *, holds: bool) -> Maybe:
    column = _COLUMNS.get(one.field)
    if column is None or not all(isinstance(value, str) for value in one.values):
        return None
    if one.op in ("is given", "is missing"):
        return column.is_not(None) if (one.op == "is given") == holds else column.is_(None)
    if one.op not in ("is", "in", "is not", "not in"):
        return None
    wanted = (one.op in ("is", "in")) == holds
    equal = and_(column.is_not(None), column.in_([str(value) for value in one.values]))
    found = equal if wanted else or_(column.is_(None), column.not_in([str(value) for value in one.values]))
    return or_(found, column.is_(None)) if one.field == "language" else found
