"""Masks what must not be stored: what can be charged, what identifies a person, what is secret."""

from nlp.redaction.kinds import DEFAULT_KINDS, KINDS, kinds_of
from nlp.redaction.opening import open_redactor
from nlp.redaction.redactor import Redactor, Statement
from nlp.redaction.spans import Redacted, Span

__all__ = ["DEFAULT_KINDS", "KINDS", "Redacted", "Redactor", "Span", "Statement", "kinds_of", "open_redactor"]
