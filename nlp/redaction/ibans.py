"""International bank account numbers by country length and checksum (ISO 13616)."""

import re
from collections.abc import Iterator

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
_HEAD = re.compile(r"(?<![^\W_])[A-Z]{2}[ \-]?[0-9]{2}", re.IGNORECASE | re.ASCII)
_SIGN = re.compile(r"[ \u00a0.\-\n]{0,2}([A-Z0-9])", re.IGNORECASE | re.ASCII)


def find_ibans(text: str) -> Iterator[Span]:
    """IBANs in the text, with or without spaces, in capitals or not."""
    for match in _HEAD.finditer(text):
        head = re.sub(r"[^A-Za-z0-9]", "", match.group()).upper()
        length = _LENGTHS.get(head[:2])
        if length is None:
            continue
        account, end = _account(text, match.end(), length - 4)
        whole = end == len(text) or not text[end].isalnum()
        if len(account) == length - 4 and whole and valid(head + account):
            yield Span(match.start(), end, "iban")


def _account(text: str, start: int, length: int) -> tuple[str, int]:
    signs: list[str] = []
    end = start
    while len(signs) < length and (match := _SIGN.match(text, end)):
        signs.append(match.group(1).upper())
        end = match.end()
    return "".join(signs), end


def valid(iban: str) -> bool:
    """Whether the check digits are right (modulo 97 of the rearranged number)."""
    rearranged = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in rearranged)) % 97 == 1
