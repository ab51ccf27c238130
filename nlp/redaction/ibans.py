"""International bank account numbers by country length and checksum (ISO 13616)."""

from collections.abc import Iterator

from nlp.redaction.codes import Code, codes_of
from nlp.redaction.lines import Line
from nlp.redaction.spans import Span

_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28,
    "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
_SHORTEST = 15
_COUNTRIES = frozenset(code.lower() for code in _LENGTHS)


def find_ibans(line: Line) -> Iterator[Span]:
    """IBANs, typed with or without spaces, or spelled; a wrong checksum is forgiven where one is named."""
    if not _COUNTRIES.isdisjoint(token.word[:2] for token in line.tokens) and (line.runs or line.has_digits):
        yield from _checked(line)


def _checked(line: Line) -> Iterator[Span]:
    named = any(token.word == "iban" for token in line.tokens)
    for code in codes_of(line):
        if len(code.signs) >= _SHORTEST:
            yield from _in_code(line, code, named=named)


def _in_code(line: Line, code: Code, *, named: bool) -> Iterator[Span]:
    for first in range(len(code.parts)):
        signs, country = "", ""
        for last in range(first, len(code.parts)):
            signs += code.parts[last]
            country = signs[:2]
            length = _LENGTHS.get(country)
            if len(signs) > 4 and (length is None or len(signs) > length):
                break
            if length == len(signs) and signs[2:4].isdecimal() and (named or valid(signs)):
                yield Span(line.tokens[code.places[first]].start, code.ends[last], "iban")
                break


def valid(iban: str) -> bool:
    """Whether the check digits are right (modulo 97 of the rearranged number)."""
    rearranged = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in rearranged)) % 97 == 1
