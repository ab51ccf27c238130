"""Cuts the text of a rule into marks: quoted texts, numbers with units, words, signs."""

import re
from dataclasses import dataclass
from typing import Literal

from service.errors import InvalidInput
from service.phrases.spoken import HEBREW, INVISIBLE

LONGEST_RULE = 10_000
REMEDY = 'Write for example: customer says "cancel*" in first 30% and not agent says "sorry"'
UNITS = {"ms": 1.0, "s": 1000.0, "sec": 1000.0, "m": 60_000.0, "min": 60_000.0, "h": 3_600_000.0}
# A quotation mark in a text is written twice; between Hebrew letters it is part of the word.
_IN_TEXT = rf'""|(?<=[{HEBREW}])"(?=[{HEBREW}])'
_MARKS = re.compile(
    rf'"(?P<text>(?:[^"]|{_IN_TEXT})*)"|[“„](?P<typed>[^”“]*)[”“]'
    r"|(?P<number>-?\d{1,12}(?:\.\d{1,6})?)(?P<unit>%|[a-z]+)?(?![\w.])"
    r"|(?P<word>[^\W\d](?:[\w.]*\w)?)|(?P<sign><=|>=|!=|[<>=(),.])",
    re.IGNORECASE,
)
_SPACE = re.compile(rf"[\s{INVISIBLE}]+")
Kind = Literal["text", "number", "word", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a rule; ``place`` counts characters from 1; a number has its unit (``ms`` for all times)."""

    kind: Kind
    text: str
    place: int
    number: float = 0.0
    unit: str = ""


def bad(place: int, detail: str) -> InvalidInput:
    """A rule that cannot be read, told with the place."""
    return InvalidInput("bad_rule", f"At character {place}: {detail}", REMEDY)


def marks_of(rule: str) -> list[Mark]:
    """The marks of a rule and an end mark. Raises InvalidInput(bad_rule)."""
    if len(rule) > LONGEST_RULE:
        raise bad(LONGEST_RULE + 1, f"a rule has {LONGEST_RULE} characters at most.")
    found: list[Mark] = []
    at = 0
    while True:
        space = _SPACE.match(rule, at)
        at = space.end() if space else at
        if at == len(rule):
            break
        match = _MARKS.match(rule, at)
        if match is None:
            opened = rule[at] in '"“„'
            raise bad(at + 1, "this quotation is not closed." if opened else "this sign has no place here.")
        found.append(_mark(match))
        at = match.end()
    if not found:
        raise bad(1, "there is no condition.")
    return [*found, Mark("end", "", len(rule) + 1)]


def quoted(text: str) -> str:
    """A text as it stands in a rule."""
    return '"' + text.replace('"', '""') + '"'


def _mark(match: re.Match[str]) -> Mark:
    place = match.start() + 1
    if match["text"] is not None:
        return Mark("text", match["text"].replace('""', '"'), place)
    if match["typed"] is not None:
        return Mark("text", match["typed"], place)
    if match["number"] is not None:
        return _number(match, place)
    if match["word"] is not None:
        return Mark("word", match["word"], place)
    return Mark("sign", match["sign"], place)


def _number(match: re.Match[str], place: int) -> Mark:
    unit = (match["unit"] or "").lower()
    value = float(match["number"])
    if unit in UNITS:
        return Mark("number", match[0], place, value * UNITS[unit], "ms")
    if unit not in ("", "%"):
        raise bad(place, f"{unit!r} is no unit: ms, s, m, h or %.")
    return Mark("number", match[0], place, value, "percent" if unit else "")
