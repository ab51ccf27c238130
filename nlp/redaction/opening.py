"""A redactor as the settings want it."""

from nlp.redaction.redactor import Redactor
from nlp.redaction.trained import open_trained


def open_redactor(region: str, kinds: frozenset[str], ner: str = "") -> Redactor:
    """``ner`` names a spaCy pipeline for further names, by package or folder. Raises MissingArtifact."""
    return Redactor(region=region, kinds=kinds, trained=open_trained(ner) if ner else None)
