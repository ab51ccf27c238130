"""Sentences with the facts that stand in them; read from a file beside this one."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("planted.tsv")


@dataclass(frozen=True)
class Planted:
    """A sentence and its facts as kind, name and value."""

    language: str
    text: str
    facts: tuple[tuple[str, str, str | None], ...]


def planted() -> list[Planted]:
    """Every sentence; facts are written kind|name|value, several with a space and a semicolon between."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Planted(language, text, tuple(_fact(one) for one in facts.split(" ; ") if one))
        for language, text, facts in rows
    ]


def _fact(written: str) -> tuple[str, str, str | None]:
    kind, name, value = written.split("|")
    return kind, name, value or None
