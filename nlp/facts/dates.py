"""Days that are named: written dates, weekdays, and days counted from the day of the interaction."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from babel import Locale

from nlp.facts.values import Fact, FactKind

LANGUAGES = ("en", "hu", "he", "de", "fr", "es")
_VERBS = frozenset({"may", "march"})  # words as well, unless written as names
_MONTH_FIRST = frozenset({"US"})  # regions that write the month before the day
_ISO = re.compile(r"(?<![\d.-])(?P<y>(?:19|20)\d\d)[-./]\s?(?P<m>\d{1,2})[-./]\s?(?P<d>\d{1,2})(?![\d])")
_NUMERIC = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<y>(?:19|20)?\d\d)(?![\d/-])")
_RELATIVE: Mapping[str, int] = {
    "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2, "holnap": 1,
    "tegnap": -1,
    "holnapután": 2, "tegnapelőtt": -2, "מחר": 1, "אתמול": -1, "מחרתיים": 2, "שלשום": -2, "morgen": 1,
    "gestern": -1,
    "übermorgen": 2, "vorgestern": -2, "demain": 1, "hier": -1, "mañana": 1, "ayer": -1,
}  # fmt: skip
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "napja": 1, "nap": 1, "hete": 7, "hét": 7}
_PAST = re.compile(
    r"(?<!\w)(?P<n>\d{1,3}) (?:(?P<unit>days?|weeks?) ago|(?P<unit2>napja|hete))(?!\w)", re.IGNORECASE
)
_FUTURE = re.compile(
    r"(?<!\w)(?:in (?P<n>\d{1,3}) (?P<unit>days?|weeks?)|(?P<n2>\d{1,3}) (?P<unit2>nap|hét) múlva)(?!\w)",
    re.IGNORECASE,
)


class DateFinder:
    """Finds days in text; ``region`` (ISO 3166) says whether 3/4 is in March or in April."""

    def __init__(self, region: str = "US") -> None:
        self._month_first = region.upper() in _MONTH_FIRST

    def find(self, text: str, turn: int, *, language: str | None, said_on: date | None) -> Iterator[Fact]:
        """Every day named; its value as much of an ISO date as was said, or counted from ``said_on``."""
        taken: list[tuple[int, int]] = []
        for place, value in self._candidates(text, language, said_on):
            if not any(start < place[1] and place[0] < end for start, end in taken):
                taken.append(place)
                yield Fact(turn, *place, FactKind.DATE, "day", value)

    def _candidates(
        self, text: str, language: str | None, said_on: date | None
    ) -> Iterator[tuple[tuple[int, int], str | None]]:
        for found in _ISO.finditer(text):
            if value := _day(int(found["y"]), int(found["m"]), int(found["d"])):
                yield found.span(), value
        for found in _NUMERIC.finditer(text):
            if value := self._numeric(found, language):
                yield found.span(), value
        for spoken in (language,) if language in LANGUAGES else LANGUAGES[:3]:
            for found in _all(_patterns(spoken), text):
                if found["month"] not in _VERBS and (value := _written(found, spoken)):
                    yield found.span(), value
        yield from _relative(text, said_on)

    def _numeric(self, found: "re.Match[str]", language: str | None) -> str | None:
        first, second = int(found["a"]), int(found["b"])
        year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
        orders = [(second, first), (first, second)]  # month and day
        if self._month_first and language in (None, "en") and "." not in found[0]:
            orders.reverse()
        return next((day for month, number in orders if (day := _day(year, month, number))), None)


def _relative(text: str, said_on: date | None) -> Iterator[tuple[tuple[int, int], str | None]]:
    for found in _words().finditer(text):
        yield found.span(), _counted(said_on, _RELATIVE[found[1].casefold()])
    for pattern, sign in ((_PAST, -1), (_FUTURE, 1)):
        for found in pattern.finditer(text):
            given = {name: value for name, value in found.groupdict().items() if value}
            number = int(given.get("n") or given["n2"])
            days = _DAYS[(given.get("unit") or given["unit2"]).casefold()]
            yield found.span(), _counted(said_on, sign * number * days)


def _written(found: "re.Match[str]", language: str) -> str | None:
    month = _months(language)[found["month"].casefold().rstrip(".")]
    return _day(int(found["year"]) if found["year"] else None, month, int(found["day"]))


def _counted(said_on: date | None, days: int) -> str | None:
    return None if said_on is None else (said_on + timedelta(days=days)).isoformat()


def _day(year: int | None, month: int, day: int) -> str | None:
    """An ISO date, --MM-DD without a year; None for a day that no calendar has."""
    try:
        known = date(year or 2000, month, day)
    except ValueError:
        return None
    return known.isoformat() if year else f"--{known.month:02}-{known.day:02}"


@cache
def _months(language: str) -> Mapping[str, int]:
    """Names and short names of the months (CLDR), in lower case."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months[context][width].items():
                found[name.casefold().rstrip(".")] = number
    return {name: number for name, number in found.items() if not name.isdigit()}


def _all(patterns: Sequence["re.Pattern[str]"], text: str) -> Iterator["re.Match[str]"]:
    for pattern in patterns:
        yield from pattern.finditer(text)


@cache
def _patterns(language: str) -> tuple["re.Pattern[str]", ...]:
    """A day beside the name of its month, in the orders that a language has."""
    names = "|".join(re.escape(name) for name in sorted(_months(language), key=len, reverse=True))
    month, year = rf"(?P<month>{names})\.?", r"(?P<year>(?:19|20)\d\d)"
    patterns = [rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s(?:of\s|de\s|[בל])?{month}(?:,?\s(?:de\s)?{year})?"]
    if language == "hu":  # 2026. március 4-én
        patterns = [rf"(?:{year}\.?\s)?{month}\s(?P<day>\d{{1,2}})(?:\.|-[a-záéő]+)?"]
    if language == "en":  # March 4th, 2026
        patterns.append(rf"{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s{year})?")
    return tuple(re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE) for pattern in patterns)


@cache
def _words() -> "re.Pattern[str]":
    names = "|".join(re.escape(name) for name in sorted(_RELATIVE, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({names})(?!\w)", re.IGNORECASE)
