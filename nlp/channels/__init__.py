"""Audio channels: which party is on which, which are worth hearing, and what leaks from one to another."""

from nlp.channels.crosstalk import without_crosstalk
from nlp.channels.levels import levels_of
from nlp.channels.sides import Side, sides_of

__all__ = ["Side", "levels_of", "sides_of", "without_crosstalk"]
