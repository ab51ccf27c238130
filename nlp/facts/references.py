"""Numbers that stand for something: of orders, tickets, bills, parcels, contracts."""

import re
from collections.abc import Iterator

from nlp.facts.lexicon import any_of, lexicon
from nlp.facts.values import Fact, FactKind

_KINDS: dict[str, list[str]] = lexicon()["references"]
_KIND = "|".join(f"(?P<{name}>{any_of(words)})" for name, words in _KINDS.items())
_NUMBERED = rf"(?:[\s-]?(?:{any_of(lexicon()['numbered']['words'])})\b\.?)?"
_BETWEEN = rf"(?:\s*(?:{any_of(lexicon()['numbered']['verbs'])})\b)?\s*[:=]?\s*"
# A number has a digit; letters and digits may be joined by hyphens, slashes, or blanks between digits.
_VALUE = r"(?P<value>#?(?=[\w/-]{0,20}\d)[A-Z0-9][\w/-]{1,24}(?:\s\d{2,6}){0,4})"
_NAMED = re.compile(rf"(?<!\w)(?:{_KIND}){_NUMBERED}{_BETWEEN}{_VALUE}(?!\w)", re.IGNORECASE)
_HASH = re.compile(r"(?<![\w&])#(?P<value>(?=[\w-]*\d)[A-Z0-9][A-Z0-9-]{3,24})(?!\w)", re.IGNORECASE)
# A code of capitals and digits says itself that it is one: INC0012345, AB-2209-X.
_CODE = re.compile(r"(?<![\w/@.-])(?P<value>[A-Z]{2,5}-?\d{4,12}(?:-\w{1,6})?)(?![\w@-])")
_FEWEST = 4  # signs; "order 2" counts orders
_YEARS = re.compile(r"(?:19|20)\d\d")


def references(text: str, turn: int) -> Iterator[Fact]:
    """Every number with what it is of; ``number`` where nothing says what."""
    taken: list[tuple[int, int]] = []
    for found in _NAMED.finditer(text):
        value = _plain(found["value"])
        if len(value) < _FEWEST or _YEARS.fullmatch(value):
            continue
        place = found.span("value")
        taken.append(place)
        yield Fact(turn, *place, FactKind.REFERENCE, next(name for name in _KINDS if found[name]), value)
    for pattern in (_HASH, _CODE):
        for found in pattern.finditer(text):
            place = found.span("value")
            if not any(start < place[1] and place[0] < end for start, end in taken):
                taken.append(place)
                yield Fact(turn, *place, FactKind.REFERENCE, "number", _plain(found["value"]))


def _plain(value: str) -> str:
    return re.sub(r"\s|^#", "", value).upper()
