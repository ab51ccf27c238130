"""The words by which facts are known, kept in a file beside this one."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("lexicon.toml")


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """The sections of the file."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def any_of(patterns: Iterable[str]) -> str:
    """A pattern that takes the longest alternative first."""
    return "|".join(sorted(patterns, key=len, reverse=True))
