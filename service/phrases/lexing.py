"""Cuts the text of a phrase query into marks, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal

from service.errors import InvalidInput
from service.phrases.query import Scope, Window
from service.phrases.spoken import HEBREW

LONGEST_QUERY = 1000
REMEDY = 'Write words as they are spoken, for example: customer: cancel* my contract OR "refund money"~5'
QUOTES = '"“”„«»'
NUMBER = r"\d{1,5}(?:[.,]\d{1,3})?"
PART = (
    rf"(?:agent|customer|system|unknown|(?:first|last)\s+{NUMBER}\s*"
    r"(?:%|percent|s|sec|seconds?|m|min|minutes?))"
)
MARKS = re.compile(
    rf"(?P<filter>{PART}(?:[\s,]+{PART})*\s*:)"
    rf"|(?P<quote>[{QUOTES}])|(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<tilde>~(?P<number>\d*))"
    rf"|(?P<word>(?:[^\s{QUOTES}()|~]|(?<=[{HEBREW}])\"(?=[{HEBREW}]))+)",
    re.IGNORECASE,
)
WINDOW = re.compile(rf"(first|last)\s+({NUMBER})\s*(%|percent|s|m)", re.IGNORECASE)
PARTY = re.compile(r"agent|customer|system|unknown", re.IGNORECASE)
Kind = Literal["filter", "quote", "open", "close", "bar", "tilde", "word", "end"]
KINDS: tuple[Kind, ...] = ("filter", "quote", "open", "close", "bar", "tilde", "word")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the query; ``place`` counts characters from 1."""

    kind: Kind
    text: str
    place: int

    @property
    def number(self) -> int | None:
        """What stands after a tilde."""
        return int(self.text[1:]) if self.text[1:].isdigit() else None


def bad(place: int, detail: str) -> InvalidInput:
    """A query that cannot be read, told with the place."""
    return InvalidInput("bad_phrase", f"At character {place}: {detail}", REMEDY)


def marks_of(query: str) -> list[Mark]:
    """The query's marks and an end mark; raises InvalidInput where the query is too long or empty."""
    if len(query) > LONGEST_QUERY:
        raise bad(LONGEST_QUERY + 1, f"a phrase has {LONGEST_QUERY} characters at most.")
    found = [
        Mark(kind, match[0], match.start() + 1)
        for match in MARKS.finditer(query)
        for kind in KINDS
        if match[kind]
    ]
    if not found:
        raise bad(1, "there is nothing to look for.")
    return [*found, Mark("end", "", len(query) + 1)]


def scope_of(mark: Mark) -> Scope:
    """What a filter such as ``agent first 30s:`` says."""
    parties = [name.lower() for name in PARTY.findall(mark.text)]
    if len(parties) > 1:
        raise bad(mark.place, "a filter names one party.")
    windows = []
    for which, length, unit in WINDOW.findall(mark.text):
        amount = float(length.replace(",", "."))
        percent = unit.lower() in ("%", "percent")
        if amount == 0 or (percent and amount > 100):
            raise bad(mark.place, "a window is longer than nothing and 100 percent at most.")
        if not percent:
            amount *= 60_000 if unit.lower() == "m" else 1000
        windows.append(Window(which.lower() == "last", amount, percent))
    return Scope(parties[0] if parties else None, tuple(windows))
