"""Phrases sought in the sound itself, by how they are pronounced: no transcript is needed."""

from nlp.phrases.finding import spoken_phrases
from nlp.phrases.search import SpokenSearch, open_spoken_search

__all__ = ["SpokenSearch", "open_spoken_search", "spoken_phrases"]
