"""What can be sought in a text; what is not asked for is not computed, and has no place in the answer."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any


class Sought(StrEnum):
    """One kind of finding."""

    REASONS = "reasons"
    EMOTION = "emotion"
    SENTIMENT = "sentiment"
    FACTS = "facts"
    SUMMARY = "summary"


EVERYTHING = frozenset(Sought)

# Where in the document each kind stands: a finding that was not sought is absent there, not empty.
_PLACES: Mapping[Sought, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Sought.REASONS: (("call_reasons", "no_reason"), ()),
    Sought.EMOTION: (("emotions",), ("emotions",)),
    Sought.SENTIMENT: (("sentiment", "sentiment_by_party"), ("sentiment",)),
    Sought.FACTS: (("facts",), ()),
    Sought.SUMMARY: (("summary",), ()),
}


def left_out(sought: Collection[Sought]) -> dict[str, Any] | None:
    """The document's fields that were not sought, as pydantic's ``exclude`` wants them; None for none."""
    missing = [_PLACES[kind] for kind in Sought if kind not in sought]
    if not missing:
        return None
    fields: dict[str, Any] = {name: True for names, _ in missing for name in names}
    of_turns = {name: True for _, names in missing for name in names}
    return {**fields, "turns": {"__all__": of_turns}} if of_turns else fields
