"""What an interaction comes down to: issue, outcome and next action, as they were said."""

from nlp.summary.picking import LEAST, Asked, Summaries
from nlp.summary.values import NOTHING, Pick, Summary

__all__ = ["LEAST", "NOTHING", "Asked", "Pick", "Summaries", "Summary"]
