"""Recognisers of speech behind one protocol, one file per engine."""
