"""Numbers as they are written, with the separators of any country, and said in words."""

import re
from decimal import Decimal

NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_THOUSAND, _MILLION, _BILLION = 3, 6, 9
_MULTIPLES = {
    **dict.fromkeys(("k", "thousand", "ezer", "אלף"), _THOUSAND),
    **dict.fromkeys(("million", "millió", "מיליון"), _MILLION),
    "billion": _BILLION,
}
MULTIPLE = "thousand|million|billion|ezer|millió|אלף|מיליון|k(?![a-z])"


def decimal(written: str, multiple: str | None = None) -> Decimal:
    """The value of what ``NUMBER`` matched: the last separator is decimal unless three digits follow it.

    Of "1.234" and "1,234" both are taken for a thousand and more: amounts have two decimals or none.
    """
    body, point, cents = written, "", ""
    found = re.search(r"[.,](\d{1,2})$", written)
    if found:
        body, point, cents = written[: found.start()], ".", found[1]
    value = Decimal(re.sub(r"\D", "", body) + point + cents)
    return value * 10 ** _MULTIPLES[multiple.casefold()] if multiple else value
