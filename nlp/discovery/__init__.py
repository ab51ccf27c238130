"""Discovery: themes among what no reason explains."""

from nlp.discovery.finder import Said, Statement, Theme, ThemeFinder

__all__ = ["Said", "Statement", "Theme", "ThemeFinder"]
