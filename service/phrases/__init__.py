"""Phrases sought in what was said: a query language for supervisors, and its matching over turns."""

from service.phrases.matching import Hit, Outcome, find, outcomes
from service.phrases.parsing import parse
from service.phrases.query import Phrase
from service.phrases.spoken import SpokenTurn, SpokenWord

__all__ = ["Hit", "Outcome", "Phrase", "SpokenTurn", "SpokenWord", "find", "outcomes", "parse"]
