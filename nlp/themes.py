"""The third pipeline: what customers said becomes themes, found with the encoder and the call reasons."""

from pathlib import Path

from nlp.call_reasons import open_call_reasons
from nlp.discovery import ThemeFinder
from nlp.encoder import open_encoder


def open_themes(models_dir: Path) -> ThemeFinder:
    """Load what themes are found with; raises MissingArtifact.

    What the call-reason model takes for a text that states no reason (a greeting, a name) is read last.
    """
    encoder = open_encoder(models_dir)
    reasons = open_call_reasons(models_dir, encoder)
    return ThemeFinder(encoder.encode, lambda texts: [float(row[-1]) for row in reasons.probabilities(texts)])
