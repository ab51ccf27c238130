"""Masks personal data in text."""
