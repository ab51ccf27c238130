"""Sentiment from -5 to +5: of a text, and of each party over the interaction."""

from nlp.sentiment.course import PartySentiment, Turning, by_party, overall
from nlp.sentiment.encoded import ADAPTER, CLASSES, NAME, SentimentModel, open_encoded
from nlp.sentiment.models import Sentiment
from nlp.sentiment.opening import open_sentiment

__all__ = [
    "ADAPTER",
    "CLASSES",
    "NAME",
    "PartySentiment",
    "Sentiment",
    "SentimentModel",
    "Turning",
    "by_party",
    "open_encoded",
    "open_sentiment",
    "overall",
]
