"""Sentiment from -5 to +5: of a text, and of each party over the interaction."""

from nlp.sentiment.course import PartySentiment, Turning, by_party, overall
from nlp.sentiment.encoded import ADAPTER, NAME, SentimentModel, ServiceHead, open_encoded
from nlp.sentiment.models import Sentiment
from nlp.sentiment.multilingual import MultilingualSentiment, open_languages
from nlp.sentiment.opening import SentimentChoice, open_sentiment
from nlp.sentiment.scale import CLASSES

__all__ = [
    "ADAPTER",
    "CLASSES",
    "NAME",
    "MultilingualSentiment",
    "PartySentiment",
    "Sentiment",
    "SentimentChoice",
    "SentimentModel",
    "ServiceHead",
    "Turning",
    "by_party",
    "open_encoded",
    "open_languages",
    "open_sentiment",
    "overall",
]
