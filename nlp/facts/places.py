"""Countries and cities under their names in each language (CLDR, by way of babel), as terms."""

from functools import cache

from babel import Locale

from nlp.facts.terms import Term, TermMatcher
from nlp.facts.values import FactKind

LANGUAGES = ("en", "hu", "he", "de", "fr", "es")
_NO_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AQ", "AC", "TA", "CP", "DG", "EA", "IC"}
)
_WORDS = frozenset(
    {"Center", "Casey", "Davis", "Palmer", "Troll", "Easter", "Jersey", "Georgia"}
)  # names, words


@cache
def place_matcher(language: str | None) -> TermMatcher:
    """Finds places named in a language, English where it is not known; as written, for many are words too."""
    locale = Locale(language if language in LANGUAGES else "en")
    english = Locale("en")
    countries = [
        Term(english.territories[code], FactKind.PLACE, (name,), exact_case=True)
        for code, name in locale.territories.items()
        if code.isalpha() and code not in _NO_COUNTRIES and english.territories.get(code) not in _WORDS
    ]
    taken = {term.name for term in countries}
    cities = [
        Term(_city(english, zone), FactKind.PLACE, (name,), exact_case=True)
        for zone, name in _cities(locale).items()
        if _city(english, zone) not in taken | _WORDS and "," not in name
    ]
    return TermMatcher([*countries, *cities], first_words=True)


def _cities(locale: Locale) -> dict[str, str]:
    """Cities that time zones are named after."""
    zones = [str(zone) for zone in Locale("he").time_zones]
    return {
        zone: _city(locale, zone)
        for zone in zones
        if "/" in zone and not zone.startswith(("Antarctica", "Etc"))
    }


def _city(locale: Locale, zone: str) -> str:
    known = locale.time_zones.get(zone, {}).get("city")
    return str(known or zone.rsplit("/", 1)[-1].replace("_", " "))
