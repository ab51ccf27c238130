"""A fact: what was named, where it stands in its turn, and its normalised value."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact is about."""

    PRODUCT = "product"
    COMPETITOR = "competitor"
    PLACE = "place"
    TERM = "term"  # of a list that is about something else
    AMOUNT = "amount"
    DATE = "date"
    REFERENCE = "reference"  # the number of an order, a ticket, a bill
    SWITCH_INTENT = "switch_intent"  # the customer means to go to somebody else


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """Something named in characters ``start`` to ``end`` (exclusive) of turn number ``turn``.

    ``name`` is the term of a list as the list calls it, the currency (ISO 4217) of an amount, what a
    reference is of (order, ticket, ...), the competitor of a switch intent (empty: nobody was named).
    ``value`` is the amount as a decimal number, the date (ISO 8601; only as much as was said), the
    reference without blanks; None where there is none or it could not be told.
    """

    turn: int
    start: int
    end: int
    kind: FactKind
    name: str
    value: str | None = None
