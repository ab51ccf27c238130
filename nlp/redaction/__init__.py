"""Masks what must not be stored: card numbers, phone numbers, e-mail addresses, IBANs."""

from nlp.redaction.redactor import Redactor
from nlp.redaction.spans import Redacted, Span

__all__ = ["Redacted", "Redactor", "Span"]
