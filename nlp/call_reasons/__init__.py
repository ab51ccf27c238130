"""Call reasons: why the customer made contact, by the shipped model or by one of the user's own."""

from nlp.call_reasons.model import Head, ReasonModel, TextEncoder, open_call_reasons
from nlp.call_reasons.values import (
    NO_REASON,
    Conversation,
    Reason,
    ReasonScore,
    Taxonomy,
    Thresholds,
    read_taxonomy,
)

__all__ = [
    "NO_REASON",
    "Conversation",
    "Head",
    "Reason",
    "ReasonModel",
    "ReasonScore",
    "Taxonomy",
    "TextEncoder",
    "Thresholds",
    "open_call_reasons",
    "read_taxonomy",
]
