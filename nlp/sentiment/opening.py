"""Loads the sentiment models of a models folder."""

from pathlib import Path

from nlp.encoder import Encoder
from nlp.sentiment.encoded import open_encoded
from nlp.sentiment.models import Sentiment


def open_sentiment(models: Path, encoder: Encoder) -> Sentiment:
    """Load the models of all languages; raises MissingArtifact."""
    return Sentiment({"en": open_encoded(models, encoder)})
