"""Transcripts that somebody else made: Call Analytics, WTF, WebVTT and SubRip files become plain values."""

from nlp.transcript_files.given import Given, Statement
from nlp.transcript_files.reading import is_transcript_file, read_transcript_file

__all__ = ["Given", "Statement", "is_transcript_file", "read_transcript_file"]
